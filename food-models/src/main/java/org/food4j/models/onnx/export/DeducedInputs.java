package org.food4j.models.onnx.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.misc.ElementWiseMultiplicationLayer;
import org.deeplearning4j.nn.conf.preprocessor.Cnn3DToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.ComposableInputPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnn3DPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;

/**
 * Shapes of a network's inputs, as far as its configuration tells: DL4J drops the input types once
 * the network is built, but preprocessors and fully connected layers name all sizes.
 */
final class DeducedInputs {
  private DeducedInputs() {}

  /**
   * @throws IllegalArgumentException if the shape of an input cannot be told, naming all such
   *     inputs and what to give instead
   */
  static List<InputType> of(ComputationGraphConfiguration configuration) {
    List<InputType> types = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (String input : configuration.getNetworkInputs()) {
      List<String> readers = readers(input, configuration);
      readers.stream()
          .map(configuration.getVertices()::get)
          .map(DeducedInputs::readBy)
          .flatMap(Optional::stream)
          .findFirst()
          .ifPresentOrElse(types::add, () -> unknown.add(described(input, readers, configuration)));
    }
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The network's configuration does not hold the shape of %s; give the type of each of its inputs %s, for images InputType.convolutional(height, width, channels)",
              String.join(", ", unknown),
              configuration.getNetworkInputs()));
    }
    return types;
  }

  private static List<String> readers(String input, ComputationGraphConfiguration configuration) {
    return configuration.getVertexInputs().entrySet().stream()
        .filter(vertex -> vertex.getValue().contains(input))
        .map(java.util.Map.Entry::getKey)
        .toList();
  }

  private static Optional<InputType> readBy(GraphVertex vertex) {
    if (vertex instanceof PreprocessorVertex reshape) {
      return readBy(reshape.getPreProcessor());
    }
    if (!(vertex instanceof LayerVertex layer)) {
      return Optional.empty();
    }
    if (layer.getPreProcessor() != null) {
      return readBy(layer.getPreProcessor());
    }
    if (layer.getLayerConf().getLayer() instanceof FeedForwardLayer dense
        && (dense instanceof DenseLayer
            || dense instanceof BaseOutputLayer
            || dense instanceof ElementWiseMultiplicationLayer)) {
      return Optional.of(InputType.feedForward(dense.getNIn()));
    }
    return Optional.empty();
  }

  private static Optional<InputType> readBy(InputPreProcessor preprocessor) {
    if (preprocessor instanceof ComposableInputPreProcessor chain) {
      InputPreProcessor[] parts = chain.getInputPreProcessors();
      return parts.length == 0 ? Optional.empty() : readBy(parts[0]);
    }
    if (preprocessor instanceof FeedForwardToCnnPreProcessor image) {
      long pixels = image.getInputHeight() * image.getInputWidth();
      return Optional.of(InputType.feedForward(pixels * image.getNumChannels()));
    }
    if (preprocessor instanceof FeedForwardToCnn3DPreProcessor volume) {
      long places =
          (long) volume.getInputDepth() * volume.getInputHeight() * volume.getInputWidth();
      return Optional.of(InputType.feedForward(places * volume.getNumChannels()));
    }
    if (preprocessor instanceof CnnToFeedForwardPreProcessor image && image.getInputHeight() > 0) {
      return Optional.of(
          InputType.convolutional(
              image.getInputHeight(),
              image.getInputWidth(),
              image.getNumChannels(),
              image.getFormat()));
    }
    if (preprocessor instanceof Cnn3DToFeedForwardPreProcessor volume) {
      return Optional.of(
          InputType.convolutional3D(
              volume.isNCDHW() ? Convolution3D.DataFormat.NCDHW : Convolution3D.DataFormat.NDHWC,
              volume.getInputDepth(),
              volume.getInputHeight(),
              volume.getInputWidth(),
              volume.getNumChannels()));
    }
    return Optional.empty();
  }

  private static String described(
      String input, List<String> readers, ComputationGraphConfiguration configuration) {
    StringBuilder text = new StringBuilder("'").append(input).append("'");
    for (String reader : readers) {
      if (configuration.getVertices().get(reader) instanceof LayerVertex layer
          && layer.getLayerConf().getLayer() instanceof ConvolutionLayer convolution) {
        return text.append(" (read by the convolution '%s', ".formatted(reader))
            .append("%d channels %s)".formatted(convolution.getNIn(), layout(convolution)))
            .toString();
      }
    }
    return text.append(" (read by ").append(readers).append(")").toString();
  }

  private static String layout(ConvolutionLayer layer) {
    return layer.getCnn2dDataFormat() == null ? "" : layer.getCnn2dDataFormat().dimensionNames();
  }
}
