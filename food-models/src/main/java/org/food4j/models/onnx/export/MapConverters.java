package org.food4j.models.onnx.export;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.food4j.models.kernel.Window;
import org.food4j.models.layer.AdditionVertex;
import org.food4j.models.layer.BatchNorm2d;
import org.food4j.models.layer.ChannelScaleVertex;
import org.food4j.models.layer.ChannelsLastPreProcessor;
import org.food4j.models.layer.Conv2d;
import org.food4j.models.layer.Flatten2d;
import org.food4j.models.layer.FunctionLayer;
import org.food4j.models.layer.GlobalPool2d;
import org.food4j.models.layer.Normalization;
import org.food4j.models.layer.Pool2d;
import org.food4j.models.onnx.OnnxNode;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * This library's own layers. In memory their maps are channels last; in the file they are {@code
 * [batch, channels, height, width]}, as ONNX defines its operators, so that no tensor is ever
 * transposed.
 */
final class MapConverters {
  private MapConverters() {}

  static void register(ConverterRegistry registry) {
    registry
        .register(ChannelsLastPreProcessor.class, (layout, context) -> context.input())
        .register(Conv2d.class, MapConverters::convolution)
        .register(BatchNorm2d.class, MapConverters::batchNorm)
        .register(FunctionLayer.class, MapConverters::function)
        .register(Pool2d.class, MapConverters::pool)
        .register(GlobalPool2d.class, MapConverters::globalPool)
        .register(Flatten2d.class, MapConverters::flatten)
        .register(AdditionVertex.class, MapConverters::addition)
        .register(ChannelScaleVertex.class, MapConverters::channelScale);
    AttentionConverters.register(registry);
  }

  private static String convolution(Conv2d layer, VertexContext context) {
    INDArray kernels = context.parameter("W");
    OnnxNode node =
        OnnxNode.of("Conv", context.input(), context.weights("W", kernels, kernels.shape()));
    if (layer.hasBias()) {
      INDArray bias = context.parameter("b");
      node = node.and(context.weights("b", bias, bias.length()));
    }
    Window window = window(context, layer::window);
    node =
        describe(node, window)
            .with("dilations", pair(window.dilation()))
            .with("group", layer.groups());
    String output = context.node(node);
    if (layer.normalization() != null) {
      output = normalized(layer.normalization(), output, context);
    }
    return context.convert(layer.getActivationFn(), output, context.inputType());
  }

  private static String batchNorm(BatchNorm2d layer, VertexContext context) {
    String output = normalized(layer.normalization(), context.input(), context);
    return context.convert(layer.getActivationFn(), output, context.inputType());
  }

  private static String normalized(
      Normalization normalization, String input, VertexContext context) {
    OnnxNode node =
        OnnxNode.of(
            "BatchNormalization",
            input,
            vector("gamma", context),
            vector("beta", context),
            vector("mean", context),
            vector("var", context));
    return context.node(node.with("epsilon", normalization.eps()));
  }

  private static String vector(String key, VertexContext context) {
    INDArray values = context.parameter(key);
    return context.weights(key, values, values.length());
  }

  private static String function(FunctionLayer layer, VertexContext context) {
    return context.convert(layer.function(), context.input(), context.inputType());
  }

  private static String pool(Pool2d layer, VertexContext context) {
    Window window = window(context, layer::window);
    return switch (layer.pooling()) {
      case MAX -> context.node(describe(OnnxNode.of("MaxPool", context.input()), window));
      case AVERAGE ->
          context.node(
              describe(OnnxNode.of("AveragePool", context.input()), window)
                  .with("count_include_pad", 0));
    };
  }

  private static String globalPool(GlobalPool2d layer, VertexContext context) {
    String operator =
        switch (layer.pooling()) {
          // Not ReduceMean: runtimes have quantised and faster kernels for this one.
          case AVERAGE -> "GlobalAveragePool";
          case MAX -> "GlobalMaxPool";
        };
    String pooled = context.node(OnnxNode.of(operator, context.input()));
    return layer.isFlat() ? context.node(OnnxNode.of("Flatten", pooled).with("axis", 1)) : pooled;
  }

  private static String flatten(Flatten2d layer, VertexContext context) {
    return context.node(OnnxNode.of("Flatten", context.input()).with("axis", 1));
  }

  private static String addition(AdditionVertex vertex, VertexContext context) {
    String sum = context.node(OnnxNode.of("Add", context.inputs().get(0), context.inputs().get(1)));
    IActivation function = vertex.function();
    return context.convert(function, sum, context.inputType());
  }

  private static String channelScale(ChannelScaleVertex vertex, VertexContext context) {
    String factors = context.inputs().get(1);
    if (context.inputTypes().get(1) instanceof InputType.InputTypeFeedForward) {
      factors = context.node(OnnxNode.of("Unsqueeze", factors, context.integers("axes", 2, 3)));
    }
    return context.node(OnnxNode.of("Mul", context.input(), factors));
  }

  private interface Windows {
    Window on(long height, long width);
  }

  private static Window window(VertexContext context, Windows windows) {
    InputType.InputTypeConvolutional maps = context.imageType();
    return windows.on(maps.getHeight(), maps.getWidth());
  }

  private static OnnxNode describe(OnnxNode node, Window window) {
    return node.with("kernel_shape", pair(window.kernel()))
        .with("strides", pair(window.stride()))
        .with(
            "pads",
            new int[] {
              window.before().height(),
              window.before().width(),
              window.after().height(),
              window.after().width()
            });
  }

  private static int[] pair(Window.Size size) {
    return new int[] {size.height(), size.width()};
  }
}
