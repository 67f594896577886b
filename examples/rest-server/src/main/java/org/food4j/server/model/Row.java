package org.food4j.server.model;

import java.util.List;
import org.food4j.data.photo.ScaledPhoto;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.models.inference.Classifier;

/**
 * A photo as a network takes it: normalised, or as pixels where the network normalises by itself.
 *
 * @param floats {@code [3, size, size]}; empty of pixels
 * @param pixels {@code [size, size, 3]}; empty of floats
 */
@SuppressWarnings("ArrayRecordComponent")
public record Row(float[] floats, byte[] pixels) {
  private static final float[] NO_FLOATS = {};
  private static final byte[] NO_PIXELS = {};

  /** A normalised photo. */
  public static Row of(float[] floats) {
    return new Row(floats, NO_PIXELS);
  }

  /** A photo's pixels. */
  public static Row of(byte[] pixels) {
    return new Row(NO_FLOATS, pixels);
  }

  static Row of(ScaledPhoto photo, Preprocessing preprocessing, boolean asPixels) {
    return asPixels ? of(preprocessing.crop(photo).rgb()) : of(preprocessing.apply(photo));
  }

  /** The logits of rows that all are of the network's kind, {@code [rows, classes]}. */
  static float[] logits(Classifier classifier, List<Row> rows) {
    int length = 3 * classifier.inputSize() * classifier.inputSize();
    if (classifier.takesPixels()) {
      byte[] batch = new byte[Math.multiplyExact(rows.size(), length)];
      for (int i = 0; i < rows.size(); i++) {
        System.arraycopy(rows.get(i).pixels, 0, batch, i * length, length);
      }
      return classifier.pixelLogits(batch, rows.size());
    }
    float[] batch = new float[Math.multiplyExact(rows.size(), length)];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i).floats, 0, batch, i * length, length);
    }
    return classifier.logits(batch, rows.size());
  }
}
