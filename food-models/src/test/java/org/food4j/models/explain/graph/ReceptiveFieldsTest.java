package org.food4j.models.explain.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.explain.CellCentres;
import org.food4j.models.layer.Conv2d;
import org.food4j.models.layer.Pool2d;
import org.food4j.models.layer.Pooling;
import org.junit.jupiter.api.Test;

class ReceptiveFieldsTest {
  private static final int SIZE = 64;

  private static GraphBuilder graph() {
    return new NeuralNetConfiguration.Builder()
        .graphBuilder()
        .addInputs("in")
        .setInputTypes(InputType.convolutional(SIZE, SIZE, 3));
  }

  private static CellCentres centres(GraphBuilder builder, String vertex) {
    ComputationGraph graph = new ComputationGraph(builder.setOutputs(vertex).build());
    graph.init();
    return new FeatureMaps(graph, SIZE, List.of()).centres(vertex);
  }

  @Test
  void paddedConvolutions_ofStride2_beginAtTheFirstPixel() {
    ComputationGraph graph = Architectures.named("se_cnn").graph(new NetworkSpec(3, SIZE), 1);
    FeatureMaps maps = new FeatureMaps(graph, SIZE, List.of());
    assertThat(maps.centres("stem.0")).isEqualTo(new CellCentres(0, 2, 0, 2));
    assertThat(maps.centres("stages.1.se.scale")).isEqualTo(new CellCentres(0, 8, 0, 8));
    assertThat(maps.centres("stages.3.add")).isEqualTo(new CellCentres(0, 32, 0, 32));
  }

  @Test
  void poolingOfTwoPixels_looksBetweenThem() {
    // cell 0 sees pixels 0 to 1, then 0 to 3: its centre lies at 1.5
    GraphBuilder graph =
        graph()
            .addLayer("first", new Pool2d(Pooling.MAX, 2, 2, 0), "in")
            .addLayer("second", new Pool2d(Pooling.MAX, 2, 2, 0), "first");
    assertThat(centres(graph, "second")).isEqualTo(new CellCentres(1.5, 4, 1.5, 4));
  }

  @Test
  void convolutionWithoutPadding_looksAtTheKernelsMiddle() {
    // rows: 5 values, 2 apart, reach from 0 to 8; columns: 3 values from 0 to 2
    GraphBuilder graph =
        graph()
            .addLayer(
                "conv", new Conv2d.Builder(4, 5, 3).dilation(2, 1).stride(1, 2).build(), "in");
    assertThat(centres(graph, "conv")).isEqualTo(new CellCentres(4, 1, 1, 2));
  }

  @Test
  void unknownLayer_thatChangesTheSize_isRefusedByName() {
    GraphBuilder graph =
        graph()
            .addLayer("conv", new Conv2d.Builder(4, 1, 1).build(), "in")
            .addLayer(
                "larger",
                new Upsampling2D.Builder(2)
                    .dataFormat(org.deeplearning4j.nn.conf.CNN2DFormat.NHWC)
                    .build(),
                "conv");
    assertThatThrownBy(() -> centres(graph, "larger"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"larger\" changes maps of 64 x 64 to 128 x 128");
  }
}
