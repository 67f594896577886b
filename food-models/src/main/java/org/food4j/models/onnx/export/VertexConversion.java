package org.food4j.models.onnx.export;

import java.util.Optional;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.food4j.models.onnx.export.VertexContext.UnsupportedPart;

/**
 * What became of one vertex: its preprocessor, if it has one, and then its layer.
 *
 * @param tensor holds the output; without meaning if there is a problem
 * @param type the output's shape, empty if it cannot be told
 * @param problem why the vertex has no ONNX form, empty if it has one
 */
record VertexConversion(String tensor, Optional<InputType> type, Optional<String> problem) {

  static VertexConversion of(GraphVertex vertex, VertexContext context) {
    if (!(vertex instanceof LayerVertex layerVertex)) {
      return part(vertex, context, types -> vertex.getOutputType(0, types));
    }
    Layer layer = layerVertex.getLayerConf().getLayer();
    InputPreProcessor preprocessor = layerVertex.getPreProcessor();
    if (preprocessor == null) {
      return part(layer, context, types -> layer.getOutputType(0, types[0]));
    }
    VertexConversion prepared =
        part(preprocessor, context.preparingInput(), types -> preprocessor.getOutputType(types[0]));
    if (prepared.type.isEmpty()) {
      return prepared;
    }
    VertexContext reading = context.step(prepared.tensor, prepared.type.orElseThrow());
    VertexConversion read = part(layer, reading, types -> layer.getOutputType(0, types[0]));
    return prepared.problem.isEmpty()
        ? read
        : new VertexConversion(read.tensor, read.type, prepared.problem);
  }

  /**
   * @param ofDl4j what DL4J says about the output's shape, asked where the converter said nothing
   */
  private static VertexConversion part(
      Object part, VertexContext context, Function<InputType[], InputType> ofDl4j) {
    Optional<String> problem = Optional.empty();
    String tensor = context.input();
    try {
      tensor = context.convert(part);
    } catch (UnsupportedPart e) {
      problem = Optional.of(e.getMessage());
    }
    InputType[] inputs = context.inputTypes().toArray(InputType[]::new);
    try {
      InputType type = context.outputType().orElseGet(() -> ofDl4j.apply(inputs));
      return new VertexConversion(tensor, Optional.of(type), problem);
    } catch (RuntimeException e) { // DL4J throws many kinds
      String reason = "does not fit its input " + context.inputTypes() + ": " + e.getMessage();
      return new VertexConversion(tensor, Optional.empty(), Optional.of(problem.orElse(reason)));
    }
  }
}
