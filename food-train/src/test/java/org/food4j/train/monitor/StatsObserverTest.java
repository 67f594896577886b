package org.food4j.train.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.deeplearning4j.core.storage.Persistable;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.ui.model.stats.impl.SbeStatsReport;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;
import org.food4j.train.loop.EpochMetrics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** Of a network of one layer, whose every tenth step is reported. */
class StatsObserverTest {
  private static final int STEPS = 20;
  private static final EpochMetrics EPOCH = new EpochMetrics(1, 1, 1, 0.5, 0.1, 1, 1, 32);

  /**
   * @param hidden layers of two values before the output
   */
  private static ComputationGraph graph(int iteration, String... hidden) {
    ComputationGraphConfiguration.GraphBuilder builder =
        new NeuralNetConfiguration.Builder().graphBuilder().addInputs("in");
    String from = "in";
    for (String name : hidden) {
      builder.addLayer(name, new DenseLayer.Builder().nIn(2).nOut(2).build(), from);
      from = name;
    }
    ComputationGraph graph =
        new ComputationGraph(
            builder
                .addLayer(
                    "out",
                    new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .nIn(2)
                        .nOut(3)
                        .build(),
                    from)
                .setOutputs("out")
                .build());
    graph.init();
    graph.getConfiguration().setIterationCount(iteration);
    return graph;
  }

  private static void train(StatsObserver stats, int iteration, int steps) {
    ComputationGraph graph = graph(iteration);
    stats.started(graph, 4, STEPS);
    if (iteration > 0) {
      stats.resumed(Collections.nCopies(iteration / STEPS, EPOCH));
    }
    fit(graph, steps);
  }

  private static void fit(ComputationGraph graph, int steps) {
    for (int i = 0; i < steps; i++) {
      graph.fit(new DataSet(Nd4j.ones(4, 2), Nd4j.ones(4, 3).divi(3)));
    }
  }

  private static List<Integer> iterations(StatsStorage storage) {
    assertThat(storage.listSessionIDs()).hasSize(1);
    List<Integer> found = new ArrayList<>();
    for (Persistable update :
        storage.getAllUpdatesAfter(storage.listSessionIDs().get(0), "StatsListener", "food4j", 0)) {
      found.add(((SbeStatsReport) update).getIterationCount());
    }
    return found.stream().sorted().toList();
  }

  @Test
  void training_thatWasKept_isShownLater(@TempDir Path folder) throws Exception {
    Path run = Files.createDirectories(folder.resolve("my run"));
    InMemoryStatsStorage live = new InMemoryStatsStorage();
    try (StatsObserver stats = new StatsObserver(run, List.of(live))) {
      train(stats, 0, 31);
    }
    StatsStorage kept = StatsFile.read(run.resolve("stats.bin"));
    assertThat(iterations(kept)).containsExactly(10, 20, 30).isEqualTo(iterations(live));
    String session = kept.listSessionIDs().get(0);
    assertThat(session).startsWith("my_run-").isEqualTo(live.listSessionIDs().get(0));
    try (UiServer ui = new UiServer(0)) {
      ui.attach(kept);
      String base = UiServerTest.base(ui);
      assertThat(UiServerTest.get(base + "/train/sessions/info").body()).contains(session);
      assertThat(UiServerTest.get(base + "/train/sessions/current").body()).contains(session);
      assertThat(UiServerTest.get(base + "/train/overview/data").body())
          .containsPattern("scoresIter\\W+10, 20, 30 ");
      assertThat(UiServerTest.get(base + "/train/model/graph").body()).contains("\"out\"");
      assertThat(UiServerTest.get(base + "/train/system/data").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void training_thatGoesOn_replacesTheStepsOfTheEpochThatWasNotWhole(@TempDir Path run)
      throws Exception {
    Path file = run.resolve("stats.bin");
    StatsObserver killed = new StatsObserver(run, List.of());
    train(killed, 0, 35); // not closed
    String session = StatsFile.read(file).listSessionIDs().get(0);
    Files.write(file, new byte[] {1, 2, 3}, StandardOpenOption.APPEND); // nor written to the end
    assertThat(iterations(StatsFile.read(file))).containsExactly(10, 20, 30);

    InMemoryStatsStorage live = new InMemoryStatsStorage();
    try (StatsObserver stats = new StatsObserver(run, List.of(live))) {
      train(stats, STEPS, 25);
    }
    StatsStorage kept = StatsFile.read(file);
    assertThat(iterations(kept)).containsExactly(10, 20, 30, 40).isEqualTo(iterations(live));
    assertThat(kept.listSessionIDs()).containsExactly(session);
  }

  /**
   * A graph of more layers goes on with the listeners of the one before, as stages are released.
   */
  @Test
  void training_ofAGraphThatGrows_staysOneSessionAndShowsTheLastGraph(@TempDir Path run)
      throws Exception {
    InMemoryStatsStorage live = new InMemoryStatsStorage();
    try (StatsObserver stats = new StatsObserver(run, List.of(live))) {
      ComputationGraph head = graph(0);
      stats.started(head, 4, STEPS);
      fit(head, 15);
      ComputationGraph more = graph(15, "released");
      more.setListeners(List.copyOf(head.getListeners()));
      stats.released(more);
      assertThat(more.getListeners()).hasSize(1);
      fit(more, 20);
    }
    StatsStorage kept = StatsFile.read(run.resolve("stats.bin"));
    assertThat(iterations(kept)).containsExactly(10, 20, 30).isEqualTo(iterations(live));
    String session = kept.listSessionIDs().get(0);
    assertThat(kept.listWorkerIDsForSession(session)).containsExactly("food4j");
    try (UiServer ui = new UiServer(0)) {
      ui.attach(kept);
      assertThat(UiServerTest.get(UiServerTest.base(ui) + "/train/model/graph").body())
          .contains("\"released\"");
    }
  }

  /** As it is where a cluster makes the steps: nothing is computed here. */
  @Test
  void training_ofAGraphThatOthersMove_isShownWithoutGradients(@TempDir Path run) throws Exception {
    InMemoryStatsStorage live = new InMemoryStatsStorage();
    try (StatsObserver stats = new StatsObserver(run, List.of(live))) {
      ComputationGraph graph = graph(0);
      stats.started(graph, 4, STEPS);
      graph.setScore(0.5);
      for (int done = 4; done <= 2 * STEPS; done += 4) {
        graph.params().addi(0.25 * 4);
        graph.getListeners().iterator().next().iterationDone(graph, done - 1, 0);
      }
    }
    StatsStorage kept = StatsFile.read(run.resolve("stats.bin"));
    // each of at least ten steps, and an epoch's end
    assertThat(iterations(kept)).containsExactly(11, 19, 31, 39).isEqualTo(iterations(live));
    try (UiServer ui = new UiServer(0)) {
      ui.attach(kept);
      String base = UiServerTest.base(ui);
      assertThat(UiServerTest.get(base + "/train/overview/data").body())
          .containsPattern("scoresIter\\W+11, 19, 31, 39 ");
      for (String page : List.of("/train/model/graph", "/train/system/data")) {
        assertThat(UiServerTest.get(base + page).statusCode()).as(page).isEqualTo(200);
      }
    }
  }

  @Test
  void training_thatStartsAgain_keepsNoStep(@TempDir Path run) throws Exception {
    train(new StatsObserver(run, List.of()), 0, 15);
    try (StatsObserver stats = new StatsObserver(run, List.of())) {
      train(stats, 0, 5);
    }
    assertThat(iterations(StatsFile.read(run.resolve("stats.bin")))).isEmpty();
  }

  @Test
  void read_ofADamagedFile_namesIt(@TempDir Path run) throws Exception {
    Path file = run.resolve("stats.bin");
    assertThatThrownBy(() -> StatsFile.read(file)).isInstanceOf(NoSuchFileException.class);
    try (StatsObserver stats = new StatsObserver(run, List.of())) {
      train(stats, 0, 11);
    }
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> StatsFile.read(file))
        .isInstanceOf(BrokenRecordException.class)
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString());
    try (RecordOutput out = new RecordOutput(run.resolve("other"))) {
      out.write(new Message().text(1, "Update").text(2, "java.lang.String").toByteArray());
    }
    assertThatThrownBy(() -> StatsFile.read(run.resolve("other")))
        .isInstanceOf(BrokenRecordException.class)
        .hasMessageContaining("java.lang.String");
  }
}
