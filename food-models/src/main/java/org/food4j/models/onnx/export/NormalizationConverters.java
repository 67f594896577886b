package org.food4j.models.onnx.export;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.food4j.models.onnx.OnnxNode;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Batch normalization with its running statistics: {@code BatchNormalization}. */
final class NormalizationConverters {
  private NormalizationConverters() {}

  static void register(ConverterRegistry registry) {
    registry.register(BatchNormalization.class, NormalizationConverters::batch);
  }

  private static String batch(BatchNormalization layer, VertexContext context) {
    if (context.inputType().getType() == InputType.Type.CNN) {
      context.imageType();
      context.requireChannelsFirst(layer.getCnn2DFormat());
    } else if (context.inputType().getType() != InputType.Type.FF) {
      throw context.unsupported("batch normalization of " + context.inputType());
    }
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
    return context.node(node.with("epsilon", layer.getEps()));
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
}
