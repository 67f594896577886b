package org.food4j.train.monitor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.loop.EpochMetrics;
import org.food4j.train.loop.TrainingObserver;
import org.food4j.train.recipe.Recipe;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * Records a training for TensorBoard; the package's description lists what. Steps are those of the
 * whole training, from 1; what is known before is at 0. Each epoch is flushed at its end, and what
 * has waited for ten seconds. A training that goes on after an interruption replaces what earlier
 * files have of the same steps. A file that cannot be written ends the training with an {@link
 * UncheckedIOException} that names it.
 *
 * <p>TensorBoard's table of runs has the run as successful once it was {@linkplain #evaluated
 * evaluated} and closed, as failed if it was closed before.
 */
public final class TensorBoardObserver implements TrainingObserver, AutoCloseable {
  private static final String LEARNING_RATE = "training/learning_rate";
  private static final long FLUSH_NANOS = Duration.ofSeconds(10).toNanos();

  private final TensorBoardWriter writer;

  /** Whether other files of the run were there before. */
  private final boolean goesOn;

  private final Recipe recipe;
  private final Map<String, EncodedImage> photos;
  private Optional<ComputationGraph> graph = Optional.empty();
  private Optional<ISchedule> schedule = Optional.empty();
  private int stepsPerEpoch;
  private boolean begun;
  private boolean successful;
  private boolean closed;
  private long flushed = System.nanoTime();

  /** Something that goes to the file. */
  private interface Writing {
    void run() throws IOException;
  }

  private TensorBoardObserver(
      TensorBoardWriter writer, boolean goesOn, Recipe recipe, Map<String, EncodedImage> photos) {
    this.writer = writer;
    this.goesOn = goesOn;
    this.recipe = recipe;
    this.photos = photos;
  }

  /**
   * Reads some training photos and starts an event file.
   *
   * @param directory where the file goes, which TensorBoard takes for the run's name
   * @throws IOException if a photo cannot be read or the file not be written; it is named
   */
  public static TensorBoardObserver open(
      Path directory,
      Recipe recipe,
      Dataset dataset,
      Preprocessing preprocessing,
      PhotoDecoder decoder)
      throws IOException {
    Map<String, EncodedImage> photos = SamplePhotos.of(dataset, recipe, preprocessing, decoder);
    boolean goesOn = TensorBoardWriter.reopen(directory);
    return new TensorBoardObserver(new TensorBoardWriter(directory), goesOn, recipe, photos);
  }

  /** The event file. */
  public Path file() {
    return writer.file();
  }

  @Override
  public void started(ComputationGraph trained, int epochs, int steps) {
    graph = Optional.of(trained);
    stepsPerEpoch = steps;
    schedule = Optional.of(recipe.schedule(steps));
  }

  @Override
  public void released(ComputationGraph trained) {
    graph = Optional.of(trained);
  }

  @Override
  public void step(int epoch, int step, double loss) {
    long at = stepOf(epoch - 1) + step;
    write(
        () -> {
          if (!begun) {
            begin(at);
          }
          writer.scalar("loss/train", loss, at);
          if (schedule.isPresent()) {
            // schedules count from 0
            writer.scalar(LEARNING_RATE, schedule.get().valueAt((int) at - 1, epoch - 1), at);
          }
          long now = System.nanoTime();
          if (now - flushed > FLUSH_NANOS) {
            flushed = now;
            writer.flush();
          }
        });
  }

  @Override
  public void gradientNorm(int epoch, int step, double norm) {
    write(() -> writer.scalar("training/gradient_norm", norm, stepOf(epoch - 1) + step));
  }

  private void begin(long step) throws IOException {
    begun = true;
    if (step > 1) {
      writer.restart(step);
      return;
    }
    if (goesOn) {
      writer.restart(0); // no epoch was whole
    }
    writer.text("recipe", RunTexts.recipe(recipe), 0);
    Path directory = file().toAbsolutePath().getParent();
    writer.hyperparameters(
        String.valueOf(directory.getFileName()), RunTexts.hyperparameters(recipe));
    for (Map.Entry<String, EncodedImage> photo : photos.entrySet()) {
      writer.image(photo.getKey(), photo.getValue(), 0);
    }
  }

  @Override
  public void epoch(EpochMetrics metrics, boolean best) {
    long at = stepOf(metrics.epoch());
    Map<String, Double> scalars = new LinkedHashMap<>();
    scalars.put("training/epoch", (double) metrics.epoch());
    scalars.put("loss/train_epoch", metrics.trainLoss());
    scalars.put("loss/validation", metrics.validationLoss());
    scalars.put("top1/validation", metrics.validationTop1());
    scalars.put("training/photos_per_second", metrics.photosPerSecond());
    write(
        () -> {
          scalars(scalars, at);
          if (graph.isPresent()) {
            histograms(graph.get(), at);
          }
          writer.flush();
        });
  }

  private void scalars(Map<String, Double> scalars, long step) throws IOException {
    for (Map.Entry<String, Double> scalar : scalars.entrySet()) {
      writer.scalar(scalar.getKey(), scalar.getValue(), step);
    }
  }

  private void histograms(ComputationGraph trained, long step) throws IOException {
    for (Layer layer : trained.getLayers()) {
      String name = layer.conf().getLayer().getLayerName();
      for (Map.Entry<String, INDArray> parameter : layer.paramTable().entrySet()) {
        String tag = name + "/" + parameter.getKey();
        ParameterHistogram histogram = ParameterHistogram.of(parameter.getValue());
        writer.histogram(tag, histogram, step);
        if (histogram.notFinite() > 0) {
          writer.scalar("not_finite/" + tag, histogram.notFinite(), step);
        }
      }
    }
  }

  /**
   * After the training: records how its best epoch does on photos that it did not see, with the
   * confusion matrix as a picture.
   *
   * @param epoch whose weights were evaluated, from 1
   * @throws IOException if the file cannot be written
   */
  public void evaluated(Evaluation evaluation, int epoch) throws IOException {
    long at = stepOf(epoch);
    String split = evaluation.split();
    String prefix = "evaluation/" + split + "_";
    writer.scalar(prefix + "loss", evaluation.loss(), at);
    writer.scalar(prefix + "top1", evaluation.top1(), at);
    writer.scalar(prefix + "top5", evaluation.top5(), at);
    writer.image("confusion/" + split, ConfusionPicture.of(evaluation.confusion()), at);
    writer.text("confusion/" + split + "/classes", RunTexts.classes(evaluation), at);
    writer.flush();
    successful = true;
  }

  /** The last step of an epoch. */
  private long stepOf(int epoch) {
    return (long) epoch * stepsPerEpoch;
  }

  private void write(Writing writing) {
    try {
      writing.run();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The event file %s cannot be written: %s".formatted(file(), e.getMessage()), e);
    }
  }

  /**
   * Ends the file.
   *
   * @throws IOException if it cannot be written
   */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (writer) {
      writer.sessionEnd(successful);
    }
  }
}
