package org.food4j.bench.measure;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.food4j.bench.result.BenchmarkPhotos;
import org.food4j.bench.result.BenchmarkSettings;
import org.food4j.models.weights.NpyArray;

/**
 * Measures in a JVM of its own for each model and round; the package's description says why.
 *
 * <p>Tasks and results go through a temporary directory.
 */
public final class WorkerProcesses implements Measurer {
  private final WorkerLauncher launcher;

  /**
   * @param launcher starts JVMs, one at a time
   */
  public WorkerProcesses(WorkerLauncher launcher) {
    this.launcher = launcher;
  }

  @Override
  public Answers answer(
      Subject subject, BenchmarkPhotos photos, BenchmarkSettings settings, Path input)
      throws IOException {
    WorkerTask task = WorkerTask.of(subject, settings, input, List.of(photos));
    return inProcess(
        task,
        directory -> {
          Worker.Figures figures =
              WorkerTask.JSON.readValue(
                  directory.resolve(Worker.ANSWERS).toFile(), Worker.Figures.class);
          float[] logits = NpyArray.read(directory.resolve(Worker.LOGITS)).values();
          return new Answers(figures.runtime(), figures.form(), figures.bytes(), logits);
        });
  }

  @Override
  public Round time(Subject subject, BenchmarkSettings settings, Path input) throws IOException {
    return inProcess(
        WorkerTask.of(subject, settings, input, List.of()),
        directory ->
            WorkerTask.JSON.readValue(directory.resolve(Worker.ROUND).toFile(), Round.class));
  }

  private interface Reader<T> {
    T read(Path directory) throws IOException;
  }

  private <T> T inProcess(WorkerTask task, Reader<T> results) throws IOException {
    try (TemporaryFolder folder = TemporaryFolder.create("food4j-worker")) {
      Path directory = folder.path();
      task.write(directory);
      Path log = directory.resolve("log.txt");
      int exit = exitCode(task, folder, log);
      if (folder.isInterrupted()) {
        throw new InterruptedIOException("Interrupted while " + task.name() + " was measured");
      }
      if (exit != 0) {
        throw new WorkerException(task.name(), exit, log(log));
      }
      return results.read(directory);
    }
  }

  private int exitCode(WorkerTask task, TemporaryFolder folder, Path log) throws IOException {
    String threads = Integer.toString(task.settings().threads());
    Map<String, String> environment = Map.of("OMP_NUM_THREADS", threads);
    boolean tensors = Files.isDirectory(task.subject().path());
    Process process = folder.start(() -> launcher.start(folder.path(), tensors, environment, log));
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while " + task.name() + " was measured");
    }
  }

  private static String log(Path file) throws IOException {
    return Files.exists(file)
        ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip()
        : "";
  }
}
