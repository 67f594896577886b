package org.food4j.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.food4j.data.manifest.Label;
import org.food4j.data.manifest.Labels;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.photo.PhotoException;
import org.food4j.data.photo.ScaledPhoto;
import org.food4j.models.explain.AttentionFactors;
import org.food4j.models.explain.AttentionPicture;
import org.food4j.models.explain.ChannelWeighting;
import org.food4j.models.explain.Explanation;
import org.food4j.models.explain.ExplanationPicture;
import org.food4j.models.explain.PhotoExplainer;
import org.food4j.models.inference.Prediction;
import org.food4j.train.run.RunDirectory;

/** One photo explained by one run, as a picture and as figures. */
final class ExplainSession {
  private static final int ANSWERS = 3;

  private final Path model;
  private final Path photo;
  private final Path out;

  ExplainSession(Path model, Path photo, Path out) {
    this.model = model;
    this.photo = photo;
    this.out = out;
  }

  /** The JSON document of a class activation map. */
  record Explained(
      Path photo,
      Path picture,
      String method,
      String vertex,
      String label,
      double probability,
      List<Answer> predictions,
      float[][] heat) {
    List<String> lines() {
      List<String> lines = new ArrayList<>();
      predictions.stream()
          .limit(ANSWERS)
          .forEach(
              answer ->
                  lines.add("  %5.1f %%  %s".formatted(100 * answer.probability, answer.label)));
      lines.add(
          "What speaks for %s at %s (%d x %d): %s"
              .formatted(label, vertex, heat[0].length, heat.length, picture));
      return lines;
    }
  }

  record Answer(String label, double probability) {}

  /** The JSON document of the attention. */
  record Attended(Path photo, Path picture, List<Factors> attention) {
    List<String> lines() {
      List<String> lines = new ArrayList<>();
      attention.forEach(
          factors ->
              lines.add(
                  "  %s: %d %s, factors from %.3f to %.3f, mean %.3f"
                      .formatted(
                          factors.vertex,
                          factors.count,
                          factors.of,
                          factors.smallest,
                          factors.largest,
                          factors.mean)));
      lines.add("Attention: " + picture);
      return lines;
    }
  }

  record Factors(
      String vertex, String of, int count, double smallest, double largest, double mean) {
    static Factors of(AttentionFactors attention) {
      if (attention instanceof AttentionFactors.OfPositions positions) {
        return of(positions.vertex(), "positions", positions.factors().values());
      }
      return of(
          attention.vertex(), "channels", ((AttentionFactors.OfChannels) attention).factors());
    }

    private static Factors of(String vertex, String what, float[] factors) {
      double smallest = Double.POSITIVE_INFINITY;
      double largest = Double.NEGATIVE_INFINITY;
      double sum = 0;
      for (float factor : factors) {
        smallest = Math.min(smallest, factor);
        largest = Math.max(largest, factor);
        sum += factor;
      }
      return new Factors(vertex, what, factors.length, smallest, largest, sum / factors.length);
    }
  }

  Explained gradients(
      String method, ChannelWeighting weighting, Optional<String> stage, Optional<String> label)
      throws IOException {
    RunDirectory run = run();
    OptionalInt explained =
        label.isPresent() ? OptionalInt.of(index(run.labels(), label.get())) : OptionalInt.empty();
    PhotoExplainer explainer = run.explainer(new NativePhotoDecoder());
    Explanation explanation = explainer.explain(decoded(explainer), explained, stage, weighting);
    ExplanationPicture.write(explanation, out);
    return figures(method, explanation);
  }

  Attended attention() throws IOException {
    RunDirectory run = run();
    PhotoExplainer explainer = new PhotoExplainer(run.best(), run.card(), new NativePhotoDecoder());
    ScaledPhoto decoded = decoded(explainer);
    List<AttentionFactors> attention = explainer.attention(decoded);
    AttentionPicture.write(explainer.crop(decoded), attention, out);
    return new Attended(photo, out, attention.stream().map(Factors::of).toList());
  }

  private RunDirectory run() throws IOException {
    if (Files.isRegularFile(model)) {
      throw new IllegalArgumentException(
          "%s is a file, and gradients need the run directory: name the one it was exported from"
              .formatted(model));
    }
    return RunDirectory.open(model);
  }

  private static int index(Labels labels, String name) {
    return labels
        .indexOf(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "The model has no class '%s'; it has %s"
                        .formatted(
                            name,
                            StreamSupport.stream(labels.spliterator(), false)
                                .map(Label::name)
                                .collect(Collectors.joining(", ")))));
  }

  private ScaledPhoto decoded(PhotoExplainer explainer) throws IOException {
    try {
      return explainer.decode(photo);
    } catch (PhotoException e) {
      throw new IOException(photo + ": " + e.getMessage(), e);
    }
  }

  private Explained figures(String method, Explanation explanation) {
    float[][] heat = new float[explanation.cells().height()][explanation.cells().width()];
    for (int y = 0; y < heat.length; y++) {
      for (int x = 0; x < heat[y].length; x++) {
        heat[y][x] = explanation.cells().at(y, x);
      }
    }
    Prediction prediction = explanation.prediction();
    return new Explained(
        photo,
        out,
        method,
        explanation.vertex(),
        prediction.label().name(),
        prediction.probability(),
        explanation.answers().stream()
            .limit(ANSWERS)
            .map(answer -> new Answer(answer.label().name(), answer.probability()))
            .toList(),
        heat);
  }
}
