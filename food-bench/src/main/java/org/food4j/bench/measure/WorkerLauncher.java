package org.food4j.bench.measure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * How a JVM of its own is started for a measurement. The library has no main class; whoever has one
 * lets it call {@link Worker#run}.
 */
@FunctionalInterface
public interface WorkerLauncher {
  /**
   * Starts a JVM that calls {@link Worker#run} with the task and ends with exit code 0; if that
   * fails, it prints a line of {@code "food: "} and the reason, and ends with another.
   *
   * @param task directory of the task
   * @param tensors whether the task needs ND4J. ONNX Runtime does not, and for a GPU wants another
   *     CUDA than ND4J's, so that its JVM must have no libraries of that one
   * @param environment variables to set beside those of this process
   * @param log takes all that the JVM prints
   */
  Process start(Path task, boolean tensors, Map<String, String> environment, Path log)
      throws IOException;
}
