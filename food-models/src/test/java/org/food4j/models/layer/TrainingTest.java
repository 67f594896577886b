package org.food4j.models.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.food4j.models.kernel.Agreement.assertClose;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/** What several layers and DL4J's optimisers do together. */
class TrainingTest {
  private static final double MOMENTUM = 0.1;
  private static final double EPS = 1e-3;
  private static final int BATCH = 4;

  /** A residual block with squeeze-and-excitation. */
  private static final SmallGraph BLOCK = SmallGraph.of(8, 7, 3, TrainingTest::block);

  private static String block(GraphBuilder graph, String in) {
    graph
        .addLayer("stem", normalised(3, Activation.SWISH).stride(2, 2).padding(1, 1).build(), in)
        .addLayer("a", normalised(3, Activation.RELU).groups(4).samePadding().build(), "stem")
        .addLayer("mean", new GlobalPool2d(Pooling.AVERAGE, false), "a")
        .addLayer(
            "factors", new Conv2d.Builder(4, 1, 1).activation(Activation.SIGMOID).build(), "mean")
        .addVertex("scale", new ChannelScaleVertex(), "a", "factors")
        .addLayer("b", normalised(1, Activation.IDENTITY).build(), "scale")
        .addVertex("sum", new AdditionVertex(Activation.RELU.getActivationFunction()), "b", "stem")
        .addLayer("pool", new Pool2d(Pooling.MAX, 2, 2, 0), "sum")
        .addLayer(
            "norm", new BatchNorm2d.Builder(new Normalization(EPS, 0.1, null)).build(), "pool");
    return "norm";
  }

  private static Conv2d.Builder normalised(int kernel, Activation function) {
    return new Conv2d.Builder(4, kernel, kernel)
        .bias(false)
        .normalization(new Normalization(EPS, MOMENTUM, null))
        .activation(function);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void runningStatistics_afterAStep_followPyTorch(DataType type) {
    Normalization normalization = new Normalization(EPS, MOMENTUM, null);
    SmallGraph graph =
        SmallGraph.of(
            5,
            4,
            3,
            (builder, in) -> {
              builder.addLayer("norm", new BatchNorm2d.Builder(normalization).build(), in);
              return "norm";
            });
    ComputationGraph made =
        graph.make(
            new NeuralNetConfiguration.Builder()
                .dataType(type)
                .miniBatch(true)
                .updater(new Adam(0.01)));
    SmallGraph.randomise(made);
    Map<String, INDArray> before = copies(made);
    INDArray photos = graph.photos(type, 1, BATCH).muli(2).addi(1);
    made.fit(new INDArray[] {photos}, new INDArray[] {SmallGraph.labels(type, BATCH)});
    Map<String, INDArray> after = made.paramTable();
    assertStatistics(photos, before, after, "norm");
    assertThat(after.get("norm_gamma")).isNotEqualTo(before.get("norm_gamma"));

    INDArray inferred = made.feedForward(photos, false).get("norm");
    double expected =
        after.get("norm_gamma").getDouble(1)
                * (photos.getDouble(2, 1, 3, 2) - after.get("norm_mean").getDouble(1))
                / Math.sqrt(after.get("norm_var").getDouble(1) + EPS)
            + after.get("norm_beta").getDouble(1);
    assertThat(inferred.getDouble(2, 3, 2, 1)).isCloseTo(expected, within(1e-4));
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void runningStatistics_ofAConvolution_followPyTorch(DataType type) {
    SmallGraph graph =
        SmallGraph.of(
            5,
            4,
            4,
            (builder, in) -> {
              builder.addLayer(
                  "conv", normalised(1, Activation.SWISH).groups(4).bias(true).build(), in);
              return "conv";
            });
    ComputationGraph made = graph.make(type, new Sgd(0.1));
    SmallGraph.randomise(made);
    Map<String, INDArray> before = copies(made);
    INDArray photos = graph.photos(type, 1, BATCH);
    made.fit(new INDArray[] {photos}, new INDArray[] {SmallGraph.labels(type, BATCH)});
    long[] perChannel = {1, 4, 1, 1};
    INDArray convolved =
        photos
            .mul(before.get("conv_W").reshape('c', perChannel))
            .add(before.get("conv_b").reshape('c', perChannel));
    assertStatistics(convolved, before, made.paramTable(), "conv");
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void frozenStatistics_afterAStep_stayAndNormaliseAsAtInference(DataType type) {
    Normalization frozen = new Normalization(EPS, MOMENTUM, null).withFrozenStatistics();
    SmallGraph graph =
        SmallGraph.of(
            5,
            4,
            3,
            (builder, in) -> {
              builder
                  .addLayer(
                      "conv", normalised(3, Activation.RELU).normalization(frozen).build(), in)
                  .addLayer("norm", new BatchNorm2d.Builder(frozen).build(), "conv");
              return "norm";
            });
    ComputationGraph made = graph.make(type, new Sgd(0.1));
    SmallGraph.randomise(made);
    INDArray photos = graph.photos(type, 1, BATCH);
    assertClose(
        "output in training",
        made.feedForward(photos, true).get("norm"),
        made.feedForward(photos, false).get("norm"));
    Map<String, INDArray> before = copies(made);
    made.fit(new INDArray[] {photos}, new INDArray[] {SmallGraph.labels(type, BATCH)});
    for (String layer : new String[] {"conv", "norm"}) {
      for (String kept : new String[] {"mean", "var"}) {
        String key = layer + "_" + kept;
        assertThat(made.getParam(key)).as(key).isEqualTo(before.get(key));
      }
      for (String learned : new String[] {"gamma", "beta"}) {
        String key = layer + "_" + learned;
        assertThat(made.getParam(key)).as(key).isNotEqualTo(before.get(key));
      }
      MapLayer conf = (MapLayer) made.getLayer(layer).conf().getLayer();
      assertThat(conf.trainableParameters()).isEqualTo(made.getLayer(layer).numParams() - 8);
    }
  }

  /**
   * The formula in the documentation of torch.nn.BatchNorm2d.
   *
   * @param maps channels first
   */
  private static void assertStatistics(
      INDArray maps, Map<String, INDArray> before, Map<String, INDArray> after, String layer) {
    INDArray mean = maps.mean(0, 2, 3);
    INDArray unbiased = maps.var(true, 0, 2, 3);
    assertClose(
        "mean",
        after.get(layer + "_mean"),
        before.get(layer + "_mean").mul(1 - MOMENTUM).add(mean.mul(MOMENTUM)));
    assertClose(
        "variance",
        after.get(layer + "_var"),
        before.get(layer + "_var").mul(1 - MOMENTUM).add(unbiased.mul(MOMENTUM)));
  }

  @Test
  void regularization_reachesWeightsAlone() {
    double rate = 0.1;
    double decay = 0.5;
    NeuralNetConfiguration.Builder decaying =
        new NeuralNetConfiguration.Builder()
            .dataType(DataType.DOUBLE)
            .updater(new Sgd(rate))
            .l2(decay);
    ComputationGraph with = BLOCK.make(decaying);
    ComputationGraph without = BLOCK.make(DataType.DOUBLE, new Sgd(rate));
    SmallGraph.randomise(with);
    SmallGraph.randomise(without);
    Map<String, INDArray> before = copies(with);
    with.fit(BLOCK.data(DataType.DOUBLE, 1, BATCH));
    without.fit(BLOCK.data(DataType.DOUBLE, 1, BATCH));
    before.forEach(
        (key, values) -> {
          INDArray expected = without.getParam(key);
          if (key.endsWith("_W")) {
            expected = expected.sub(values.mul(rate * decay));
          }
          assertThat(with.getParam(key).equalsWithEps(expected, 1e-12)).as(key).isTrue();
        });
    assertThat(before).containsKeys("factors_b", "a_gamma", "b_beta", "norm_var");
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void firstLayer_withoutInputGradient_learnsTheSame(DataType type) {
    INDArray[] gradients = new INDArray[2];
    for (int i = 0; i < 2; i++) {
      Conv2d.Builder first = normalised(3, Activation.SWISH);
      Conv2d layer = (i == 0 ? first : first.withoutInputGradient()).build();
      SmallGraph graph =
          SmallGraph.of(
              7,
              5,
              3,
              (builder, in) -> {
                builder.addLayer("first", layer, in);
                builder.addLayer("second", new Conv2d.Builder(2, 1, 1).build(), "first");
                return "second";
              });
      ComputationGraph made = graph.make(type, new NoOp());
      SmallGraph.randomise(made);
      SmallGraph.computeGradients(made, graph.data(type, 1, BATCH));
      gradients[i] = made.gradient().gradient().dup();
      made.fit(graph.data(type, 2, BATCH));
      assertThat(made.score()).isFinite();
    }
    assertThat(gradients[1]).isEqualTo(gradients[0]);
    assertThat(gradients[0].amaxNumber().doubleValue()).isPositive();
  }

  @Test
  void training_onOneThread_isBitIdentical() {
    NativeOps library = NativeOpsHolder.getInstance().getDeviceNativeOps();
    int threads = library.ompGetMaxThreads();
    library.setOmpNumThreads(1);
    try {
      assertThat(trained()).isEqualTo(trained());
    } finally {
      library.setOmpNumThreads(threads);
    }
  }

  @Test
  void training_onThisMachinesThreads_isBitIdentical() {
    assertThat(trained()).isEqualTo(trained());
  }

  /** The bits of all parameters after some steps from the seed. */
  private static int[] trained() {
    ComputationGraph graph = BLOCK.make(DataType.FLOAT, new Adam(0.01));
    for (int step = 0; step < 6; step++) {
      graph.fit(BLOCK.data(DataType.FLOAT, step, BATCH + step % 2));
    }
    float[] parameters = graph.params().toFloatVector();
    int[] bits = new int[parameters.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(parameters[i]);
    }
    return bits;
  }

  @Test
  void loss_ofFixedPhotos_falls() {
    ComputationGraph graph = BLOCK.make(DataType.FLOAT, new Adam(0.02));
    graph.fit(BLOCK.data(DataType.FLOAT, 1, BATCH));
    double first = graph.score();
    for (int step = 0; step < 30; step++) {
      graph.fit(BLOCK.data(DataType.FLOAT, 1, BATCH));
    }
    assertThat(graph.score()).isLessThan(first / 4);
  }

  @Test
  void nativeMemory_overManySteps_staysFlat() {
    ComputationGraph graph = BLOCK.make(DataType.FLOAT, new Adam(0.01));
    for (int step = 0; step < 20; step++) {
      graph.fit(BLOCK.data(DataType.FLOAT, 1, BATCH));
    }
    long settled = nativeBytes();
    for (int step = 0; step < 180; step++) {
      graph.fit(BLOCK.data(DataType.FLOAT, 1, BATCH));
    }
    assertThat(nativeBytes() - settled).isLessThan(100_000);
  }

  /**
   * What is left when everything unreachable is freed, which the collector does in its own time.
   */
  private static long nativeBytes() {
    long least = Long.MAX_VALUE;
    for (int collection = 0; collection < 8; collection++) {
      System.gc();
      Pointer.deallocateReferences();
      least = Math.min(least, Pointer.totalBytes());
    }
    return least;
  }

  private static Map<String, INDArray> copies(ComputationGraph graph) {
    Map<String, INDArray> copies = new LinkedHashMap<>();
    graph.paramTable().forEach((key, values) -> copies.put(key, values.dup()));
    return copies;
  }
}
