package org.food4j.models.onnx.quantize;

import ai.onnx.proto.OnnxMl.TensorProto;
import org.food4j.models.onnx.OnnxTensors;

/**
 * Weights as signed integers without a zero point, with a scale for each output channel.
 *
 * @param values -127 to 127, or -63 to 63; laid out as the weights are
 * @param scales one for each channel
 * @param shape of the weights
 * @param inner how many values lie between one channel and the next
 */
@SuppressWarnings("ArrayRecordComponent")
record SymmetricWeights(byte[] values, float[] scales, long[] shape, int inner) {
  static SymmetricWeights of(TensorProto weights, int axis, boolean reduceRange) {
    return of(weights, axis, reduceRange, new double[(int) weights.getDims(axis)]);
  }

  /**
   * Quantises weights.
   *
   * @param axis of the channels
   * @param reduceRange whether 7 bits have to do
   * @param leastScales that the channels may have
   */
  static SymmetricWeights of(
      TensorProto weights, int axis, boolean reduceRange, double[] leastScales) {
    float[] real = OnnxTensors.floats(weights);
    int inner = 1;
    for (int d = axis + 1; d < weights.getDimsCount(); d++) {
      inner = Math.toIntExact(inner * weights.getDims(d));
    }
    int most = reduceRange ? 63 : 127;
    float[] scales = new float[leastScales.length];
    for (int i = 0; i < real.length; i++) {
      int channel = i / inner % scales.length;
      scales[channel] = Math.max(scales[channel], Math.abs(real[i]) / most);
    }
    for (int c = 0; c < scales.length; c++) {
      scales[c] = (float) Math.max(scales[c], Math.max(leastScales[c], AffineScale.LEAST_SCALE));
    }
    byte[] values = new byte[real.length];
    for (int i = 0; i < real.length; i++) {
      values[i] = (byte) Math.rint((double) real[i] / scales[i / inner % scales.length]);
    }
    return new SymmetricWeights(values, scales, OnnxTensors.shape(weights), inner);
  }

  /** The channel that the value at an index belongs to. */
  int channel(int index) {
    return index / inner % scales.length;
  }

  /** The place of the value at an index among those of its channel. */
  int within(int index) {
    return index / (inner * scales.length) * inner + index % inner;
  }
}
