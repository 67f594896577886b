package org.food4j.models.onnx.export;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.graph.L2Vertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.StackVertex;
import org.deeplearning4j.nn.conf.graph.UnstackVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.SpaceToBatchLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;

@SuppressWarnings("rawtypes") // a builder of DL4J asks for a type of itself
class BatchConvertersTest {
  @Test
  void twins_throughOneLayer_agree() {
    InputType features = InputType.feedForward(5);
    ExportedGraph.of(
            features,
            ExportedGraph.builder(features)
                .addVertex("scale", new ScaleVertex(-2), ExportedGraph.INPUT)
                .addVertex("twins", new StackVertex(), ExportedGraph.INPUT, "scale")
                .addLayer(
                    "fc",
                    new DenseLayer.Builder().nOut(4).activation(Activation.TANH).build(),
                    "twins")
                .addVertex("first", new UnstackVertex(0, 2), "fc")
                .addVertex("second", new UnstackVertex(1, 2), "fc")
                .addVertex("distance", new L2Vertex(), "first", "second"),
            "distance")
        .assertSameOutput();
  }

  @ParameterizedTest
  @EnumSource
  void spaceToBatch_andOnePartOfIt_agrees(CNN2DFormat format) {
    InputType image = ExportedGraph.image(5, 4, 3, format);
    SpaceToBatchLayer layer =
        new SpaceToBatchLayer.Builder()
            .blocks(2, 2)
            .padding(new int[][] {{0, 1}, {1, 1}})
            .dataFormat(format)
            .build();
    ExportedGraph.of(
            image,
            ExportedGraph.builder(image)
                .addLayer("blocks", layer, ExportedGraph.INPUT)
                .addVertex("part", new UnstackVertex(3, 4), "blocks"),
            "part")
        .assertSameOutput();
  }

  @Test
  void output_ofAnotherBatchThanTheInput_isRefused() {
    InputType features = InputType.feedForward(5);
    assertThatThrownBy(
            () ->
                ExportedGraph.of(
                    features,
                    ExportedGraph.builder(features)
                        .addVertex(
                            "twins", new StackVertex(), ExportedGraph.INPUT, ExportedGraph.INPUT),
                    "twins"))
        .isInstanceOf(UnsupportedLayersException.class)
        .hasMessageContaining("'twins' (network output): its batch is not the input's");
  }
}
