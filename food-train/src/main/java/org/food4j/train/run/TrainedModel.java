package org.food4j.train.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.Split;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.scan.Progress;
import org.food4j.models.graph.GraphClassifier;
import org.food4j.models.inference.Classifier;
import org.food4j.models.inference.ForeignModel;
import org.food4j.models.inference.OnnxClassifier;
import org.food4j.models.inference.RuntimeSettings;
import org.food4j.models.onnx.ModelCard;
import org.food4j.models.onnx.ModelHistory;
import org.food4j.models.onnx.OnnxModelFile;
import org.food4j.models.onnx.UnreadableModelException;
import org.food4j.train.evaluate.AnswerSettings;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.evaluate.Scorer;
import org.food4j.train.evaluate.Scores;
import org.food4j.train.evaluate.TestTimeAugmentation;

/**
 * A trained model in any form, opened: a run directory, computed by DL4J, or an ONNX file, computed
 * by ONNX Runtime.
 *
 * @param name the file's or the run's
 * @param form {@code "dl4j"}, or the numbers that a file computes in as its {@link ModelHistory}
 *     tells: {@code "onnx float32"}, {@code "onnx int8 static"}
 * @param classifier computes; closed with this
 * @param card labels and preprocessing
 * @param bytes the model file's size
 */
public record TrainedModel(
    String name, String form, Classifier classifier, ModelCard card, long bytes)
    implements AutoCloseable {
  /**
   * Opens a model.
   *
   * @param model a run directory or an {@code .onnx} file
   * @throws IllegalArgumentException if the path is neither
   * @throws IOException if it is broken
   */
  public static TrainedModel open(Path model) throws IOException {
    return open(model, RuntimeSettings.alone());
  }

  /**
   * Opens a model that says all about itself, as {@link #open(Path, RuntimeSettings,
   * ForeignModel)}.
   */
  public static TrainedModel open(Path model, RuntimeSettings settings) throws IOException {
    return open(model, settings, ForeignModel.UNSAID);
  }

  /**
   * Opens a model that may have been made elsewhere.
   *
   * @param model a run directory or an {@code .onnx} file
   * @param settings of ONNX Runtime; a run directory is computed by DL4J, which has its own
   * @param said what an {@code .onnx} file does not say itself
   * @throws IllegalArgumentException if the path is neither, or something is said about a run
   * @throws org.food4j.models.inference.UnavailableProviderException if ONNX Runtime cannot compute
   *     where the settings say
   * @throws IOException if it is broken, or what it says and what is said do not suffice
   */
  public static TrainedModel open(Path model, RuntimeSettings settings, ForeignModel said)
      throws IOException {
    Path fileName = model.toAbsolutePath().normalize().getFileName();
    String name = fileName == null ? model.toString() : fileName.toString();
    if (Files.isRegularFile(model)) {
      return openFile(model, name, settings, said);
    }
    if (Files.isDirectory(model)) {
      requireUnsaid(model, said);
      RunDirectory run = RunDirectory.open(model);
      ModelCard card = run.card();
      Classifier classifier = new GraphClassifier(run.best(), card.preprocessing().inputSize());
      return new TrainedModel(name, "dl4j", classifier, card, Files.size(run.bestCheckpoint()));
    }
    throw noModel(model);
  }

  /**
   * Reads a model's card alone, without the time and memory of opening what computes.
   *
   * @param model a run directory or an {@code .onnx} file
   * @throws IllegalArgumentException if the path is neither
   * @throws IOException if it is broken
   */
  public static ModelCard readCard(Path model) throws IOException {
    return readCard(model, ForeignModel.UNSAID);
  }

  /**
   * The card of a model that may have been made elsewhere; its network is then opened too, to see
   * whether it fits.
   *
   * @param said what an {@code .onnx} file does not say itself
   * @throws IllegalArgumentException if the path is neither, or something is said about a run
   * @throws IOException if it is broken, or what it says and what is said do not suffice
   */
  public static ModelCard readCard(Path model, ForeignModel said) throws IOException {
    if (Files.isRegularFile(model)) {
      if (said.isUnsaid()) {
        return OnnxModelFile.readCard(model);
      }
      try (TrainedModel opened = open(model, RuntimeSettings.alone(), said)) {
        return opened.card();
      }
    }
    if (Files.isDirectory(model)) {
      requireUnsaid(model, said);
      return RunDirectory.open(model).card();
    }
    throw noModel(model);
  }

  private static void requireUnsaid(Path run, ForeignModel said) {
    if (!said.isUnsaid()) {
      throw new IllegalArgumentException(
          "%s is a run directory, which says all about itself: labels, preprocessing, input and output are said of .onnx files made elsewhere"
              .formatted(run));
    }
  }

  private static IllegalArgumentException noModel(Path path) {
    return new IllegalArgumentException(
        "There is no model at %s: name a run directory or an .onnx file".formatted(path));
  }

  private static TrainedModel openFile(
      Path file, String name, RuntimeSettings settings, ForeignModel said) throws IOException {
    OnnxClassifier classifier = OnnxClassifier.open(file, settings, said);
    boolean opened = false;
    try {
      ModelCard card = said.card(file, classifier);
      String form = "onnx " + history(file, classifier).form();
      long bytes = Files.size(file);
      opened = true;
      return new TrainedModel(name, form, classifier, card, bytes);
    } finally {
      if (!opened) {
        classifier.close();
      }
    }
  }

  private static ModelHistory history(Path file, OnnxClassifier classifier)
      throws UnreadableModelException {
    try {
      return ModelHistory.fromMetadata(classifier.metadata());
    } catch (IllegalArgumentException e) {
      throw new UnreadableModelException(file, e.getMessage(), e);
    }
  }

  /**
   * Computes the logits of some of a data set's photos.
   *
   * @throws IllegalArgumentException if there are no photos, or the data set's labels are not the
   *     model's in the same order
   * @throws org.food4j.data.batch.PhotoReadException if a photo has vanished or is damaged
   */
  public Scores score(
      Dataset dataset, List<ManifestEntry> entries, PhotoDecoder decoder, Progress progress) {
    return new Scorer(decoder)
        .score(classifier, card.labels(), card.preprocessing(), dataset, entries, progress);
  }

  /** The same model with another card: another temperature or threshold. */
  public TrainedModel withCard(ModelCard card) {
    return new TrainedModel(name, form, classifier, card, bytes);
  }

  /**
   * Ranks {@link #score}'s logits, at the card's temperature.
   *
   * @throws IllegalArgumentException as {@link #score}
   */
  public Evaluation evaluate(
      Dataset dataset, Split split, PhotoDecoder decoder, Progress progress) {
    return evaluate(dataset, split, TestTimeAugmentation.NONE, decoder, progress);
  }

  /**
   * The same with several views of each photo. Photos whose label is doubted are listed, unless the
   * model was trained on them.
   */
  public Evaluation evaluate(
      Dataset dataset,
      Split split,
      TestTimeAugmentation views,
      PhotoDecoder decoder,
      Progress progress) {
    AnswerSettings settings = AnswerSettings.of(card, views);
    Scores scores =
        new Scorer(decoder)
            .score(
                classifier,
                card.labels(),
                card.preprocessing(),
                dataset,
                dataset.entries(split),
                settings,
                progress);
    Evaluation evaluation = Evaluation.of(scores, split.key(), settings);
    return split == Split.TRAIN ? evaluation : evaluation.withSuspects(scores);
  }

  @Override
  public void close() {
    classifier.close();
  }
}
