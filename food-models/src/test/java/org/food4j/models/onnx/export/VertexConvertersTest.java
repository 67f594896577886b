package org.food4j.models.onnx.export;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;

class VertexConvertersTest {
  private static final InputType IMAGE = ExportedGraph.image(5, 7, 3);

  @ParameterizedTest
  @EnumSource
  void elementWise_ofTwo_agrees(ElementWiseVertex.Op op) {
    assertJoins(new ElementWiseVertex(op), "a", "b");
  }

  @ParameterizedTest
  @EnumSource(names = "Subtract", mode = EnumSource.Mode.EXCLUDE)
  void elementWise_ofThree_agrees(ElementWiseVertex.Op op) {
    assertJoins(new ElementWiseVertex(op), "a", "b", ExportedGraph.INPUT);
  }

  @Test
  void merge_ofThree_agrees() {
    assertJoins(new MergeVertex(), "b", "a", ExportedGraph.INPUT);
  }

  private static void assertJoins(GraphVertex vertex, String... inputs) {
    ExportedGraph.of(IMAGE, images().addVertex("join", vertex, inputs), "join").assertSameOutput();
  }

  private static GraphBuilder images() {
    return ExportedGraph.builder(IMAGE)
        .addLayer("a", pointwise(), ExportedGraph.INPUT)
        .addLayer("b", pointwise(), ExportedGraph.INPUT);
  }

  private static ConvolutionLayer pointwise() {
    return new ConvolutionLayer.Builder(1, 1).nOut(3).activation(Activation.TANH).build();
  }
}
