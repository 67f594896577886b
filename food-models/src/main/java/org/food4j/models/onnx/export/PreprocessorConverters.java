package org.food4j.models.onnx.export;

import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.food4j.models.onnx.OnnxGraphBuilder;
import org.food4j.models.onnx.OnnxNode;

/** Reshapes between images and feed-forward data, row-major as DL4J does them. */
final class PreprocessorConverters {
  private PreprocessorConverters() {}

  static void register(ConverterRegistry registry) {
    registry
        .register(CnnToFeedForwardPreProcessor.class, PreprocessorConverters::flatten)
        .register(FeedForwardToCnnPreProcessor.class, PreprocessorConverters::unflatten)
        .register(
            PreprocessorVertex.class,
            (vertex, context) ->
                context.convert(vertex.getPreProcessor(), context.input(), context.inputType()));
  }

  private static String flatten(CnnToFeedForwardPreProcessor reshape, VertexContext context) {
    if (context.inputType().getType() != InputType.Type.CNN) {
      return context.input();
    }
    context.imageType();
    return context.node(OnnxNode.of("Flatten", context.input()).with("axis", 1));
  }

  private static String unflatten(FeedForwardToCnnPreProcessor reshape, VertexContext context) {
    if (context.inputType().getType() == InputType.Type.CNN) {
      return context.input();
    }
    String shape =
        context.integers(
            "shape",
            OnnxGraphBuilder.BATCH, // Reshape infers it
            reshape.getNumChannels(),
            reshape.getInputHeight(),
            reshape.getInputWidth());
    return context.node(OnnxNode.of("Reshape", context.input(), shape));
  }
}
