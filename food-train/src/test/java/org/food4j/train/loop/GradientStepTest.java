package org.food4j.train.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.layer.Conv2d;
import org.food4j.models.layer.GlobalPool2d;
import org.food4j.models.layer.Normalization;
import org.food4j.models.layer.Pooling;
import org.food4j.train.loss.SoftmaxCrossEntropy;
import org.food4j.train.optimizer.AdamW;
import org.food4j.train.optimizer.Optimizer;
import org.food4j.train.optimizer.Sgd;
import org.food4j.train.recipe.Stepping;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;

/** Steps of several batches, clipped and averaged, beside PyTorch's. */
class GradientStepTest {
  private static final int BATCH = 4;
  private static final int EPOCH = 8;

  private static JsonNode fixture;

  @BeforeAll
  static void readFixture() throws Exception {
    try (InputStream json = GradientStepTest.class.getResourceAsStream("stepping.json")) {
      fixture = new JsonMapper().readTree(json);
    }
  }

  /** The rate of {@code stepping.py}. */
  private record Falling(double rate) implements ISchedule {
    private static final long serialVersionUID = 1L;

    @Override
    public double valueAt(int step, int epoch) {
      return rate / (1 + step / 20.0);
    }

    @Override
    public Falling clone() {
      return new Falling(rate);
    }
  }

  @Tag("reference")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sgd_clip",
        "sgd_accumulate",
        "adamw_accumulate",
        "sgd_average",
        "sgd_all",
        "adamw_all"
      })
  void hundredSteps_clippedAccumulatedAndAveraged_equalPyTorchs(String name) throws Exception {
    JsonNode expected = fixture.get(name);
    Falling rate = new Falling(expected.get("rate").asDouble());
    Optimizer optimizer =
        name.startsWith("sgd") ? new Sgd(rate, 0.9, false, 0.02) : new AdamW(rate, 0.1);
    ComputationGraph graph = network(optimizer);
    set(graph, fixture.get("start"));
    double clip = expected.get("clip").asDouble();
    Stepping stepping =
        new Stepping(clip, expected.get("together").asInt(), expected.get("ema").asDouble());
    GradientStep step = new GradientStep(graph, stepping, 1);
    JudgedWeights weights = JudgedWeights.of(graph, stepping.emaDecay(), Optional.empty());
    Iterator<DataSet> epoch = List.<DataSet>of().iterator();
    for (int number = 1, begun = 0; number <= 100; number++) {
      if (!epoch.hasNext()) {
        epoch = IntStream.range(begun, begun += EPOCH).mapToObj(GradientStepTest::batch).iterator();
        graph.incrementEpochCount();
      }
      GradientStep.Made made = step.make(epoch);
      weights.stepped(1);
      if (clip > 0) {
        double norm = expected.get("norms").get(number - 1).asDouble();
        assertThat(made.gradientNorm().orElseThrow()).isCloseTo(norm, within(1e-6 * norm));
      } else {
        assertThat(made.gradientNorm()).isEmpty();
      }
      String key = String.valueOf(number);
      if (expected.get("weights").has(key)) {
        assertState(graph, expected.get("weights").get(key), "weights after " + key);
        if (stepping.averages()) {
          JsonNode average = expected.get("average").get(key);
          INDArray trained = graph.params().dup();
          weights.judge(judged -> assertState(judged, average, "average after " + key));
          assertThat(graph.params()).isEqualTo(trained);
        }
      }
    }
    assertThat(graph.getIterationCount()).isEqualTo(100);
  }

  private static ComputationGraph network(Optimizer optimizer) {
    ComputationGraphConfiguration configuration =
        optimizer
            .applyTo(new NeuralNetConfiguration.Builder().dataType(DataType.DOUBLE))
            .graphBuilder()
            .addInputs("in")
            .setInputTypes(InputType.convolutional(1, 2, 4))
            .addLayer(
                "conv",
                new Conv2d.Builder(3, 1, 1)
                    .bias(false)
                    .normalization(new Normalization(1e-3, 0.1, null))
                    .activation(Activation.RELU)
                    .build(),
                "in")
            .addLayer("pool", new GlobalPool2d(Pooling.AVERAGE, true), "conv")
            .addLayer(
                "fc",
                new DenseLayer.Builder().nOut(3).activation(Activation.IDENTITY).build(),
                "pool")
            .addLayer(
                "loss",
                new LossLayer.Builder(new SoftmaxCrossEntropy(0.1))
                    .activation(Activation.IDENTITY)
                    .build(),
                "fc")
            .setOutputs("loss")
            .build();
    for (String name : List.of("conv", "fc")) {
      BaseLayer layer =
          (BaseLayer)
              ((LayerVertex) configuration.getVertices().get(name)).getLayerConf().getLayer();
      // DL4J gives a layer what it inherits twice: see TrainingGraph
      layer.setRegularization(
          new ArrayList<>(layer.getRegularization().stream().distinct().toList()));
    }
    ComputationGraph graph = new ComputationGraph(configuration);
    graph.init();
    return graph;
  }

  /** As in {@code stepping.py}. */
  private static DataSet batch(int k) {
    INDArray photos = Nd4j.zeros(DataType.DOUBLE, BATCH, 4, 1, 2);
    for (int i = 0; i < photos.length(); i++) {
      long j = k * photos.length() + i;
      photos.putScalar(i, Math.sin(0.37 * j) * (1 + j % 7 / 3.0));
    }
    INDArray labels = Nd4j.zeros(DataType.DOUBLE, BATCH, 3);
    for (int b = 0; b < BATCH; b++) {
      labels.putScalar(b, (7 * k + 3 * b + b * b) % 3, 1);
    }
    return new DataSet(photos, labels);
  }

  private static void set(ComputationGraph graph, JsonNode state) {
    graph
        .paramTable()
        .forEach(
            (name, values) ->
                values.assign(
                    Nd4j.createFromArray(numbers(state.get(name))).reshape('c', values.shape())));
  }

  private static boolean assertState(ComputationGraph graph, JsonNode state, String when) {
    graph
        .paramTable()
        .forEach(
            (name, values) -> {
              double[] expected = numbers(state.get(name));
              double[] actual = values.dup('c').data().asDouble();
              for (int i = 0; i < expected.length; i++) {
                assertThat(actual[i])
                    .as("%s of %s, %s", i, name, when)
                    .isCloseTo(expected[i], within(1e-6 * Math.max(Math.abs(expected[i]), 1e-3)));
              }
            });
    return true;
  }

  private static double[] numbers(JsonNode values) {
    double[] numbers = new double[values.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = values.get(i).asDouble();
    }
    return numbers;
  }

  @Test
  void plainSteps_ofANetwork_areDl4jsFit() {
    ComputationGraph fitted = seCnn();
    ComputationGraph stepped = seCnn();
    GradientStep step = new GradientStep(stepped, Stepping.PLAIN, 5);
    List<DataSet> batches = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      batches.add(
          new DataSet(Nd4j.rand(DataType.FLOAT, 4, 3, 32, 32), Nd4j.eye(4).castTo(DataType.FLOAT)));
    }
    Iterator<DataSet> left = batches.iterator();
    for (DataSet batch : batches) {
      Nd4j.getRandom().setSeed(StepSeed.of(5, fitted.getIterationCount()));
      fitted.fit(batch);
      assertThat(step.make(left).meanLoss()).isEqualTo(fitted.score());
    }
    assertThat(stepped.params()).isEqualTo(fitted.params());
    assertThat(stepped.params().data().asFloat()).isEqualTo(fitted.params().data().asFloat());
    assertThat(stepped.getUpdater().getStateViewArray().data().asFloat())
        .isEqualTo(fitted.getUpdater().getStateViewArray().data().asFloat());
    assertThat(stepped.getIterationCount()).isEqualTo(fitted.getIterationCount()).isEqualTo(3);
  }

  private static ComputationGraph seCnn() {
    return TrainingGraph.create(
        Architectures.named("se_cnn"),
        new NetworkSpec(4, 32).toBuilder().dropout(0.5).build(),
        new AdamW(new FixedSchedule(0.01), 0.1),
        new SoftmaxCrossEntropy(0.1),
        3);
  }

  @Test
  void clipping_ofDl4jsBatchNormalization_isRefused() {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("in")
                .addLayer("bn", new BatchNormalization.Builder().nIn(3).nOut(3).build(), "in")
                .setOutputs("bn")
                .build());
    graph.init();
    assertThatThrownBy(() -> new GradientStep(graph, new Stepping(1, 1, 0), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"bn\" (BatchNormalization) keeps mean in the gradient");
    new GradientStep(graph, Stepping.PLAIN, 1);
  }
}
