package org.food4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailureTest {
  static Stream<Arguments> expected() {
    IOException cause = new IOException("labels.json: line 3 is not JSON");
    return Stream.of(
        Arguments.of(new NoSuchFileException("a"), "There is no file or folder a"),
        Arguments.of(new AccessDeniedException("a"), "No permission for a"),
        Arguments.of(new FileAlreadyExistsException("a"), "a exists already"),
        Arguments.of(new DirectoryNotEmptyException("a"), "The folder a is not empty"),
        Arguments.of(new NotDirectoryException("a"), "a is not a folder"),
        Arguments.of(new FileSystemException("a", null, "Disk full"), "a: Disk full"),
        Arguments.of(new UncheckedIOException(cause), cause.getMessage()),
        Arguments.of(new ExecutionException(cause), cause.getMessage()),
        Arguments.of(
            new IllegalArgumentException("Two problems:\n  no photos\n  no labels\n"),
            "Two problems: no photos; no labels"));
  }

  @ParameterizedTest
  @MethodSource("expected")
  void of_inputOrMachine_givesItsReason(Throwable throwable, String reason) {
    assertThat(Failure.of(throwable)).isEqualTo(new Failure(reason, true));
  }

  static Stream<Arguments> unexpected() {
    return Stream.of(
        Arguments.of(new ArithmeticException("/ by zero"), "ArithmeticException: / by zero"),
        Arguments.of(new IllegalStateException(), "IllegalStateException"),
        Arguments.of(new EOFException(), "EOFException"),
        Arguments.of(
            new NumberFormatException("For input string: \"x\""),
            "NumberFormatException: For input string: \"x\""));
  }

  @ParameterizedTest
  @MethodSource("unexpected")
  void of_oversightOfOurs_namesTheClass(Throwable throwable, String reason) {
    assertThat(Failure.of(throwable)).isEqualTo(new Failure(reason, false));
  }

  @Test
  void of_fullMemory_saysWhatToDo() {
    assertThat(Failure.of(new OutOfMemoryError("Java heap space")).reason())
        .contains("Java heap space", "FOOD_HEAP", "FOOD_NATIVE");
  }
}
