package org.food4j.models.inference;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.food4j.data.manifest.Labels;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.models.onnx.ModelCard;
import org.food4j.models.onnx.ModelOutline;
import org.food4j.models.onnx.OnnxModelFile;
import org.food4j.models.onnx.UnreadableModelException;
import org.food4j.models.onnx.endpoint.ClassifierHead;

/**
 * What a caller says about a model file that was made elsewhere and has no card. What is said
 * counts more than what the file says; what is not said is taken from the file. Immutable.
 *
 * @param labels the classes in the order of the scores
 * @param preprocessing how a photo becomes the input, before the network
 * @param sizeFromFile whether the preprocessing gives way to the input size that the file fixes
 * @param input name of the input that takes photos; unsaid: the only one
 * @param output name of the output with the scores; unsaid: the only one beside {@code features}
 *     and {@code cam}, or else {@code logits}
 * @param scale what the scores are; unsaid: probabilities if a {@code Softmax} makes them, else
 *     logits
 */
public record ForeignModel(
    Optional<Labels> labels,
    Optional<Preprocessing> preprocessing,
    boolean sizeFromFile,
    Optional<String> input,
    Optional<String> output,
    Optional<ScoreScale> scale) {
  /** Says nothing: for files of this library. */
  public static final ForeignModel UNSAID =
      new ForeignModel(
          Optional.empty(),
          Optional.empty(),
          false,
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** The output with the scores where several could be. */
  static final String LOGITS = "logits";

  /** What this library's exporter adds. */
  private static final Set<String> BESIDE =
      Set.of(ClassifierHead.FEATURES, ClassifierHead.CLASS_ACTIVATION);

  /** Input size of most networks trained on ImageNet. */
  private static final int IMAGENET_SIZE = 224;

  /** The labels and the preprocessing of a card. */
  public static ForeignModel of(ModelCard card) {
    return UNSAID.withLabels(card.labels()).withPreprocessing(card.preprocessing());
  }

  /** The same with these classes, in the order of the scores. */
  public ForeignModel withLabels(Labels labels) {
    return new ForeignModel(Optional.of(labels), preprocessing, sizeFromFile, input, output, scale);
  }

  /** The same with this preprocessing, exactly. */
  public ForeignModel withPreprocessing(Preprocessing preprocessing) {
    return new ForeignModel(labels, Optional.of(preprocessing), false, input, output, scale);
  }

  /**
   * The same with ImageNet's usual preprocessing at the input size that the file fixes, or 224
   * pixels where it leaves it free.
   */
  public ForeignModel withImagenetPreprocessing() {
    Preprocessing usual = Preprocessing.imagenet(IMAGENET_SIZE);
    return new ForeignModel(labels, Optional.of(usual), true, input, output, scale);
  }

  /** The same with the name of the input that takes photos. */
  public ForeignModel withInput(String name) {
    return new ForeignModel(labels, preprocessing, sizeFromFile, Optional.of(name), output, scale);
  }

  /** The same with the name of the output that gives the scores. */
  public ForeignModel withOutput(String name) {
    return new ForeignModel(labels, preprocessing, sizeFromFile, input, Optional.of(name), scale);
  }

  /** The same with the meaning of the scores. */
  public ForeignModel withScale(ScoreScale scale) {
    return new ForeignModel(labels, preprocessing, sizeFromFile, input, output, Optional.of(scale));
  }

  /**
   * All that is said, as a JSON object whose unsaid parts have no key: {@code labels} (as in {@code
   * labels.json}), {@code preprocessing} (as in {@code preprocessing.json}), {@code
   * size_from_file}, {@code input}, {@code output} and {@code scores} ({@code "logits"} or {@code
   * "probabilities"}).
   */
  public String toJson() {
    return ForeignModelJson.write(this);
  }

  /**
   * Reads {@link #toJson()}'s form.
   *
   * @throws IllegalArgumentException if it is not that
   */
  public static ForeignModel fromJson(String json) {
    return ForeignModelJson.read(json);
  }

  /** Whether nothing is said. */
  public boolean isUnsaid() {
    return equals(UNSAID);
  }

  /**
   * Which of a file's outputs gives the scores.
   *
   * @param outputs names, in the file's order
   * @return the one said; unsaid, the only one beside {@code features} and {@code cam}, or else
   *     {@code logits}; empty if the file has none of that name
   */
  public Optional<String> scoreOutput(List<String> outputs) {
    List<String> candidates = outputs.stream().filter(name -> !BESIDE.contains(name)).toList();
    String name = output.orElse(candidates.size() == 1 ? candidates.get(0) : LOGITS);
    return outputs.contains(name) ? Optional.of(name) : Optional.empty();
  }

  /**
   * What the scores of an output are.
   *
   * @param outline of the file
   * @param scores name of the output
   * @return as said; unsaid, probabilities if a {@code Softmax} makes them, else logits
   */
  public ScoreScale scoreScale(ModelOutline outline, String scores) {
    return scale.orElseGet(
        () ->
            outline.operatorOf(scores).filter("Softmax"::equals).isPresent()
                ? ScoreScale.PROBABILITIES
                : ScoreScale.LOGITS);
  }

  /**
   * Whether a file says by itself which output gives the scores and what they are, just as it is
   * said here: given a card, it then needs nothing said.
   */
  public boolean needsOnlyCard(ModelOutline outline) {
    List<String> outputs =
        outline.graph().getOutputList().stream().map(output -> output.getName()).toList();
    Optional<String> own = UNSAID.scoreOutput(outputs);
    return own.isPresent()
        && own.equals(scoreOutput(outputs))
        && scoreScale(outline, own.get()) == UNSAID.scoreScale(outline, own.get());
  }

  /**
   * The preprocessing that is said, at the input size that a file fixes.
   *
   * @param fixedSize in pixels; empty if the file leaves it free
   */
  Optional<Preprocessing> preprocessing(OptionalInt fixedSize) {
    return sizeFromFile && fixedSize.isPresent()
        ? preprocessing.map(usual -> usual.withInputSize(fixedSize.getAsInt()))
        : preprocessing;
  }

  /**
   * The card of an opened file: its own, with what is said here in the place of what it says; or
   * one made of what is said here, if the file has none.
   *
   * @param path the file, for the message
   * @throws UnreadableModelException if the file has no card and labels or preprocessing are not
   *     said, its card is broken, or the labels or the input size do not fit the network
   */
  public ModelCard card(Path path, OnnxClassifier classifier) throws IOException {
    Optional<Preprocessing> said = preprocessing(OptionalInt.of(classifier.inputSize()));
    ModelCard card;
    if (labels.isPresent() && said.isPresent() && !ModelCard.isIn(classifier.metadata())) {
      card = ModelCard.of(labels.get(), said.get());
    } else {
      ModelCard own = ownCard(path, classifier, said);
      card =
          new ModelCard(
              labels.orElse(own.labels()),
              said.orElse(own.preprocessing()),
              own.temperature(),
              own.threshold(),
              own.provenance());
    }
    requireFit(path, card, classifier);
    return card;
  }

  private ModelCard ownCard(Path path, OnnxClassifier classifier, Optional<Preprocessing> said)
      throws UnreadableModelException {
    if (ModelCard.isIn(classifier.metadata())) {
      return OnnxModelFile.readCard(path, classifier.metadata());
    }
    List<String> missing = new ArrayList<>();
    if (labels.isEmpty()) {
      missing.add("labels (--labels FILE, a name a line in the order of the scores)");
    }
    if (said.isEmpty()) {
      missing.add("preprocessing (--preprocessing FILE or imagenet)");
    }
    throw new UnreadableModelException(
        path,
        "an ONNX file without a model card, so not written by this library; to use it all the same, say its "
            + String.join(" and its ", missing));
  }

  private static void requireFit(Path path, ModelCard card, OnnxClassifier classifier)
      throws UnreadableModelException {
    if (card.labels().size() != classifier.classes()) {
      throw new UnreadableModelException(
          path,
          "the network has %d classes, but there are %d labels"
              .formatted(classifier.classes(), card.labels().size()));
    }
    if (card.preprocessing().inputSize() != classifier.inputSize()) {
      throw new UnreadableModelException(
          path,
          "the network takes photos of %d x %d pixels, but its preprocessing makes them %d x %d"
              .formatted(
                  classifier.inputSize(),
                  classifier.inputSize(),
                  card.preprocessing().inputSize(),
                  card.preprocessing().inputSize()));
    }
  }
}
