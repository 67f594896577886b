package org.food4j.train.transfer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.food4j.data.manifest.ManifestEntry;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/**
 * What tells features from others: a digest of all that they depend on, and of nothing else, so
 * that another learning rate or another number of epochs finds them again.
 */
final class FeatureFingerprint {
  /** Settings of a DL4J configuration that have no influence on what a network computes. */
  private static final Set<String> TRAINING_ONLY =
      Set.of(
          "iupdater",
          "biasUpdater",
          "regularization",
          "regularizationBias",
          "gradientNormalization",
          "gradientNormalizationThreshold",
          "weightInitFn",
          "biasInit",
          "gainInit",
          "idropout",
          "iDropout",
          "weightNoise",
          "frozenStatistics",
          "momentum",
          "trainingPrecision",
          "miniBatch",
          "seed",
          "iterationCount",
          "epochCount");

  private final MessageDigest digest = sha256();

  private FeatureFingerprint() {}

  /** 64 hex digits. */
  static String of(ComputationGraph frozen, FeatureViews views, List<ManifestEntry> photos) {
    FeatureFingerprint fingerprint = new FeatureFingerprint();
    fingerprint.add(frozen);
    fingerprint.add(views.preprocessing().toJson());
    fingerprint.add(
        views.count() == 1
            ? "1 view"
            : "%s views, %s, %s".formatted(views.count(), views.augmentation(), views.seed()));
    photos.forEach(photo -> fingerprint.add(photo.id() + " " + photo.sha256()));
    return HexFormat.of().formatHex(fingerprint.digest.digest());
  }

  private void add(ComputationGraph graph) {
    add(computation(graph));
    for (GraphVertex vertex : graph.getVertices()) {
      if (vertex.numParams() > 0) {
        vertex
            .paramTable(false)
            .forEach(
                (name, values) -> {
                  add(vertex.getVertexName() + "/" + name);
                  add(values);
                });
      }
    }
  }

  private static String computation(ComputationGraph graph) {
    try {
      JsonNode tree = NeuralNetConfiguration.mapper().readTree(graph.getConfiguration().toJson());
      dropTrainingOnly(tree);
      return tree.toString();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A graph's configuration is JSON", e);
    }
  }

  private static void dropTrainingOnly(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove(TRAINING_ONLY);
    }
    node.forEach(FeatureFingerprint::dropTrainingOnly);
  }

  private void add(String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }

  private void add(INDArray values) {
    float[] floats = values.dup('c').data().asFloat();
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * floats.length);
    bytes.asFloatBuffer().put(floats);
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
