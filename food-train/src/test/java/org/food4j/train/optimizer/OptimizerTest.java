package org.food4j.train.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** Our optimisers, inside a DL4J graph, beside PyTorch's. */
class OptimizerTest {
  private static final String LAYER = "layer";
  private static JsonNode fixture;

  @TempDir Path folder;

  /** The rate of {@code steps.py}. */
  public record Falling(@JsonProperty("rate") double rate) implements ISchedule {
    /** For the checkpoint's JSON. */
    @JsonCreator
    public Falling {}

    @Override
    public double valueAt(int step, int epoch) {
      return rate / (1 + step / 20.0);
    }

    @Override
    public Falling clone() {
      return new Falling(rate);
    }
  }

  private static final Falling RATE = new Falling(0.05);

  @BeforeAll
  static void readFixture() throws Exception {
    try (InputStream json = OptimizerTest.class.getResourceAsStream("steps.json")) {
      fixture = new JsonMapper().readTree(json);
    }
  }

  static Stream<Arguments> optimizers() {
    return Stream.of(
        Arguments.of("sgd", new Sgd(RATE, 0, false, 0)),
        Arguments.of("sgd_decay", new Sgd(RATE, 0, false, 0.02)),
        Arguments.of("momentum", new Sgd(RATE, 0.9, false, 0.02)),
        Arguments.of("nesterov", new Sgd(RATE, 0.8, true, 0.02)),
        Arguments.of("adam", new Adam(RATE, 0)),
        Arguments.of("adam_decay", new Adam(RATE, 0.02)),
        Arguments.of("adamw", new AdamW(RATE, 0.3)),
        Arguments.of("adamw_betas", new AdamW(RATE, 0.1, new AdamSettings(0.8, 0.99, 1e-3))));
  }

  @Tag("reference")
  @ParameterizedTest(name = "{0}")
  @MethodSource("optimizers")
  void hundredSteps_ofAnOptimizer_equalPyTorchs(String name, Optimizer optimizer) {
    ComputationGraph graph = graph(optimizer, DataType.DOUBLE);
    for (int step = 0; step < 100; step++) {
      step(graph, step);
      assertClose(graph, name, step, 1e-6, 1e-3);
    }
  }

  @Tag("reference")
  @ParameterizedTest(name = "{0}")
  @MethodSource("optimizers")
  void stepsAfterACheckpoint_ofAnOptimizer_equalPyTorchs(String name, Optimizer optimizer)
      throws Exception {
    ComputationGraph graph = graph(optimizer, DataType.DOUBLE);
    for (int step = 0; step < 50; step++) {
      step(graph, step);
    }
    Path file = folder.resolve("graph.zip");
    ModelSerializer.writeModel(graph, file.toFile(), true);
    ComputationGraph loaded = ModelSerializer.restoreComputationGraph(file.toFile(), true);
    for (int step = 50; step < 100; step++) {
      step(loaded, step);
      assertClose(loaded, name, step, 1e-6, 1e-3);
    }
    assertThat(updater(loaded)).isEqualTo(updater(graph)).isEqualTo(optimizer.updater());
    assertThat(updater(loaded).clone())
        .isEqualTo(updater(loaded))
        .hasSameHashCodeAs(updater(graph));
  }

  /** ND4J's 1 - 0.999 in single precision is off by 1e-5, which all steps of Adam share. */
  @Tag("reference")
  @ParameterizedTest(name = "{0}")
  @MethodSource("optimizers")
  void hundredSteps_inSinglePrecision_equalPyTorchsDoubles(String name, Optimizer optimizer) {
    ComputationGraph graph = graph(optimizer, DataType.FLOAT);
    for (int step = 0; step < 100; step++) {
      step(graph, step);
      assertClose(graph, name, step, 1e-5, 1);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("optimizers")
  void step_atARateOfZero_movesNothing(String name, Optimizer optimizer) {
    Optimizer still =
        switch (name.substring(0, 3)) {
          case "ada" -> new AdamW(new FixedSchedule(0), optimizer.weightDecay());
          default -> new Sgd(new FixedSchedule(0), 0.9, true, optimizer.weightDecay());
        };
    ComputationGraph graph = graph(still, DataType.DOUBLE);
    INDArray before = graph.params().dup();
    step(graph, 0);
    assertThat(graph.params()).isEqualTo(before);
  }

  @Test
  void scaled_ofEachOptimizer_hasAShareOfTheRateAndElseTheSame() {
    for (Optimizer optimizer :
        List.of(
            new Sgd(RATE, 0.8, true, 0.1),
            new Adam(RATE, 0.1),
            new AdamW(RATE, 0.1, new AdamSettings(0.8, 0.9, 1)))) {
      Optimizer scaled = optimizer.scaled(0.5);
      assertThat(scaled.updater().getLearningRate(20, 0)).isEqualTo(0.0125);
      assertThat(scaled).isExactlyInstanceOf(optimizer.getClass());
      assertThat(scaled.decay()).isEqualTo(optimizer.decay());
      IUpdater updater = scaled.updater();
      updater.setLrAndSchedule(Double.NaN, RATE);
      assertThat(updater).isEqualTo(optimizer.updater());
      updater.setLrAndSchedule(0.3, null);
      assertThat(updater.getLearningRate(7, 0)).isEqualTo(0.3);
    }
  }

  @Test
  void values_outsideTheirRange_areRefused() {
    refused(() -> new Sgd(RATE, 1, false, 0), "Momentum lies between 0 and below 1, not at 1.0");
    refused(() -> new Sgd(RATE, 0, true, 0), "set a momentum above 0");
    refused(() -> new Sgd(RATE, 0.9, true, -2), "Weight decay is at least 0, not -2.0");
    refused(() -> new Adam(RATE, Double.NaN), "Weight decay is at least 0, not NaN");
    refused(() -> new AdamSettings(0.9, 1, 1e-8), "not at 0.9 and 1.0");
    refused(() -> new AdamSettings(0.9, 0.999, 0), "epsilon is above 0, not 0.0");
  }

  private static void refused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  /** A layer whose weights and bias are the two weight vectors of {@code steps.py}. */
  private static ComputationGraph graph(Optimizer optimizer, DataType type) {
    int size = fixture.get("start").size();
    ComputationGraphConfiguration configuration =
        optimizer
            .applyTo(new NeuralNetConfiguration.Builder().dataType(type))
            .graphBuilder()
            .addInputs("in")
            .addLayer(LAYER, new DenseLayer.Builder().nIn(1).nOut(size).build(), "in")
            .setOutputs(LAYER)
            .build();
    BaseLayer layer =
        (BaseLayer)
            ((LayerVertex) configuration.getVertices().get(LAYER)).getLayerConf().getLayer();
    // DL4J gives a layer what it inherits twice: see TrainingGraph
    layer.setRegularization(
        new ArrayList<>(layer.getRegularization().stream().distinct().toList()));
    ComputationGraph graph = new ComputationGraph(configuration);
    graph.init();
    INDArray start = vector(fixture.get("start"), type);
    graph.setParams(Nd4j.concat(0, start, start).reshape(1, 2L * size));
    return graph;
  }

  private static IUpdater updater(ComputationGraph graph) {
    return ((BaseLayer) graph.getLayer(LAYER).conf().getLayer()).getUpdaterByParam("W");
  }

  /** What DL4J's solver does with a gradient, here that of {@code steps.py}. */
  private static void step(ComputationGraph graph, int step) {
    if (graph.getFlattenedGradients() == null) {
      graph.initGradientsView();
    }
    JsonNode curvature = fixture.get("curvature");
    JsonNode target = fixture.get("target");
    double[] weights = graph.params().reshape(graph.numParams()).toDoubleVector();
    double[] slopes = new double[weights.length];
    for (int i = 0; i < slopes.length; i++) {
      int k = i % target.size();
      double quadratic = curvature.get(k).asDouble() * (weights[i] - target.get(k).asDouble());
      slopes[i] = quadratic - 1 / (1 + Math.exp(weights[i]));
    }
    INDArray view = graph.getFlattenedGradients();
    view.assign(Nd4j.createFromArray(slopes).reshape(view.shape()));
    Gradient gradient = new DefaultGradient(view);
    graph
        .getLayer(LAYER)
        .paramTable()
        .forEach((name, values) -> gradient.setGradientFor(LAYER + "_" + name, values));
    graph.getUpdater().update(gradient, step, 0, 1, LayerWorkspaceMgr.noWorkspaces());
    graph.params().subi(view.reshape(graph.params().shape()));
  }

  /** Weights that cross 0 are compared on the scale on which they move. */
  private static void assertClose(
      ComputationGraph graph, String name, int step, double tolerance, double smallest) {
    JsonNode expected = fixture.get(name).get(step);
    double[] weights = graph.params().reshape(graph.numParams()).toDoubleVector();
    for (int i = 0; i < weights.length; i++) {
      double value = expected.get(i).asDouble();
      if (!(Math.abs(weights[i] - value) <= tolerance * Math.max(Math.abs(value), smallest))) {
        assertThat(weights[i]).as("%s, step %s, weight %s", name, step, i).isEqualTo(value);
      }
    }
  }

  private static INDArray vector(JsonNode values, DataType type) {
    double[] numbers = new double[values.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = values.get(i).asDouble();
    }
    return Nd4j.createFromArray(numbers).castTo(type);
  }
}
