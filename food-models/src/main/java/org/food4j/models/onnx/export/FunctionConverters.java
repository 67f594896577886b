package org.food4j.models.onnx.export;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.Cnn3DLossLayer;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.util.MaskLayer;
import org.deeplearning4j.nn.params.PReLUParamInitializer;
import org.food4j.models.onnx.OnnxNode;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Layers that are an activation function, with or without parameters, or nothing at inference. */
final class FunctionConverters {
  private FunctionConverters() {}

  static void register(ConverterRegistry registry) {
    registry
        .register(ActivationLayer.class, (layer, context) -> same(context, layer.getActivationFn()))
        .register(LossLayer.class, (layer, context) -> same(context, layer.getActivationFn()))
        .register(
            CnnLossLayer.class,
            (layer, context) -> {
              context.requireLayout(2, layer.getFormat() == CNN2DFormat.NHWC);
              return perPlace(context, layer.getActivationFn());
            })
        .register(
            Cnn3DLossLayer.class,
            (layer, context) -> {
              boolean last = layer.getDataFormat() == Convolution3D.DataFormat.NDHWC;
              context.requireLayout(3, last);
              return perPlace(context, layer.getActivationFn());
            })
        .register(PReLULayer.class, FunctionConverters::parametric)
        // Dropout, noise and masks: nothing at inference.
        .register(DropoutLayer.class, (layer, context) -> unchanged(context))
        .register(MaskLayer.class, (layer, context) -> unchanged(context));
  }

  /** DL4J says 0 features for loss layers unless nOut was set. */
  private static String same(VertexContext context, IActivation activation) {
    context.outputType(context.inputType());
    return context.convert(activation, context.input(), context.inputType());
  }

  private static String unchanged(VertexContext context) {
    context.outputType(context.inputType());
    return context.input();
  }

  /** These layers see one row of channels for each place: softmax is over channels. */
  private static String perPlace(VertexContext context, IActivation activation) {
    TensorShape shape = context.shape();
    context.outputType(context.inputType());
    TensorShape rows = new TensorShape(shape.channels(), shape.sizes(), true);
    return context.convert(activation, context.input(), rows.toInputType());
  }

  /** Slopes of {@code [channels, spatial...]}, 1 where they are shared along an axis. */
  private static String parametric(PReLULayer layer, VertexContext context) {
    TensorShape shape = context.shape();
    INDArray slopes = context.parameter(PReLUParamInitializer.WEIGHT_KEY);
    int axes = shape.rank() - 1;
    long[] sizes =
        Arrays.copyOfRange(slopes.shape(), Math.max(0, slopes.rank() - axes), slopes.rank());
    if (sizes.length != axes
        || Arrays.stream(sizes).reduce(1, (a, b) -> a * b) != slopes.length()) {
      throw context.unsupported(
          "slopes of shape %s for %s"
              .formatted(Arrays.toString(slopes.shape()), context.inputType()));
    }
    INDArray ordered = slopes.dup('c').reshape('c', sizes);
    if (shape.channelsLast()) {
      int[] order = new int[axes];
      order[0] = axes - 1;
      for (int i = 1; i < axes; i++) {
        order[i] = i - 1;
      }
      ordered = ordered.permute(order);
    }
    context.outputType(context.inputType());
    return context.node(
        OnnxNode.of(
            "PRelu",
            context.input(),
            context.weights(PReLUParamInitializer.WEIGHT_KEY, ordered, ordered.shape())));
  }
}
