package org.food4j.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.food4j.data.manifest.Labels;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.models.inference.ForeignModel;
import org.food4j.models.inference.ScoreScale;
import org.food4j.models.onnx.ModelCard;
import org.food4j.models.onnx.ModelOutline;
import picocli.CommandLine.Option;

/** What is said about {@code .onnx} files that other tools wrote. */
final class ForeignModelOptions {
  private static final String IMAGENET = "imagenet";

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description =
          "Of an .onnx file made elsewhere: its classes, labels.json or a text file with a name a"
              + " line, in the order of its output.")
  private Path labels;

  @Option(
      names = "--preprocessing",
      paramLabel = "FILE|imagenet[:SIZE]",
      description =
          "Of an .onnx file made elsewhere: preprocessing.json, or ImageNet's usual one (shorter"
              + " side 8/7 of the size, centre crop, ImageNet mean and deviation) at the size that"
              + " the file fixes, or SIZE.")
  private String preprocessing;

  @Option(
      names = "--input",
      paramLabel = "NAME",
      description =
          "Of an .onnx file made elsewhere: the input that takes photos, if not the only one.")
  private String input;

  @Option(
      names = "--output",
      paramLabel = "NAME",
      description =
          "Of an .onnx file made elsewhere: the output with the scores, if it is neither the only"
              + " one nor called logits.")
  private String output;

  @Option(
      names = "--scores",
      paramLabel = "SCALE",
      description =
          "Of an .onnx file made elsewhere: logits or probabilities (default: probabilities if a"
              + " Softmax makes them, else logits).",
      completionCandidates = Scales.class,
      converter = Scales.class)
  private ScoreScale scores;

  /**
   * What the options say of a command's only model.
   *
   * @throws UsageException if an option's value is none
   */
  ForeignModel said() throws IOException {
    ForeignModel said = ForeignModel.UNSAID;
    if (labels != null) {
      said = said.withLabels(Labels.read(labels));
    }
    if (preprocessing != null) {
      said = preprocessed(said);
    }
    if (input != null) {
      said = said.withInput(input);
    }
    if (output != null) {
      said = said.withOutput(output);
    }
    return scores == null ? said : said.withScale(scores);
  }

  /**
   * What the options say of one of a command's models: nothing of runs and of files with a card.
   *
   * @param models all of them
   * @throws UsageException if an option's value is none, or something is said and no model needs it
   */
  ForeignModel saidOf(Path model, List<Path> models) throws IOException {
    ForeignModel said = said();
    if (said.isUnsaid()) {
      return said;
    }
    boolean needed = false;
    for (Path one : models) {
      needed |= isForeign(one);
    }
    if (!needed) {
      throw new UsageException(
          "--labels, --preprocessing, --input, --output and --scores are said of .onnx files without"
              + " a card, and all models here have one");
    }
    return isForeign(model) ? said : ForeignModel.UNSAID;
  }

  /** Whether any was given. */
  boolean isAnySet() {
    return Stream.of(labels, preprocessing, input, output, scores).anyMatch(Objects::nonNull);
  }

  private static boolean isForeign(Path model) throws IOException {
    return Files.isRegularFile(model) && !ModelCard.isIn(ModelOutline.read(model).metadata());
  }

  private ForeignModel preprocessed(ForeignModel said) throws IOException {
    String text = preprocessing.toLowerCase(Locale.ROOT);
    if (text.equals(IMAGENET)) {
      return said.withImagenetPreprocessing();
    }
    if (text.matches(IMAGENET + ":[0-9]{1,5}")) {
      int size = Integer.parseInt(text.substring(IMAGENET.length() + 1));
      try {
        return said.withPreprocessing(Preprocessing.imagenet(size));
      } catch (IllegalArgumentException e) {
        throw new UsageException("--preprocessing: " + e.getMessage());
      }
    }
    Path file = Path.of(preprocessing);
    if (!Files.isRegularFile(file)) {
      throw new UsageException(
          "--preprocessing is a preprocessing.json, imagenet or imagenet:SIZE, not "
              + preprocessing);
    }
    try {
      return said.withPreprocessing(Preprocessing.fromJson(Files.readString(file)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  /** The values of {@code --scores}. */
  static final class Scales extends Choice<ScoreScale> {
    Scales() {
      super(ScoreScale.class, scale -> scale.name().toLowerCase(Locale.ROOT));
    }
  }
}
