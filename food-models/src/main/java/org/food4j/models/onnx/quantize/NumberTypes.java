package org.food4j.models.onnx.quantize;

import java.util.Locale;

/**
 * The integers of activations and of weights.
 *
 * <p>On x86-64, ONNX Runtime 1.28 computes with unsigned activations whatever the file says.
 */
public enum NumberTypes {
  /** Unsigned activations, signed weights: what x86-64's VNNI and AMX multiply. */
  U8S8(IntegerType.U8, IntegerType.S8),
  /** All signed, and activations symmetric around 0: what TensorRT and other runtimes ask for. */
  S8S8(IntegerType.S8, IntegerType.S8),
  /** All unsigned: exact on x86-64 processors without VNNI. */
  U8U8(IntegerType.U8, IntegerType.U8);

  private final IntegerType activations;
  private final IntegerType weights;

  NumberTypes(IntegerType activations, IntegerType weights) {
    this.activations = activations;
    this.weights = weights;
  }

  /** The integers of activations. */
  public IntegerType activations() {
    return activations;
  }

  /** The integers of weights. */
  public IntegerType weights() {
    return weights;
  }

  /** The scale of an activation with a range. */
  AffineScale activationScale(Range range) {
    return this == S8S8
        ? AffineScale.symmetric(range, activations)
        : AffineScale.of(range, activations);
  }

  /** The name on the command line: {@code u8s8}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
