package org.food4j.train.transfer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.food4j.data.batch.BatchSettings;
import org.food4j.data.batch.EpochOrder;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.data.transform.Augmentation;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How the frozen part of a network sees each photo: once as evaluation does, further times
 * augmented, each time otherwise.
 *
 * @param preprocessing of every view
 * @param augmentation of all but the first
 * @param count number of views, at least 1
 * @param seed of the augmentation
 */
public record FeatureViews(
    Preprocessing preprocessing, Augmentation augmentation, int count, long seed) {
  /** Photos per call: as evaluation does. */
  static final int BATCH = 32;

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public FeatureViews {
    if (count < 1) {
      throw new IllegalArgumentException("A photo is seen at least once, not " + count + " times");
    }
  }

  /** As evaluation sees photos, once. */
  public static FeatureViews evaluation(Preprocessing preprocessing) {
    return new FeatureViews(preprocessing, Augmentation.NONE, 1, 0);
  }

  /** The batches of a view, from 0: in the photos' order. */
  BatchSettings settings(int view) {
    return view == 0 || augmentation == Augmentation.NONE
        ? BatchSettings.evaluation(preprocessing, BATCH)
        : BatchSettings.training(preprocessing, augmentation, BATCH, seed)
            .withOrder(EpochOrder.AS_GIVEN)
            .withDropLast(false)
            .withCache(2 * preprocessing.inputSize(), 0);
  }

  /** 64 hex digits that change with whatever the features depend on. */
  String fingerprint(ComputationGraph frozen, List<ManifestEntry> photos) {
    MessageDigest digest = sha256();
    update(digest, frozen.getConfiguration().toJson());
    for (GraphVertex vertex : frozen.getVertices()) {
      if (vertex.numParams() > 0) {
        vertex
            .paramTable(false)
            .forEach(
                (name, values) -> {
                  update(digest, vertex.getVertexName() + "/" + name);
                  update(digest, values);
                });
      }
    }
    update(digest, preprocessing.toJson());
    update(digest, count == 1 ? "1 view" : "%s views, %s, %s".formatted(count, augmentation, seed));
    photos.forEach(photo -> update(digest, photo.id() + " " + photo.sha256()));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void update(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }

  private static void update(MessageDigest digest, INDArray values) {
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
