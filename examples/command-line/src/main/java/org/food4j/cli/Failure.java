package org.food4j.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.food4j.cli.command.BrokenOffException;
import org.food4j.data.batch.PhotoReadException;

/**
 * What the user is told about a throwable, in one line.
 *
 * @param reason what is wrong and, where known, what to do
 * @param expected whether it comes from the input or the machine; otherwise the fault is ours
 */
record Failure(String reason, boolean expected) {
  static Failure of(Throwable thrown) {
    if (thrown instanceof BrokenOffException brokenOff) {
      Failure failure = of(brokenOff.getCause());
      return new Failure(joined(failure.reason(), brokenOff.getMessage()), failure.expected());
    }
    Throwable throwable = unwrapped(thrown);
    if (throwable instanceof OutOfMemoryError) {
      return new Failure(
          "The memory is full (%s): use a smaller batch or image size, or raise %s or %s."
              .formatted(words(throwable), "FOOD_HEAP (Java)", "FOOD_NATIVE (tensors)"),
          true);
    }
    if (throwable instanceof LinkageError) {
      return new Failure(
          "A library does not load (%s): food doctor says more.".formatted(words(throwable)), true);
    }
    if (throwable instanceof FileSystemException e && e.getReason() == null) {
      return new Failure(oneLine(about(e)), true);
    }
    boolean expected = isExpected(throwable) && throwable.getMessage() != null;
    return new Failure(expected ? oneLine(throwable.getMessage()) : words(throwable), expected);
  }

  private static String joined(String first, String second) {
    if (second.isEmpty()) {
      return first;
    }
    return first + (first.endsWith(".") ? " " : ". ") + second;
  }

  /** Joins the lines of a message: the command promises a reason of one line. */
  static String oneLine(String message) {
    return message
        .strip()
        .replaceAll("(?<=[:;,.])\\s*\\R\\s*", " ")
        .replaceAll("\\s*\\R\\s*", "; ");
  }

  private static boolean isExpected(Throwable throwable) {
    return throwable instanceof IOException
        || throwable instanceof UncheckedIOException
        || throwable instanceof IllegalStateException
        || throwable instanceof UnsupportedOperationException
        // A number format is only ever our own oversight: options are parsed by picocli.
        || (throwable instanceof IllegalArgumentException
            && !(throwable instanceof NumberFormatException));
  }

  /** The JDK's messages of these are the bare path. */
  private static String about(FileSystemException e) {
    String file = e.getFile() == null ? "a file" : e.getFile();
    if (e instanceof NoSuchFileException) {
      return "There is no file or folder " + file;
    }
    if (e instanceof AccessDeniedException) {
      return "No permission for " + file;
    }
    if (e instanceof FileAlreadyExistsException) {
      return file + " exists already";
    }
    if (e instanceof DirectoryNotEmptyException) {
      return "The folder " + file + " is not empty";
    }
    if (e instanceof NotDirectoryException) {
      return file + " is not a folder";
    }
    return words(e);
  }

  private static Throwable unwrapped(Throwable throwable) {
    boolean wrapper =
        throwable instanceof ExecutionException
            || throwable instanceof CompletionException
            // PhotoReadException says which photo, its cause only why
            || (throwable instanceof UncheckedIOException
                && !(throwable instanceof PhotoReadException))
            || throwable instanceof ExceptionInInitializerError;
    return wrapper && throwable.getCause() != null ? unwrapped(throwable.getCause()) : throwable;
  }

  private static String words(Throwable throwable) {
    String name = throwable.getClass().getSimpleName();
    String message = throwable.getMessage();
    return message == null ? name : name + ": " + oneLine(message);
  }
}
