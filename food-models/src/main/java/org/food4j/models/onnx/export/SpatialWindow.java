package org.food4j.models.onnx.export;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling3DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.food4j.models.onnx.OnnxNode;

/**
 * The sliding window of a convolution or pooling: each array has one number for each spatial axis,
 * {length}, {height, width} or {depth, height, width}.
 *
 * @param mode {@code Same} pads as TensorFlow does (the odd place at the end), {@code Causal} at
 *     the start only; the others use the given padding on both sides and drop what is left over
 */
@SuppressWarnings("ArrayRecordComponent") // handed over within this package only
record SpatialWindow(
    ConvolutionMode mode, int[] kernel, int[] stride, int[] padding, int[] dilation) {

  /** DL4J keeps two numbers for sequences too. */
  static SpatialWindow of(ConvolutionLayer layer, int axes) {
    return new SpatialWindow(
        layer.getConvolutionMode(),
        Arrays.copyOf(layer.getKernelSize(), axes),
        Arrays.copyOf(layer.getStride(), axes),
        Arrays.copyOf(layer.getPadding(), axes),
        Arrays.copyOf(layer.getDilation(), axes));
  }

  static SpatialWindow of(SubsamplingLayer layer, int axes) {
    return new SpatialWindow(
        layer.getConvolutionMode(),
        Arrays.copyOf(layer.getKernelSize(), axes),
        Arrays.copyOf(layer.getStride(), axes),
        Arrays.copyOf(layer.getPadding(), axes),
        Arrays.copyOf(layer.getDilation(), axes));
  }

  static SpatialWindow of(Subsampling3DLayer layer) {
    return new SpatialWindow(
        layer.getConvolutionMode(),
        layer.getKernelSize(),
        layer.getStride(),
        layer.getPadding(),
        layer.getDilation());
  }

  /** A node with {@code kernel_shape}, {@code strides} and explicit {@code pads}. */
  OnnxNode describe(OnnxNode node, VertexContext context) {
    return node.with("kernel_shape", kernel).with("strides", stride).with("pads", pads(context));
  }

  boolean isDilated() {
    return Arrays.stream(dilation).anyMatch(d -> d != 1);
  }

  /** How far the window reaches along an axis. */
  int reach(int axis) {
    return (kernel[axis] - 1) * dilation[axis] + 1;
  }

  /** Places along each spatial axis after the window. */
  long[] outputs(TensorShape input, VertexContext context) {
    int[] pads = pads(context);
    return IntStream.range(0, kernel.length)
        .mapToLong(
            axis ->
                (input.sizes()[axis] + pads[axis] + pads[axis + kernel.length] - reach(axis))
                        / stride[axis]
                    + 1)
        .toArray();
  }

  /** All starts, then all ends. */
  private int[] pads(VertexContext context) {
    return switch (mode) {
      case Same -> samePads(context.shape());
      case Strict, Truncate -> both(padding, padding);
      case Causal -> {
        if (kernel.length != 1) {
          throw context.unsupported("causal padding of anything but sequences");
        }
        yield new int[] {reach(0) - 1, 0};
      }
    };
  }

  private int[] samePads(TensorShape input) {
    int[] all =
        IntStream.range(0, kernel.length)
            .map(axis -> samePadding(axis, (int) input.sizes()[axis]))
            .toArray();
    int[] before = Arrays.stream(all).map(padding -> padding / 2).toArray();
    int[] after = Arrays.stream(all).map(padding -> padding - padding / 2).toArray();
    return both(before, after);
  }

  private int samePadding(int axis, int size) {
    int outputs = (size + stride[axis] - 1) / stride[axis];
    return Math.max(0, (outputs - 1) * stride[axis] + reach(axis) - size);
  }

  private static int[] both(int[] before, int[] after) {
    return IntStream.concat(Arrays.stream(before), Arrays.stream(after)).toArray();
  }
}
