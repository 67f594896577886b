package org.food4j.train.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.food4j.models.architecture.Architecture;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.block.Stage;
import org.food4j.models.graph.GraphCut;
import org.food4j.train.loss.SoftmaxCrossEntropy;
import org.food4j.train.optimizer.AdamUpdater;
import org.food4j.train.optimizer.AdamW;
import org.food4j.train.schedule.CosineSchedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;

/** Learning rates that fall from stage to stage, head first. */
class StageDecayTest {
  private static final NetworkSpec SPEC = new NetworkSpec(3, 32);
  private static final CosineSchedule SCHEDULE = new CosineSchedule(0.01, 0, 2, 20);
  private static final int STEP = 7;
  private static final Set<String> STATISTICS = Set.of("mean", "var");

  private static ComputationGraph graph(Architecture architecture, ISchedule rate, double decay) {
    AdamW optimizer = new AdamW(rate, 0);
    return TrainingGraph.create(
        architecture, SPEC, optimizer, new SoftmaxCrossEntropy(0), decay, 1);
  }

  /** Of all parameters in the vertices of a stage, without batch-norm statistics. */
  private static Set<Double> rates(ComputationGraph graph, Stage stage) {
    Set<Double> rates = new HashSet<>();
    for (String vertex : stage.vertices()) {
      if (graph.getLayer(vertex) != null
          && graph.getLayer(vertex).conf().getLayer() instanceof BaseLayer layer) {
        for (String name : graph.getLayer(vertex).paramTable().keySet()) {
          IUpdater updater = layer.getUpdaterByParam(name);
          if (STATISTICS.contains(name)) {
            assertThat(updater.hasLearningRate()).isFalse();
          } else {
            assertThat(updater).isInstanceOf(AdamUpdater.class);
            rates.add(updater.getLearningRate(STEP, 0));
          }
        }
      }
    }
    return rates;
  }

  @ParameterizedTest
  @ValueSource(strings = {"se_cnn", "attention_cnn", "efficientnet_b0"})
  void rate_ofEachStage_fallsWithItsDistanceFromTheHead(String name) {
    Architecture architecture = Architectures.named(name);
    ComputationGraph graph = graph(architecture, SCHEDULE, 0.5);
    List<Stage> stages = architecture.wiring(SPEC).stages();
    double expected = SCHEDULE.valueAt(STEP, 0);
    for (int distance = 0; distance < stages.size(); distance++) {
      Stage stage = stages.get(stages.size() - 1 - distance);
      Set<Double> rates = rates(graph, stage);
      if (!rates.isEmpty()) {
        double rate = expected * Math.pow(0.5, distance);
        assertThat(rates).as(stage.name()).hasSize(1);
        assertThat(rates.iterator().next()).as(stage.name()).isCloseTo(rate, within(1e-12));
      }
    }
    assertThat(rates(graph, stages.get(0))).isNotEmpty();
  }

  @Test
  void graph_savedAndLoaded_keepsItsRates(@TempDir Path folder) throws Exception {
    Architecture architecture = Architectures.named("se_cnn");
    ComputationGraph graph = graph(architecture, SCHEDULE, 0.5);
    Path file = folder.resolve("graph.zip");
    ModelSerializer.writeModel(graph, file.toFile(), true);
    ComputationGraph loaded = ModelSerializer.restoreComputationGraph(file.toFile(), true);
    ComputationGraph upper =
        new GraphCut(graph, architecture.wiring(SPEC).stage("stages.2").output()).upper();
    for (Stage stage : architecture.wiring(SPEC).stages()) {
      assertThat(rates(loaded, stage)).isEqualTo(rates(graph, stage)).hasSize(1);
    }
    Stage last = architecture.wiring(SPEC).stage("stages.3");
    assertThat(rates(upper, last)).isEqualTo(rates(graph, last));
    assertThat(loaded.getConfiguration().toJson()).isEqualTo(graph.getConfiguration().toJson());
  }

  @Test
  void decayOfOne_leavesTheRecipesRate() {
    Architecture architecture = Architectures.named("se_cnn");
    ComputationGraph graph = graph(architecture, SCHEDULE, 1);
    for (Stage stage : architecture.wiring(SPEC).stages()) {
      assertThat(rates(graph, stage)).containsExactly(SCHEDULE.valueAt(STEP, 0));
    }
  }

  /** Adam's first step is the learning rate in the gradient's direction, however long that is. */
  @Test
  void firstStep_ofEachStage_isAsLongAsItsRate() {
    Architecture architecture = Architectures.named("se_cnn");
    ComputationGraph graph = graph(architecture, new FixedSchedule(1e-3), 0.5);
    ComputationGraph before = graph.clone();
    INDArray labels = Nd4j.zeros(DataType.FLOAT, 4, 3);
    labels.getColumn(1).assign(1);
    graph.fit(new DataSet(Nd4j.rand(DataType.FLOAT, 4, 3, 32, 32), labels));
    List<Stage> stages = architecture.wiring(SPEC).stages();
    for (int distance = 0; distance < stages.size(); distance++) {
      double longest = 0;
      for (String vertex : stages.get(stages.size() - 1 - distance).vertices()) {
        if (graph.getVertex(vertex).numParams() > 0) {
          INDArray weights = graph.getVertex(vertex).paramTable(false).get("W");
          INDArray old = before.getVertex(vertex).paramTable(false).get("W");
          longest = Math.max(longest, weights.sub(old).amaxNumber().doubleValue());
        }
      }
      assertThat(longest).isCloseTo(1e-3 * Math.pow(0.5, distance), withPercentage(1));
    }
  }
}
