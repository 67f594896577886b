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
import org.food4j.models.explain.FileExplainer;
import org.food4j.models.explain.graph.PhotoExplainer;
import org.food4j.models.inference.OnnxClassifier;
import org.food4j.models.inference.Prediction;
import org.food4j.models.onnx.ModelCard;
import org.food4j.models.onnx.OnnxModelFile;
import org.food4j.train.run.RunDirectory;

/** One photo explained by one model, as a picture and as figures. */
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
    Explanation explanation;
    if (Files.isRegularFile(model)) {
      if (weighting != ChannelWeighting.GRAD_CAM || stage.isPresent()) {
        throw onlyRuns("--method gradcam++ and --stage");
      }
      explanation = ofFile(label);
    } else {
      RunDirectory run = RunDirectory.open(model);
      PhotoExplainer explainer = run.explainer(new NativePhotoDecoder());
      ScaledPhoto decoded = decoded(explainer::decode);
      explanation = explainer.explain(decoded, index(run.labels(), label), stage, weighting);
    }
    ExplanationPicture.write(explanation, out);
    return figures(method, explanation);
  }

  private Explanation ofFile(Optional<String> label) throws IOException {
    try (OnnxClassifier network = OnnxClassifier.open(model)) {
      ModelCard card = OnnxModelFile.readCard(model, network.metadata());
      FileExplainer explainer = new FileExplainer(network, card, new NativePhotoDecoder());
      return explainer.explain(decoded(explainer::decode), index(card.labels(), label));
    }
  }

  Attended attention() throws IOException {
    if (Files.isRegularFile(model)) {
      throw onlyRuns("--method attention");
    }
    RunDirectory run = RunDirectory.open(model);
    PhotoExplainer explainer = new PhotoExplainer(run.best(), run.card(), new NativePhotoDecoder());
    ScaledPhoto decoded = decoded(explainer::decode);
    List<AttentionFactors> attention = explainer.attention(decoded);
    AttentionPicture.write(explainer.crop(decoded), attention, out);
    return new Attended(photo, out, attention.stream().map(Factors::of).toList());
  }

  private IllegalArgumentException onlyRuns(String what) {
    return new IllegalArgumentException(
        "%s is a file, and %s need the run directory: name the one it was exported from"
            .formatted(model, what));
  }

  private static OptionalInt index(Labels labels, Optional<String> label) {
    return label.isPresent() ? OptionalInt.of(index(labels, label.get())) : OptionalInt.empty();
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

  /** How a model's photos are decoded. */
  private interface Decoding {
    ScaledPhoto decode(Path photo) throws IOException;
  }

  private ScaledPhoto decoded(Decoding decoding) throws IOException {
    try {
      return decoding.decode(photo);
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
