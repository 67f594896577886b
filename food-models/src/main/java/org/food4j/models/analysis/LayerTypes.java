package org.food4j.models.analysis;

import static org.food4j.models.activation.KnownFunctions.isIdentity;
import static org.food4j.models.activation.KnownFunctions.isRectifier;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.food4j.models.layer.BatchNorm2d;
import org.food4j.models.layer.ChannelMeanMax2d;
import org.food4j.models.layer.ChannelRowSwap2d;
import org.food4j.models.layer.Conv2d;
import org.food4j.models.layer.Flatten2d;
import org.food4j.models.layer.FunctionLayer;
import org.food4j.models.layer.GlobalMeanMax2d;
import org.food4j.models.layer.GlobalPool2d;
import org.food4j.models.layer.LayerNorm2d;
import org.food4j.models.layer.Pool2d;
import org.food4j.models.layer.Pooling;
import org.food4j.models.layer.PositionSum2d;
import org.food4j.models.layer.SelfAttention2d;
import org.nd4j.linalg.activations.IActivation;

/**
 * The one table that all counts read: the types of layers, by class. A layer with parameters that
 * is not in it has no known cost.
 */
final class LayerTypes {
  private static final Map<Class<? extends Layer>, LayerType<?>> ALL = new HashMap<>();

  static {
    put(
        Conv2d.class,
        new LayerType<>(
            VertexKind.CONVOLUTION,
            layer -> layer.getNIn() / layer.groups() * area(layer.kernel()),
            LayerTypes::keptMaps,
            LayerTypes::description));
    put(
        ConvolutionLayer.class,
        new LayerType<>(
            VertexKind.CONVOLUTION,
            layer -> layer.getNIn() * area(layer.getKernelSize()),
            layer -> isIdentity(layer.getActivationFn()) ? 1 : 2,
            layer ->
                "conv %s%s, %d%s"
                    .formatted(
                        size(layer.getKernelSize()),
                        steps(layer.getStride()),
                        layer.getNOut(),
                        function(layer.getActivationFn()))));
    put(
        DenseLayer.class,
        new LayerType<>(
            VertexKind.LINEAR,
            DenseLayer::getNIn,
            layer -> 1,
            layer ->
                "linear %d to %d%s"
                    .formatted(
                        layer.getNIn(), layer.getNOut(), function(layer.getActivationFn()))));
    put(
        BatchNorm2d.class,
        new LayerType<>(
            VertexKind.OTHER,
            layer -> 0,
            layer -> isInPlace(layer.getActivationFn()) ? 1 : 2,
            layer -> "batch norm" + function(layer.getActivationFn())));
    put(BatchNormalization.class, LayerType.free(VertexKind.OTHER, layer -> "batch norm"));
    put(DropoutLayer.class, LayerType.free(VertexKind.OTHER, layer -> "dropout"));
    put(
        FunctionLayer.class,
        LayerType.free(VertexKind.OTHER, layer -> layer.function().toString()));
    put(
        Pool2d.class,
        LayerType.free(
            VertexKind.POOLING,
            layer ->
                "%s pool %dx%d /%d"
                    .formatted(
                        name(layer.pooling()), layer.kernel(), layer.kernel(), layer.stride())));
    put(
        GlobalPool2d.class,
        LayerType.free(
            VertexKind.POOLING, layer -> "global %s pool".formatted(name(layer.pooling()))));
    put(
        GlobalMeanMax2d.class,
        LayerType.free(VertexKind.POOLING, layer -> "global mean and maximum"));
    put(
        ChannelMeanMax2d.class,
        LayerType.free(VertexKind.POOLING, layer -> "mean and maximum of channels"));
    put(PositionSum2d.class, LayerType.free(VertexKind.POOLING, layer -> "sum of places"));
    put(ChannelRowSwap2d.class, LayerType.free(VertexKind.OTHER, layer -> "channels as rows"));
    put(Flatten2d.class, LayerType.free(VertexKind.OTHER, layer -> "flatten"));
    put(LayerNorm2d.class, LayerType.free(VertexKind.OTHER, layer -> "layer norm"));
    put(
        SelfAttention2d.class,
        LayerType.free(
            VertexKind.ATTENTION, layer -> "self-attention, %d heads".formatted(layer.heads())));
  }

  private LayerTypes() {}

  private static <L extends Layer> void put(Class<L> layer, LayerType<L> type) {
    ALL.put(layer, type);
  }

  /** The type of a layer, if it is known. */
  @SuppressWarnings("unchecked") // each type stands under its own class
  static Optional<LayerType<Layer>> of(Layer layer) {
    return Optional.ofNullable((LayerType<Layer>) ALL.get(layer.getClass()));
  }

  /** The convolution's own output before normalisation, and the function's input. */
  private static int keptMaps(Conv2d layer) {
    boolean normalized = layer.normalization() != null;
    IActivation function = layer.getActivationFn();
    boolean inPlace = normalized ? isInPlace(function) : isIdentity(function);
    return 1 + (normalized ? 1 : 0) + (inPlace ? 0 : 1);
  }

  /** Whether batch normalisation applies the function as it writes. */
  private static boolean isInPlace(IActivation function) {
    return isIdentity(function) || isRectifier(function);
  }

  private static String description(Conv2d layer) {
    String groups = "";
    if (layer.groups() > 1) {
      groups =
          layer.groups() == layer.getNIn()
              ? " depthwise"
              : " of %d groups".formatted(layer.groups());
    }
    return "conv %s%s%s, %d%s%s"
        .formatted(
            size(layer.kernel()),
            groups,
            steps(layer.stride()),
            layer.getNOut(),
            layer.normalization() == null ? "" : ", batch norm",
            function(layer.getActivationFn()));
  }

  private static long area(int[] kernel) {
    return (long) kernel[0] * kernel[1];
  }

  private static String size(int[] kernel) {
    return kernel[0] + "x" + kernel[1];
  }

  private static String steps(int[] stride) {
    return stride[0] == 1 && stride[1] == 1 ? "" : " /" + stride[0];
  }

  static String function(IActivation function) {
    return isIdentity(function) ? "" : ", " + function.toString().toLowerCase(Locale.ROOT);
  }

  private static String name(Pooling pooling) {
    return pooling == Pooling.MAX ? "max" : "average";
  }
}
