package org.food4j.models.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.util.ModelSerializer;
import org.food4j.models.activation.HardSigmoid;
import org.food4j.models.activation.HardSwish;
import org.food4j.models.kernel.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;

class SerializationTest {
  private static final SmallGraph GRAPH = SmallGraph.of(9, 8, 2, SerializationTest::everything);
  private static final int BATCH = 3;

  /** Each layer and vertex, with each option away from its default somewhere. */
  private static String everything(GraphBuilder graph, String in) {
    graph
        .addLayer(
            "first",
            new Conv2d.Builder(6, 3, 2)
                .stride(2, 1)
                .dilation(1, 2)
                .padding(1, 2)
                .groups(2)
                .bias(false)
                .normalization(new Normalization(2e-3, 0.3, "some.module"))
                .activation(new HardSwish())
                .weightInit(WeightInit.RELU)
                .constrainWeights(new MaxNormConstraint(5, 1, 2, 3))
                .withoutInputGradient()
                .build(),
            in)
        .addLayer(
            "same",
            new Conv2d.Builder(6, 3, 3)
                .samePadding()
                .activation(new ActivationReLU(null, null, 0.1))
                .dropOut(0.9)
                .updater(new Nesterovs(0.01, 0.8))
                .l2(0.01)
                .build(),
            "first")
        .addVertex("sum", new AdditionVertex(new ActivationSwish()), "first", "same")
        .addLayer(
            "norm",
            new BatchNorm2d.Builder(new Normalization(3e-3, 0.2, "other").withFrozenStatistics())
                .activation(Activation.TANH)
                .build(),
            "sum")
        .addLayer("narrow", Pool2d.same(Pooling.AVERAGE, 2, 1), "norm")
        .addLayer("pool", new Pool2d(Pooling.MAX, 3, 2, 1), "narrow")
        .addLayer("both", new GlobalMeanMax2d(), "pool")
        .addLayer("total", new PositionSum2d(new HardSwish()), "both")
        .addLayer("column", new ChannelRowSwap2d(), "total")
        .addLayer("mean", new ChannelRowSwap2d(), "column")
        .addLayer("factors", new FunctionLayer(new HardSigmoid()), "mean")
        .addVertex("scale", new ChannelScaleVertex(), "pool", "factors")
        .addLayer("places", new ChannelMeanMax2d(), "scale")
        .addLayer("place", new Conv2d.Builder(1, 1, 1).build(), "places")
        .addVertex("attended", new PositionScaleVertex(), "scale", "place")
        .addLayer("layerNorm", new LayerNorm2d.Builder(4e-3).build(), "attended")
        .addLayer("heads", new SelfAttention2d(2), "layerNorm")
        .addLayer("depth", new DropoutLayer(new StochasticDepth(0.25)), "heads")
        .addLayer("flat", new Flatten2d(), "depth");
    return "flat";
  }

  @Test
  void json_ofEveryLayerAndOption_readsBack() {
    ComputationGraphConfiguration configuration = made().getConfiguration();
    ComputationGraphConfiguration read =
        ComputationGraphConfiguration.fromJson(configuration.toJson());
    assertThat(read).isEqualTo(configuration);
    assertThat(read.toJson()).isEqualTo(configuration.toJson());
    for (String option :
        List.of(
            "some.module",
            "\"rate\" : 0.25",
            "\"samePadding\" : true",
            "\"inputGradient\" : false")) {
      assertThat(configuration.toJson()).contains(option);
    }
  }

  @Test
  void json_fromBeforeStatisticsCouldBeFrozen_readsBack() {
    String json = made().getConfiguration().toJson();
    String older = json.replaceAll(",\\s*\"frozenStatistics\" : (true|false)", "");
    assertThat(older).isNotEqualTo(json).doesNotContain("frozenStatistics");
    ComputationGraphConfiguration read = ComputationGraphConfiguration.fromJson(older);
    BatchNorm2d norm =
        (BatchNorm2d) ((LayerVertex) read.getVertices().get("norm")).getLayerConf().getLayer();
    assertThat(norm.normalization()).isEqualTo(new Normalization(3e-3, 0.2, "other"));
  }

  @Test
  void json_ofATrainingPrecision_readsBackAndFromBeforeItIsFloat32() {
    ComputationGraphConfiguration configuration =
        SmallGraph.of(5, 5, 3, SerializationTest::inBfloat16)
            .make(DataType.FLOAT)
            .getConfiguration();
    String json = configuration.toJson();
    assertThat(ComputationGraphConfiguration.fromJson(json)).isEqualTo(configuration);
    assertThat(precisionOf(ComputationGraphConfiguration.fromJson(json)))
        .isEqualTo(Precision.BFLOAT16);
    String older = json.replaceAll("\"trainingPrecision\" : \"BFLOAT16\"\\s*,?", "");
    older = older.replaceAll(",(\\s*})", "$1");
    assertThat(older).doesNotContain("trainingPrecision");
    assertThat(precisionOf(ComputationGraphConfiguration.fromJson(older)))
        .isEqualTo(Precision.FLOAT32);
  }

  private static String inBfloat16(GraphBuilder graph, String in) {
    graph.addLayer(
        "conv", new Conv2d.Builder(4, 3, 3).trainingPrecision(Precision.BFLOAT16).build(), in);
    return "conv";
  }

  private static Precision precisionOf(ComputationGraphConfiguration configuration) {
    LayerVertex vertex = (LayerVertex) configuration.getVertices().get("conv");
    return ((Conv2d) vertex.getLayerConf().getLayer()).trainingPrecision();
  }

  @Test
  void inDouble_bfloat16InferredAndTrained_computesAndIsRefused() {
    SmallGraph small = SmallGraph.of(5, 5, 3, SerializationTest::inBfloat16);
    ComputationGraph graph = small.make(DataType.DOUBLE);
    INDArray photos = small.photos(DataType.DOUBLE, 1, 2);
    assertThat(graph.outputSingle(photos).sumNumber().doubleValue()).isCloseTo(2, within(1e-6));
    assertThatThrownBy(() -> graph.fit(small.data(DataType.DOUBLE, 1, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("precision bfloat16 needs")
        .hasMessageContaining("set precision to float32");
  }

  @Test
  void clones_areEqualAndHashAlike() {
    ComputationGraph graph = made();
    assertThat(graph.getConfiguration().clone()).isEqualTo(graph.getConfiguration());
    for (org.deeplearning4j.nn.api.Layer layer : graph.getLayers()) {
      Layer configuration = layer.conf().getLayer();
      assertThat(configuration.clone())
          .isNotSameAs(configuration)
          .isEqualTo(configuration)
          .hasSameHashCodeAs(configuration);
    }
  }

  @Test
  void layers_thatComputeDifferently_areNotEqual() {
    Conv2d.Builder normalised =
        new Conv2d.Builder(4, 3, 3).normalization(new Normalization(1e-3, 0.1, null));
    List<Object> different =
        List.of(
            new Conv2d.Builder(4, 3, 3).build(),
            new Conv2d.Builder(4, 3, 1).build(),
            new Conv2d.Builder(5, 3, 3).build(),
            new Conv2d.Builder(4, 3, 3).stride(2, 1).build(),
            new Conv2d.Builder(4, 3, 3).dilation(2, 1).build(),
            new Conv2d.Builder(4, 3, 3).padding(1, 1).build(),
            new Conv2d.Builder(4, 3, 3).samePadding().build(),
            new Conv2d.Builder(4, 3, 3).groups(2).build(),
            new Conv2d.Builder(4, 3, 3).bias(false).build(),
            new Conv2d.Builder(4, 3, 3).withoutInputGradient().build(),
            new Conv2d.Builder(4, 3, 3).trainingPrecision(Precision.BFLOAT16).build(),
            new Conv2d.Builder(4, 3, 3).activation(Activation.RELU).build(),
            normalised.build(),
            new BatchNorm2d.Builder(new Normalization(1e-3, 0.1, null)).build(),
            new BatchNorm2d.Builder(new Normalization(1e-5, 0.1, null)).build(),
            new BatchNorm2d.Builder(new Normalization(1e-3, 0.2, null)).build(),
            new BatchNorm2d.Builder(new Normalization(1e-3, 0.1, "m")).build(),
            new BatchNorm2d.Builder(new Normalization(1e-3, 0.1, "m").withFrozenStatistics())
                .build(),
            new Pool2d(Pooling.MAX, 3, 2, 1),
            new Pool2d(Pooling.AVERAGE, 3, 2, 1),
            new Pool2d(Pooling.MAX, 2, 2, 1),
            new Pool2d(Pooling.MAX, 3, 1, 1),
            new Pool2d(Pooling.MAX, 3, 2, 0),
            Pool2d.same(Pooling.MAX, 3, 2),
            new Flatten2d(),
            new GlobalPool2d(Pooling.MAX, true),
            new GlobalPool2d(Pooling.MAX, false),
            new GlobalPool2d(Pooling.AVERAGE, true),
            new FunctionLayer(new HardSwish()),
            new FunctionLayer(new HardSigmoid()),
            new AdditionVertex(new HardSwish()),
            new AdditionVertex(new HardSigmoid()),
            new ChannelScaleVertex(),
            new ChannelRowSwap2d(),
            new LayerNorm2d.Builder(1e-5).build(),
            new LayerNorm2d.Builder(1e-3).build(),
            new SelfAttention2d(1),
            new SelfAttention2d(2),
            new StochasticDepth(0.1),
            new StochasticDepth(0.2),
            new GlobalMeanMax2d(),
            new ChannelMeanMax2d(),
            new PositionSum2d(new HardSwish()),
            new PositionSum2d(new HardSigmoid()),
            new PositionScaleVertex());
    for (int i = 0; i < different.size(); i++) {
      for (int j = 0; j < different.size(); j++) {
        assertThat(different.get(i).equals(different.get(j)))
            .as("%s equals %s", different.get(i), different.get(j))
            .isEqualTo(i == j);
      }
    }
  }

  @Test
  void file_ofATrainedGraph_goesOnTrainingAlike(@TempDir Path folder) throws IOException {
    ComputationGraph graph = made();
    for (int step = 0; step < 3; step++) {
      fit(graph, step);
    }
    File file = folder.resolve("graph.zip").toFile();
    ModelSerializer.writeModel(graph, file, true);
    ComputationGraph read = ModelSerializer.restoreComputationGraph(file, true);
    assertThat(read.getConfiguration()).isEqualTo(graph.getConfiguration());
    assertThat(read.params()).isEqualTo(graph.params());
    INDArray photos = GRAPH.photos(DataType.FLOAT, 9, BATCH);
    assertThat(read.outputSingle(photos)).isEqualTo(graph.outputSingle(photos));

    fit(graph, 4);
    fit(read, 4);
    assertThat(read.params()).isEqualTo(graph.params());
    assertThat(read.getUpdater().getUpdaterStateViewArray())
        .isEqualTo(graph.getUpdater().getUpdaterStateViewArray());
  }

  @Test
  void clone_ofAGraph_computesAlikeOnParametersOfItsOwn() {
    ComputationGraph graph = made();
    ComputationGraph clone = graph.clone();
    INDArray photos = GRAPH.photos(DataType.FLOAT, 9, BATCH);
    INDArray output = graph.outputSingle(photos);
    assertThat(clone.outputSingle(photos)).isEqualTo(output);
    fit(clone, 1);
    assertThat(clone.outputSingle(photos)).isNotEqualTo(output);
    assertThat(graph.outputSingle(photos)).isEqualTo(output);
  }

  private static void fit(ComputationGraph graph, int step) {
    Nd4j.getRandom().setSeed(step); // of the dropout
    graph.fit(GRAPH.data(DataType.FLOAT, step, BATCH));
  }

  private static ComputationGraph made() {
    ComputationGraph graph = GRAPH.make(DataType.FLOAT, new Adam(0.01));
    SmallGraph.randomise(graph);
    return graph;
  }
}
