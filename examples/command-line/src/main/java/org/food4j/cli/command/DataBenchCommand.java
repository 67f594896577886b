package org.food4j.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.food4j.bench.measure.PhotoThroughput;
import org.food4j.cli.terminal.Progress;
import org.food4j.cli.terminal.Terminal;
import org.food4j.data.batch.BatchSettings;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.PhotoFolder;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.data.transform.Augmentation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code food data bench}: photos per second, from file to normalised batch. */
@Command(
    name = "bench",
    description = {
      "Measures how fast photos become batches: read, decoded, cropped to 224 px, normalised. All"
          + " photos are read again and again until the time is over.",
      "eval: shorter side to 256, centre crop. train: random resized crop, flip, brightness and"
          + " contrast."
    },
    footer = "  food data bench --photos photos --mode train --workers 2")
public final class DataBenchCommand implements Callable<Integer> {
  private static final int SIZE = 224;
  private static final int BATCH = 16;

  private final Terminal terminal;

  @Option(
      names = "--photos",
      required = true,
      paramLabel = "DIR",
      description = "The photos: a folder per class.")
  private Path photos;

  @Option(
      names = "--mode",
      required = true,
      paramLabel = "eval|train",
      description = "Which of the two pipelines.")
  private Mode mode;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Threads that read photos (default: ${DEFAULT-VALUE}).",
      defaultValue = "1")
  private int workers;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      description = "Unmeasured reading before (default: ${DEFAULT-VALUE}). The JVM compiles then.",
      defaultValue = "5")
  private double warmUp;

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      description =
          "Measured reading; photos are read again when all have been (default: ${DEFAULT-VALUE}).",
      defaultValue = "10")
  private double seconds;

  @Mixin private JsonOption json;

  /** Prints to this terminal. */
  public DataBenchCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** The names on the command line. */
  @SuppressWarnings("JavaLangClash")
  private enum Mode {
    eval,
    train
  }

  @Override
  public Integer call() throws IOException {
    if (workers < 1 || !(warmUp >= 0) || !(seconds > 0)) {
      throw new UsageException(
          "--workers is at least 1, --warm-up at least 0 and --seconds above 0, not %d, %s and %s"
              .formatted(workers, warmUp, seconds));
    }
    NativePhotoDecoder decoder = new NativePhotoDecoder();
    PhotoThroughput throughput =
        PhotoThroughput.measure(folder(decoder), decoder, settings(), warmUp, seconds);
    double photosPerSecond = Math.round(throughput.photosPerSecond() * 10) / 10.0;
    json.print(
        terminal,
        new Document(
            mode.name(), workers, SIZE, throughput.photos(), photosPerSecond, samples(throughput)),
        () ->
            terminal.print(
                String.format(
                    Locale.ROOT,
                    "%.1f photos per second (%s, %d px, %d worker%s; median of %d samples)",
                    photosPerSecond,
                    mode,
                    SIZE,
                    workers,
                    workers == 1 ? "" : "s",
                    throughput.millisPerPhoto().samplesMs().size())));
    return 0;
  }

  private Dataset folder(NativePhotoDecoder decoder) throws IOException {
    try (Progress progress = terminal.progress("Looking through the photos", 0, "photos")) {
      return PhotoFolder.everyFile(
          photos,
          decoder,
          Runtime.getRuntime().availableProcessors(),
          progress::update,
          rejection ->
              terminal.note("Left out %s: %s".formatted(rejection.path(), rejection.reason())));
    }
  }

  private BatchSettings settings() {
    Preprocessing preprocessing = Preprocessing.imagenet(SIZE);
    BatchSettings settings =
        mode == Mode.eval
            ? BatchSettings.evaluation(preprocessing, BATCH)
            : BatchSettings.training(preprocessing, Augmentation.STANDARD, BATCH, 1);
    return settings
        .withDropLast(false)
        .withWorkers(workers, BatchSettings.DEFAULT_PREFETCH)
        .withCache(settings.maxShorterSide(), 0);
  }

  private static List<Double> samples(PhotoThroughput throughput) {
    return throughput.millisPerPhoto().samplesMs().stream()
        .map(millis -> Math.round(10_000 / millis) / 10.0)
        .toList();
  }

  /**
   * The JSON document.
   *
   * @param photos read in the measured time
   * @param samples photos per second in each part of that time
   */
  private record Document(
      String mode,
      int workers,
      int size,
      long photos,
      double photosPerSecond,
      List<Double> samples) {}
}
