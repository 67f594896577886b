package org.food4j.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.food4j.bench.measure.Measurer.Answers;
import org.food4j.bench.measure.Measurer.Round;
import org.food4j.bench.result.BenchmarkSettings;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.models.layer.NativeEngine;
import org.food4j.models.weights.NpyArray;

/** The other side of {@link WorkerProcesses}: one measurement in a process of its own. */
public final class Worker {
  static final String ANSWERS = "answers.json";
  static final String LOGITS = "logits.npy";
  static final String ROUND = "round.json";

  private Worker() {}

  /** {@link Answers} without the logits, which are a file of their own. */
  record Figures(String runtime, String form, long bytes) {}

  /**
   * Does what a task asks for and leaves the results beside it.
   *
   * @param task directory of the task
   * @throws IllegalArgumentException if the model does not fit the photos, or computes on another
   *     number of threads than asked for
   * @throws IOException if the model is broken, or a file cannot be read or written
   */
  public static void run(Path task) throws IOException {
    WorkerTask work = WorkerTask.read(task);
    Measurer measurer = new InProcessMeasurer(new NativePhotoDecoder(), true);
    Path input = Path.of(work.input());
    if (work.photos().isEmpty()) {
      Round round = measurer.time(work.subject(), work.settings(), input);
      requireThreads(work.subject(), work.settings());
      Files.write(task.resolve(ROUND), WorkerTask.JSON.writeValueAsBytes(round));
      return;
    }
    // Before anything is timed; the engine's start would be part of a timed round.
    requireThreads(work.subject(), work.settings());
    var photos = work.photos().get(0).benchmarkPhotos();
    Answers answers = measurer.answer(work.subject(), photos, work.settings(), input);
    long[] shape = {photos.questions().size(), photos.labels().size()};
    new NpyArray(shape, answers.logits()).write(task.resolve(LOGITS));
    Figures figures = new Figures(answers.runtime(), answers.form(), answers.bytes());
    Files.write(task.resolve(ANSWERS), WorkerTask.JSON.writeValueAsBytes(figures));
  }

  /** DL4J's threads are a matter of the process's environment, and the engine's last word. */
  private static void requireThreads(Subject subject, BenchmarkSettings settings) {
    if (Files.isDirectory(subject.path()) && isOnCpu(NativeEngine.start())) {
      int threads = NativeEngine.start().threads();
      if (threads != settings.threads()) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "DL4J computes on %d threads here, not on the %d asked for: name %d",
                threads,
                settings.threads(),
                threads));
      }
    }
  }

  private static boolean isOnCpu(NativeEngine engine) {
    return engine.backend().equals("CPU");
  }
}
