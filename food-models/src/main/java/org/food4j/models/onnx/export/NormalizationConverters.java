package org.food4j.models.onnx.export;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.food4j.models.onnx.OnnxNode;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Batch normalization with its running statistics, and local response normalization. */
final class NormalizationConverters {
  private NormalizationConverters() {}

  static void register(ConverterRegistry registry) {
    registry
        .register(BatchNormalization.class, NormalizationConverters::batch)
        .register(LocalResponseNormalization.class, NormalizationConverters::localResponse);
  }

  private static String batch(BatchNormalization layer, VertexContext context) {
    requireNormalizable(layer, context);
    INDArray mean = context.parameter(BatchNormalizationParamInitializer.GLOBAL_MEAN);
    long channels = mean.length();
    INDArray gamma;
    INDArray beta;
    if (layer.isLockGammaBeta()) {
      requireUnambiguous(layer, context);
      gamma = Nd4j.valueArrayOf(channels, layer.getGamma());
      beta = Nd4j.valueArrayOf(channels, layer.getBeta());
    } else {
      gamma = context.parameter(BatchNormalizationParamInitializer.GAMMA);
      beta = context.parameter(BatchNormalizationParamInitializer.BETA);
    }
    OnnxNode node =
        OnnxNode.of(
            "BatchNormalization",
            context.input(),
            context.weights(BatchNormalizationParamInitializer.GAMMA, gamma, channels),
            context.weights(BatchNormalizationParamInitializer.BETA, beta, channels),
            context.weights(BatchNormalizationParamInitializer.GLOBAL_MEAN, mean, channels),
            context.weights(
                BatchNormalizationParamInitializer.GLOBAL_VAR, variance(layer, context), channels));
    context.outputType(context.inputType());
    return context.node(node.with("epsilon", layer.getEps()));
  }

  /** DL4J knows the channels of vectors, images and, channels last alone, sequences. */
  private static void requireNormalizable(BatchNormalization layer, VertexContext context) {
    boolean channelsLast = layer.getCnn2DFormat() == CNN2DFormat.NHWC;
    switch (context.shape().sizes().length) {
      case 0 -> {}
      case 2 -> context.requireLayout(2, channelsLast);
      case 1 -> {
        context.requireLayout(1, channelsLast);
        if (!channelsLast) {
          throw context.unsupported(
              "batch normalization of channels-first sequences, which DL4J takes for one image");
        }
      }
      default -> throw context.unsupported("batch normalization of " + context.inputType());
    }
  }

  /**
   * DL4J 1.0.0-M2.1 applies a locked gamma and beta only when gamma is not 1 and beta is not 0,
   * unless its oneDNN helper runs: with one of them changed there is no single right answer.
   */
  private static void requireUnambiguous(BatchNormalization layer, VertexContext context) {
    if ((layer.getGamma() != 1) != (layer.getBeta() != 0)) {
      throw context.unsupported(
          "locked gamma %s with beta %s, which DL4J computes differently with and without oneDNN; change both or neither"
              .formatted(layer.getGamma(), layer.getBeta()));
    }
  }

  private static INDArray variance(BatchNormalization layer, VertexContext context) {
    if (!layer.isUseLogStd()) {
      return context.parameter(BatchNormalizationParamInitializer.GLOBAL_VAR);
    }
    INDArray logStd = context.parameter(BatchNormalizationParamInitializer.GLOBAL_LOG_STD);
    return Transforms.exp(logStd.mul(2 * Math.log(10)), true);
  }

  /** DL4J's alpha belongs to each square, ONNX's to their mean. */
  private static String localResponse(LocalResponseNormalization layer, VertexContext context) {
    context.requireLayout(2, layer.getDataFormat() == CNN2DFormat.NHWC);
    int size = 2 * ((int) layer.getN() / 2) + 1;
    return context.node(
        OnnxNode.of("LRN", context.input())
            .with("size", size)
            .with("alpha", layer.getAlpha() * size)
            .with("beta", layer.getBeta())
            .with("bias", layer.getK()));
  }
}
