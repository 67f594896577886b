package org.food4j.models.explain.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.models.explain.AttentionFactors;
import org.food4j.models.explain.CellCentres;
import org.food4j.models.layer.ChannelMeanMax2d;
import org.food4j.models.layer.ChannelScaleVertex;
import org.food4j.models.layer.Conv2d;
import org.food4j.models.layer.GlobalPool2d;
import org.food4j.models.layer.Pooling;
import org.food4j.models.layer.PositionScaleVertex;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

class AttentionMapsTest {
  private static final int SIZE = 16;

  /** Channel attention, then attention to places: the order of CBAM. */
  private static ComputationGraph network() {
    GraphBuilder graph =
        new NeuralNetConfiguration.Builder()
            .seed(3)
            .graphBuilder()
            .addInputs("in")
            .setInputTypes(InputType.convolutional(SIZE, SIZE, 3))
            .addLayer("conv", new Conv2d.Builder(6, 3, 3).stride(2, 2).padding(1, 1).build(), "in")
            .addLayer("mean", new GlobalPool2d(Pooling.AVERAGE, false), "conv")
            .addLayer(
                "factors",
                new Conv2d.Builder(6, 1, 1).activation(Activation.SIGMOID).build(),
                "mean")
            .addVertex("channel", new ChannelScaleVertex(), "conv", "factors")
            .addLayer("pooled", new ChannelMeanMax2d(), "channel")
            .addLayer(
                "places",
                new Conv2d.Builder(1, 7, 7).padding(3, 3).activation(Activation.SIGMOID).build(),
                "pooled")
            .addVertex("spatial", new PositionScaleVertex(), "channel", "places")
            .addLayer("pool", new GlobalPool2d(Pooling.AVERAGE, true), "spatial")
            .addLayer(
                "fc",
                new DenseLayer.Builder().nOut(2).activation(Activation.IDENTITY).build(),
                "pool")
            .setOutputs("fc");
    ComputationGraph made = new ComputationGraph(graph.build());
    made.init();
    return made;
  }

  private static INDArray photo() {
    return Nd4j.rand(DataType.FLOAT, 1, 3, SIZE, SIZE);
  }

  @Test
  void of_channelAndSpatialAttention_isWhatTheMapsWereMultipliedBy() {
    ComputationGraph graph = network();
    INDArray photo = photo();
    List<AttentionFactors> attention = AttentionMaps.of(graph, photo);
    var activations = graph.feedForward(photo, false);
    INDArray before = activations.get("conv");
    INDArray between = activations.get("channel");
    INDArray after = activations.get("spatial");

    assertThat(attention)
        .extracting(AttentionFactors::vertex)
        .containsExactly("channel", "spatial");
    float[] channels = ((AttentionFactors.OfChannels) attention.get(0)).factors();
    AttentionFactors.OfPositions places = (AttentionFactors.OfPositions) attention.get(1);
    assertThat(channels).hasSize(6);
    assertThat(places.centres()).isEqualTo(new CellCentres(0, 2, 0, 2));
    for (int y = 0; y < SIZE / 2; y++) {
      for (int x = 0; x < SIZE / 2; x++) {
        for (int c = 0; c < channels.length; c++) {
          float middle = between.getFloat(0, y, x, c);
          assertThat(before.getFloat(0, y, x, c) * channels[c]).isCloseTo(middle, within(1e-5f));
          assertThat(middle * places.factors().at(y, x))
              .isCloseTo(after.getFloat(0, y, x, c), within(1e-5f));
        }
      }
    }
  }

  @Test
  void gradCam_throughSpatialAttention_meetsFiniteDifferences() {
    ComputationGraph graph = network();
    INDArray photo = photo();
    ReverseSweep.Swept swept = new ReverseSweep(graph, "fc").run(photo, "conv", 1);
    // a step along the gradient itself changes the logit by the gradient's squared length
    double slope = swept.gradient().mul(swept.gradient()).sumNumber().doubleValue();
    double step = 1e-2;
    double there = behindConv(graph, swept.maps().add(swept.gradient().mul(step)));
    double back = behindConv(graph, swept.maps().sub(swept.gradient().mul(step)));
    assertThat((there - back) / (2 * step)).isCloseTo(slope, withinPercentage(1));
  }

  /** The logit of class 1 for given maps, by the vertices' own inference. */
  private static double behindConv(ComputationGraph graph, INDArray maps) {
    INDArray mean = maps.mean(1, 2);
    INDArray factors =
        logistic(
            Nd4j.gemm(mean, weights(graph, "factors").reshape(6, 6), false, true)
                .addRowVector(graph.getLayer("factors").getParam("b").reshape(1, 6)));
    INDArray scaled = maps.mul(factors.reshape(1, 1, 1, 6));
    INDArray pooled = Nd4j.concat(3, scaled.mean(true, 3), scaled.max(true, 3));
    INDArray kernel = weights(graph, "places");
    float bias = graph.getLayer("places").getParam("b").getFloat(0);
    double[] sums = new double[6];
    int side = SIZE / 2;
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double sum = bias;
        for (int v = Math.max(0, 3 - y); v < Math.min(7, side + 3 - y); v++) {
          for (int u = Math.max(0, 3 - x); u < Math.min(7, side + 3 - x); u++) {
            for (int c = 0; c < 2; c++) {
              sum += kernel.getDouble(0, c, v, u) * pooled.getDouble(0, y + v - 3, x + u - 3, c);
            }
          }
        }
        for (int c = 0; c < 6; c++) {
          sums[c] += scaled.getDouble(0, y, x, c) / (1 + Math.exp(-sum)) / (side * side);
        }
      }
    }
    double logit = graph.getLayer("fc").getParam("b").getDouble(1);
    for (int c = 0; c < 6; c++) {
      logit += sums[c] * graph.getLayer("fc").getParam("W").getDouble(c, 1);
    }
    return logit;
  }

  private static INDArray weights(ComputationGraph graph, String layer) {
    return graph.getLayer(layer).getParam("W");
  }

  private static INDArray logistic(INDArray values) {
    return Transforms.sigmoid(values);
  }

  @Test
  void of_aBatch_isRefused() {
    assertThatThrownBy(
            () -> AttentionMaps.of(network(), Nd4j.rand(DataType.FLOAT, 2, 3, SIZE, SIZE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not 2");
  }
}
