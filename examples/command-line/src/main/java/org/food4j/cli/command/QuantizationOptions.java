package org.food4j.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import org.food4j.models.onnx.quantize.Calibrator;
import org.food4j.models.onnx.quantize.Fidelity;
import org.food4j.models.onnx.quantize.KeepFloat;
import org.food4j.models.onnx.quantize.NumberTypes;
import org.food4j.models.onnx.quantize.StaticOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of {@code food quantize} that say how integers come about, and what stays float. */
final class QuantizationOptions {
  private static final String DEFAULT = " (default: ${DEFAULT-VALUE}).";

  /** Options that measured ranges alone know. */
  private static final List<String> OF_STATIC =
      List.of(
          "--calibrator",
          "--calibration-photos",
          "--types",
          "--no-bias-correction",
          "--max-loss",
          "--min-snr");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--calibrator",
      paramLabel = "NAME",
      converter = Calibrators.class,
      completionCandidates = Calibrators.class,
      defaultValue = "mse",
      description =
          "Of static: how much of an activation's range is covered, ${COMPLETION-CANDIDATES}"
              + DEFAULT)
  private Calibrator calibrator;

  @Option(
      names = "--calibration-photos",
      paramLabel = "N",
      defaultValue = "128",
      description = "Of static: photos that the ranges are measured on" + DEFAULT)
  private int calibrationPhotos;

  @Option(
      names = "--validation-photos",
      paramLabel = "N",
      defaultValue = "256",
      description = "The most photos that the result is judged by" + DEFAULT)
  private int validationPhotos;

  @Option(
      names = "--types",
      paramLabel = "TYPES",
      converter = Types.class,
      completionCandidates = Types.class,
      defaultValue = "u8s8",
      description =
          "Of static: integers of activations and weights, ${COMPLETION-CANDIDATES}" + DEFAULT)
  private NumberTypes types;

  @Option(
      names = "--reduce-range",
      description = "Of static and dynamic: weights of 7 bits, for x86-64 processors without VNNI.")
  private boolean reduceRange;

  @Option(
      names = "--no-bias-correction",
      description =
          "Of static: do not make biases up for what rounding the weights adds on average.")
  private boolean uncorrectedBias;

  @Option(
      names = "--keep-float",
      paramLabel = "REGEX",
      description = "Operations whose name holds this stay float; may be repeated.")
  private List<String> floatNames = new ArrayList<>();

  @Option(
      names = "--keep-float-ops",
      paramLabel = "TYPE",
      split = ",",
      description = "Types of operations that stay float: Sigmoid,Mul.")
  private List<String> floatOperators = new ArrayList<>();

  @Option(
      names = "--max-loss",
      paramLabel = "POINTS",
      description =
          "Of static: keep the stretches float that cost most, until top-1 on the validation photos"
              + " is at most so many percentage points lower.")
  private Double maxLoss;

  @Option(
      names = "--min-snr",
      paramLabel = "DB",
      description =
          "Of static: the same until the scores' signal-to-noise ratio is so many decibels.")
  private Double minDecibels;

  /**
   * Checks what picocli does not.
   *
   * @param judged whether there are photos
   * @throws UsageException if a value is out of its range, or an option is given without effect
   */
  void check(QuantizationMode mode, boolean judged) {
    if (calibrationPhotos < 1 || validationPhotos < 1) {
      throw new UsageException("--calibration-photos and --validation-photos are at least 1");
    }
    if (maxLoss != null && !(maxLoss >= 0 && maxLoss <= 100)) {
      throw new UsageException("--max-loss is in percentage points, 0 to 100, not " + maxLoss);
    }
    if (minDecibels != null && !(minDecibels > 0 && minDecibels <= 100)) {
      throw new UsageException("--min-snr is in decibels, up to 100, not " + minDecibels);
    }
    for (String option : OF_STATIC) {
      if (mode != QuantizationMode.STATIC && given(option)) {
        throw new UsageException(
            "%s goes with --mode static, not with %s".formatted(option, mode.key()));
      }
    }
    if (reduceRange && !mode.computesWithIntegers()) {
      throw new UsageException(
          "--reduce-range goes with --mode static and dynamic, not with " + mode.key());
    }
    if (!judged && given("--validation-photos")) {
      throw new UsageException("--validation-photos goes with photos: name them with --data");
    }
    keepFloat();
  }

  private boolean given(String option) {
    return command.commandLine().getParseResult().hasMatchedOption(option);
  }

  /**
   * Checks that photos tell what is asked.
   *
   * @param labelled whether their classes are the model's
   * @throws UsageException if a loss is limited that they do not tell
   */
  void requireTold(boolean labelled) {
    if (maxLoss != null && !labelled) {
      throw new UsageException(
          "--max-loss needs photos of the model's classes, and those of --data are of others: give --min-snr instead");
    }
  }

  KeepFloat keepFloat() {
    try {
      return KeepFloat.of(floatOperators, floatNames);
    } catch (PatternSyntaxException e) {
      throw new UsageException(
          "--keep-float takes regular expressions, and %s is none: %s"
              .formatted(e.getPattern(), e.getDescription()));
    }
  }

  StaticOptions staticOptions() {
    return new StaticOptions(types, calibrator, reduceRange, !uncorrectedBias, keepFloat());
  }

  boolean reduceRange() {
    return reduceRange;
  }

  int calibrationPhotos() {
    return calibrationPhotos;
  }

  int validationPhotos() {
    return validationPhotos;
  }

  /** Whether something is to stay float by its effect. */
  boolean hasGoal() {
    return maxLoss != null || minDecibels != null;
  }

  /** Whether a model is good enough; after {@link #requireTold}. */
  boolean reached(Fidelity fidelity) {
    return (maxLoss == null || fidelity.lossPoints().orElseThrow() <= maxLoss + 1e-9)
        && (minDecibels == null || fidelity.decibels() >= minDecibels);
  }

  /** The settings in a few words, for the model's history. */
  String describe(QuantizationMode mode) {
    StringBuilder words = new StringBuilder("quantize --mode " + mode.key());
    if (mode == QuantizationMode.STATIC) {
      words.append(" --calibrator ").append(calibrator.key());
      words.append(" --types ").append(types.key());
      words.append(uncorrectedBias ? " --no-bias-correction" : "");
    }
    words.append(reduceRange ? " --reduce-range" : "");
    floatNames.forEach(name -> words.append(" --keep-float ").append(name));
    if (!floatOperators.isEmpty()) {
      words.append(" --keep-float-ops ").append(String.join(",", floatOperators));
    }
    words.append(maxLoss == null ? "" : " --max-loss " + maxLoss);
    words.append(minDecibels == null ? "" : " --min-snr " + minDecibels);
    return words.toString();
  }

  /** The values of {@code --calibrator}. */
  static final class Calibrators extends Choice<Calibrator> {
    Calibrators() {
      super(Calibrator.class, Calibrator::key);
    }
  }

  /** The values of {@code --types}. */
  static final class Types extends Choice<NumberTypes> {
    Types() {
      super(NumberTypes.class, NumberTypes::key);
    }
  }
}
