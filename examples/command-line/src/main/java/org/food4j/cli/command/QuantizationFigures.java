package org.food4j.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.food4j.models.inference.ScoreScale;
import org.food4j.models.onnx.quantize.Fidelity;
import org.food4j.models.onnx.quantize.FloatIslands;
import org.food4j.models.onnx.quantize.Sensitivity;

/**
 * What {@code food quantize} reports; the JSON document.
 *
 * @param file that was written
 * @param form the numbers that it computes in, as its history tells
 * @param floatBytes size of the float file
 * @param bytes size of the new one
 * @param photos that the answers were judged by; 0 if there were none
 * @param scores what the answers are, {@code logits} or {@code probabilities}; null without photos
 * @param snrDecibels of the scores, at most {@value #EXACT}; null without photos
 * @param top1Agreement share of photos with the same answer; null without photos
 * @param floatTop1 share of photos that the float model gets right; null without labels
 * @param top1 the same of the new one; null without labels
 * @param integerOperations that ONNX Runtime has after optimisation; null where the network does
 *     not compute with integers
 * @param conversions between float and integers that it has; null likewise
 * @param floatIslands float operations that hang together, in its optimised graph
 * @param keptFloat stretches that stay float for the answers' sake
 * @param remarks what else became of the numbers
 */
record QuantizationFigures(
    Path file,
    String form,
    long floatBytes,
    long bytes,
    int photos,
    String scores,
    Double snrDecibels,
    Double top1Agreement,
    Double floatTop1,
    Double top1,
    Integer integerOperations,
    Integer conversions,
    List<String> floatIslands,
    List<KeptStretch> keptFloat,
    List<String> remarks) {
  /** Stands for an infinite ratio, which JSON cannot. */
  private static final double EXACT = 200;

  private static final int SHOWN = 8;

  /** A stretch that stays float, and the signal-to-noise ratio if it alone were quantised. */
  record KeptStretch(String name, double snrDecibels) {
    static KeptStretch of(Sensitivity sensitivity) {
      return new KeptStretch(sensitivity.stretch().name(), Math.min(EXACT, sensitivity.decibels()));
    }
  }

  static QuantizationFigures of(
      Path file,
      String form,
      long floatBytes,
      long bytes,
      int photos,
      Optional<ScoreScale> scores,
      Optional<Fidelity> fidelity,
      Optional<FloatIslands> islands,
      List<Sensitivity> keptFloat,
      List<String> remarks) {
    return new QuantizationFigures(
        file,
        form,
        floatBytes,
        bytes,
        photos,
        scores.map(scale -> scale.name().toLowerCase(Locale.ROOT)).orElse(null),
        fidelity.map(f -> Math.min(EXACT, f.decibels())).orElse(null),
        fidelity.map(Fidelity::agreement).orElse(null),
        orNull(fidelity.map(Fidelity::referenceTop1)),
        orNull(fidelity.map(Fidelity::top1)),
        islands.map(FloatIslands::integerOperations).orElse(null),
        islands.map(FloatIslands::conversions).orElse(null),
        islands.map(FloatIslands::islands).orElse(List.of()).stream()
            .map(FloatIslands.Island::summary)
            .toList(),
        keptFloat.stream().map(KeptStretch::of).toList(),
        remarks);
  }

  private static Double orNull(Optional<OptionalDouble> share) {
    OptionalDouble value = share.orElse(OptionalDouble.empty());
    return value.isPresent() ? (Double) value.getAsDouble() : null;
  }

  /** The same for people. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: %s, %.1f MB instead of %.1f MB (%.0f %%)"
            .formatted(file, form, bytes / 1e6, floatBytes / 1e6, 100.0 * bytes / floatBytes));
    if (snrDecibels != null) {
      lines.add(
          "%s on %d photos: signal to noise %.1f dB, same top-1 on %.1f %%"
              .formatted(
                  scores.substring(0, 1).toUpperCase(Locale.ROOT) + scores.substring(1),
                  photos,
                  snrDecibels,
                  100 * top1Agreement));
    }
    if (top1 != null) {
      lines.add("Top-1 %.1f %% (float %.1f %%)".formatted(100 * top1, 100 * floatTop1));
    }
    if (integerOperations != null) {
      lines.add(
          "ONNX Runtime: %s, %s, %s"
              .formatted(
                  counted(integerOperations, "integer operation"),
                  counted(conversions, "conversion"),
                  floatIslands.isEmpty()
                      ? "no float island"
                      : counted(floatIslands.size(), "float island") + ": " + shown(floatIslands)));
    }
    lines.addAll(remarks);
    for (KeptStretch kept : keptFloat) {
      lines.add("Stays float: %s (alone %.1f dB)".formatted(kept.name, kept.snrDecibels));
    }
    return lines;
  }

  /** {@code "1 cast"}, {@code "2 casts"}. */
  static String counted(long count, String singular) {
    return count + " " + singular + (count == 1 ? "" : "s");
  }

  private static String shown(List<String> islands) {
    String first = String.join("; ", islands.subList(0, Math.min(SHOWN, islands.size())));
    return islands.size() > SHOWN ? first + "; …" : first;
  }
}
