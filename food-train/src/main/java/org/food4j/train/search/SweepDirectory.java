package org.food4j.train.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.food4j.data.file.AtomicFile;
import org.food4j.data.file.OutputDirectory;
import org.food4j.train.run.RunException;

/** A sweep's directory; the package's description names its files. */
final class SweepDirectory {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private static final String PLAN = "sweep.json";
  private static final String TRIALS = "trials";
  private static final String FAILURE = "failure.json";

  private final Path directory;

  SweepDirectory(Path directory) {
    this.directory = directory;
  }

  static boolean isOne(Path path) {
    return Files.isRegularFile(path.resolve(PLAN));
  }

  /**
   * Begins a sweep in a directory that is new or empty, or goes on with the one there.
   *
   * @return whether it goes on
   * @throws IllegalArgumentException if the directory holds another sweep, or anything else
   */
  boolean begin(SweepDocument plan) throws IOException {
    if (isOne(directory)) {
      List<String> differences = plan().differences(plan);
      if (!differences.isEmpty()) {
        throw new IllegalArgumentException(
            "%s holds another sweep: %s. Repeat its arguments to go on with it, or name another directory"
                .formatted(directory, String.join("; ", differences)));
      }
      return true;
    }
    if (!OutputDirectory.isFree(directory)) {
      throw new IllegalArgumentException(
          directory + " is not empty; name another directory, nothing is overwritten");
    }
    Files.createDirectories(directory);
    AtomicFile.write(directory.resolve(PLAN), json(plan)); // from here on it is this sweep's
    return false;
  }

  SweepDocument plan() throws IOException {
    Path file = directory.resolve(PLAN);
    try {
      return MAPPER.readValue(Files.readString(file), SweepDocument.class);
    } catch (JsonProcessingException e) {
      throw new RunException(file, "not a sweep's plan: " + e.getOriginalMessage(), e);
    }
  }

  Path run(String trial) {
    return directory.resolve(TRIALS).resolve(trial);
  }

  void fail(String trial, String reason) throws IOException {
    Files.createDirectories(run(trial));
    AtomicFile.write(run(trial).resolve(FAILURE), json(Map.of("reason", reason)));
  }

  /** Why a run has failed, if a sweep has recorded it. */
  static Optional<String> failure(Path run) throws IOException {
    Path file = run.resolve(FAILURE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(MAPPER.readTree(Files.readString(file)).path("reason").asText());
    } catch (JsonProcessingException e) {
      throw new RunException(file, "not a failure's record: " + e.getOriginalMessage(), e);
    }
  }

  static String json(Object document) throws JsonProcessingException {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
  }
}
