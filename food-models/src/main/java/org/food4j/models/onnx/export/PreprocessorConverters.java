package org.food4j.models.onnx.export;

import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.preprocessor.Cnn3DToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.ComposableInputPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnn3DPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.modelimport.keras.preprocessors.TensorFlowCnnToFeedForwardPreProcessor;
import org.deeplearning4j.preprocessors.KerasFlattenRnnPreprocessor;
import org.food4j.models.onnx.OnnxNode;

/**
 * Between maps and vectors, in the order in which DL4J's memory holds the numbers: channels-last
 * maps are transposed before they are flattened, so that the next layer's weights stay as they are.
 */
@SuppressWarnings("deprecation") // saved networks hold the preprocessor of older Keras imports
final class PreprocessorConverters {
  private PreprocessorConverters() {}

  static void register(ConverterRegistry registry) {
    registry
        .register(CnnToFeedForwardPreProcessor.class, PreprocessorConverters::flatten)
        .register(Cnn3DToFeedForwardPreProcessor.class, PreprocessorConverters::flatten)
        .register(KerasFlattenRnnPreprocessor.class, PreprocessorConverters::flatten)
        .register(TensorFlowCnnToFeedForwardPreProcessor.class, PreprocessorConverters::turned)
        .register(FeedForwardToCnnPreProcessor.class, PreprocessorConverters::image)
        .register(FeedForwardToCnn3DPreProcessor.class, PreprocessorConverters::volume)
        .register(RnnToFeedForwardPreProcessor.class, PreprocessorConverters::steps)
        .register(ComposableInputPreProcessor.class, PreprocessorConverters::chain)
        .register(
            PreprocessorVertex.class,
            (vertex, context) -> context.convert(vertex.getPreProcessor()));
  }

  private static String flatten(InputPreProcessor reshape, VertexContext context) {
    TensorShape shape = context.shape();
    if (shape.isVector()) {
      context.outputType(context.inputType());
      return context.input();
    }
    context.outputShape(new TensorShape(shape.elements(), new long[0], false));
    return context.node(
        OnnxNode.of("Flatten", context.inMemoryOrder(context.input(), shape)).with("axis", 1));
  }

  /** Older Keras imports: channels first in memory, flattened as if they were last. */
  private static String turned(
      TensorFlowCnnToFeedForwardPreProcessor reshape, VertexContext context) {
    if (context.shape().isVector()) {
      return flatten(reshape, context);
    }
    context.requireLayout(2, false);
    TensorShape shape = context.shape();
    TensorShape last = new TensorShape(shape.channels(), shape.sizes(), true);
    context.outputShape(new TensorShape(shape.elements(), new long[0], false));
    return context.node(
        OnnxNode.of("Flatten", context.inMemoryOrder(context.input(), last)).with("axis", 1));
  }

  private static String image(FeedForwardToCnnPreProcessor reshape, VertexContext context) {
    long[] sizes = {reshape.getInputHeight(), reshape.getInputWidth()};
    return unflatten(new TensorShape(reshape.getNumChannels(), sizes, false), context);
  }

  private static String volume(FeedForwardToCnn3DPreProcessor reshape, VertexContext context) {
    long[] sizes = {reshape.getInputDepth(), reshape.getInputHeight(), reshape.getInputWidth()};
    return unflatten(new TensorShape(reshape.getNumChannels(), sizes, !reshape.isNCDHW()), context);
  }

  private static String unflatten(TensorShape target, VertexContext context) {
    if (!context.shape().isVector()) {
      context.outputType(context.inputType());
      return context.input();
    }
    context.outputShape(target);
    return context.reshaped(context.input(), target);
  }

  /** DL4J puts it before layers that follow global pooling, where the steps are gone already. */
  private static String steps(RnnToFeedForwardPreProcessor reshape, VertexContext context) {
    if (!context.shape().isVector()) {
      throw context.unsupported(
          "steps as rows of the batch, for a layer that is applied to each step");
    }
    context.outputType(context.inputType());
    return context.input();
  }

  private static String chain(ComposableInputPreProcessor chain, VertexContext context) {
    String tensor = context.input();
    InputType type = context.inputType();
    for (InputPreProcessor part : chain.getInputPreProcessors()) {
      VertexContext step = context.step(tensor, type);
      tensor = step.convert(part);
      InputType read = type;
      type = step.outputType().orElseGet(() -> part.getOutputType(read));
    }
    context.outputType(type);
    return tensor;
  }
}
