package org.food4j.bench.result;

import java.io.IOException;
import java.nio.file.Path;

/** A directory that is no benchmark, or a damaged one. */
public final class BenchmarkException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Path directory;

  /**
   * @param directory the benchmark's
   * @param problem what is wrong and what to do
   */
  public BenchmarkException(Path directory, String problem) {
    this(directory, problem, null);
  }

  /**
   * @param directory the benchmark's
   * @param problem what is wrong and what to do
   * @param cause what found it
   */
  public BenchmarkException(Path directory, String problem, Throwable cause) {
    super(directory + " is no benchmark to read: " + problem, cause);
    this.directory = directory;
  }

  /** The benchmark's directory. */
  public Path directory() {
    return directory;
  }
}
