package org.food4j.models.onnx.export;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.L2Vertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D.DataFormat;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
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

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void merge_alongAnyAxis_agrees(int axis) {
    for (CNN2DFormat format : CNN2DFormat.values()) {
      InputType image = ExportedGraph.image(5, 5, 5, format);
      MergeVertex vertex = new MergeVertex();
      vertex.setMergeAxis(axis);
      ComputationGraph graph =
          ExportedGraph.initialised(
              ExportedGraph.builder(image)
                  .addVertex("scale", new ScaleVertex(-2), ExportedGraph.INPUT)
                  .addVertex("join", vertex, ExportedGraph.INPUT, "scale"),
              "join");

      new ExportedGraph(graph, image).assertSameOutput();
    }
  }

  @Test
  void merge_ofVectorsSequencesAndVolumes_agrees() {
    for (InputType type :
        List.of(
            InputType.feedForward(4),
            ExportedGraph.sequence(5, 3, RNNFormat.NCW),
            ExportedGraph.sequence(5, 3, RNNFormat.NWC),
            ExportedGraph.volume(2, 3, 4, 5, DataFormat.NCDHW))) {
      ExportedGraph.of(
              type,
              ExportedGraph.builder(type)
                  .addVertex("scale", new ScaleVertex(-2), ExportedGraph.INPUT)
                  .addVertex("join", new MergeVertex(), ExportedGraph.INPUT, "scale"),
              "join")
          .assertSameOutput();
    }
  }

  static Stream<GraphVertex> ofOneInput() {
    return Stream.of(new ScaleVertex(0.3), new ShiftVertex(1.5), new L2NormalizeVertex());
  }

  @ParameterizedTest
  @MethodSource("ofOneInput")
  void vertexOfOneInput_anyShape_agrees(GraphVertex vertex) {
    for (InputType type :
        List.of(
            InputType.feedForward(4),
            ExportedGraph.image(4, 5, 3),
            ExportedGraph.image(4, 5, 3, CNN2DFormat.NHWC),
            ExportedGraph.sequence(4, 3, RNNFormat.NCW))) {
      ExportedGraph.of(
              type,
              ExportedGraph.builder(type).addVertex("vertex", vertex.clone(), ExportedGraph.INPUT),
              "vertex")
          .assertSameOutput();
    }
  }

  @Test
  void subset_ofFeatures_agrees() {
    for (InputType type :
        List.of(
            InputType.feedForward(4),
            ExportedGraph.image(4, 5, 3),
            ExportedGraph.sequence(4, 3, RNNFormat.NCW))) {
      ExportedGraph.of(
              type,
              ExportedGraph.builder(type)
                  .addVertex("part", new SubsetVertex(1, 2), ExportedGraph.INPUT),
              "part")
          .assertSameOutput();
    }
  }

  @Test
  void subset_channelsLast_isRefusedBecauseDl4jTakesRows() {
    InputType image = ExportedGraph.image(4, 5, 3, CNN2DFormat.NHWC);
    assertThatThrownBy(
            () ->
                ExportedGraph.of(
                    image,
                    ExportedGraph.builder(image)
                        .addVertex("part", new SubsetVertex(1, 2), ExportedGraph.INPUT),
                    "part"))
        .isInstanceOf(UnsupportedLayersException.class)
        .hasMessageContaining("'part' (SubsetVertex): a subset of channels-last data");
  }

  @Test
  void distance_ofTwo_agrees() {
    InputType features = InputType.feedForward(6);
    ExportedGraph.of(
            features,
            ExportedGraph.builder(features)
                .addVertex("scale", new ScaleVertex(-2), ExportedGraph.INPUT)
                .addVertex("distance", new L2Vertex(), ExportedGraph.INPUT, "scale"),
            "distance")
        .assertSameOutput();
  }

  @Test
  void normalize_alongSomeDimensions_isRefused() {
    assertThatThrownBy(
            () ->
                ExportedGraph.of(
                    IMAGE,
                    ExportedGraph.builder(IMAGE)
                        .addVertex(
                            "norm",
                            new L2NormalizeVertex(new int[] {1}, 1e-8),
                            ExportedGraph.INPUT),
                    "norm"))
        .isInstanceOf(UnsupportedLayersException.class)
        .hasMessageContaining("'norm' (L2NormalizeVertex): the norm over dimensions [1]");
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
