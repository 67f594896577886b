package org.food4j.models.onnx.export;

import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional;
import org.food4j.models.onnx.OnnxNode;

/**
 * The sliding window of a convolution or pooling: each array is {height, width}.
 *
 * @param mode {@code Same} pads as TensorFlow does (the odd pixel at the bottom and right); the
 *     others use the given padding on both sides and drop what is left over
 */
@SuppressWarnings("ArrayRecordComponent") // handed over within this package only
record SpatialWindow(
    ConvolutionMode mode, int[] kernel, int[] stride, int[] padding, int[] dilation) {

  /** A node with {@code kernel_shape}, {@code strides} and explicit {@code pads}. */
  OnnxNode describe(OnnxNode node, VertexContext context) {
    return node.with("kernel_shape", kernel).with("strides", stride).with("pads", pads(context));
  }

  boolean isDilated() {
    return dilation[0] != 1 || dilation[1] != 1;
  }

  /** {top, left, bottom, right}. */
  private int[] pads(VertexContext context) {
    return switch (mode) {
      case Same -> samePads(context.imageType());
      case Strict, Truncate -> new int[] {padding[0], padding[1], padding[0], padding[1]};
      case Causal -> throw context.unsupported("causal padding of images");
    };
  }

  private int[] samePads(InputTypeConvolutional image) {
    int vertical = samePadding(0, (int) image.getHeight());
    int horizontal = samePadding(1, (int) image.getWidth());
    return new int[] {
      vertical / 2, horizontal / 2, vertical - vertical / 2, horizontal - horizontal / 2
    };
  }

  private int samePadding(int axis, int size) {
    int outputs = (size + stride[axis] - 1) / stride[axis];
    int reach = (kernel[axis] - 1) * dilation[axis] + 1;
    return Math.max(0, (outputs - 1) * stride[axis] + reach - size);
  }
}
