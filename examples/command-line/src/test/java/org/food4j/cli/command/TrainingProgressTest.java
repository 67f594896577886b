package org.food4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.cli.terminal.Terminal;
import org.food4j.train.loop.EpochMetrics;
import org.food4j.train.recipe.RecipeFile;
import org.junit.jupiter.api.Test;

class TrainingProgressTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private long nanos;

  private TrainingProgress progress(String... settings) throws IOException {
    List<String> all = new ArrayList<>(List.of("batch_size=16", "input_size=64", "epochs=9"));
    all.addAll(List.of(settings));
    return new TrainingProgress(
        new Terminal(new ByteArrayOutputStream(), err, false, 80),
        RecipeFile.read("scratch", all),
        () -> nanos);
  }

  private static ComputationGraph graph() {
    return new ComputationGraph(
        new NeuralNetConfiguration.Builder()
            .graphBuilder()
            .addInputs("in")
            .addLayer("out", new OutputLayer.Builder().nIn(2).nOut(3).build(), "in")
            .setOutputs("out")
            .build());
  }

  private void epoch(TrainingProgress progress, int epoch) {
    for (int step = 1; step <= 10; step++) {
      nanos += 2_000_000_000L;
      progress.step(epoch, step, 1.5);
    }
    nanos += 10_000_000_000L; // validation
    progress.epoch(new EpochMetrics(epoch, 1.5, 1.25, 0.5, 0.1, 30, 8, 64), epoch == 2);
  }

  @Test
  void epoch_ofAPipedTraining_isOneLineWithTheTimeOfTheRest() throws Exception {
    try (TrainingProgress progress = progress()) {
      progress.started(graph(), 3, 10);
      progress.resumed(List.of(new EpochMetrics(1, 2, 2, 0.25, 0.1, 30, 8, 64)));
      epoch(progress, 2);
      epoch(progress, 3);
    }
    assertThat(err.toString(StandardCharsets.UTF_8).replaceAll(" in \\d+\\.\\d s", " in N s"))
        .isEqualTo(
            """
            Resuming after epoch 1 of 3
            Epoch 2/3: 10 steps in N s, loss 1.500, validation loss 1.250, top-1 50.0 % (best so far), 8 photos/s, 30 s left
            Epoch 3/3: 10 steps in N s, loss 1.500, validation loss 1.250, top-1 50.0 %, 8 photos/s
            """);
  }

  /** Epochs of 64, 96 and then 128 pixels: a step takes 1, 2.25 and, as measured then, 5 s. */
  @Test
  void left_ofATrainingWhosePhotosGrow_countsTheirPixels() {
    int[] sizes = {64, 96, 128, 128};
    TimeLeft left = new TimeLeft(4, 10, epoch -> sizes[epoch - 1]);

    left.stepped(1, 1_000_000_000L);
    // 9 of 1 s, 10 of 2.25 s, 20 of 4 s
    assertThat(left.seconds(1, 1, false)).isCloseTo(9 + 22.5 + 80, within(1e-9));
    for (int step = 2; step <= 10; step++) {
      left.stepped(1, 1_000_000_000L);
    }
    left.validated(7_000_000_000L);
    assertThat(left.seconds(1, 10, true)).isCloseTo(22.5 + 80 + 3 * 7, within(1e-9));
    left.stepped(3, 5_000_000_000L);
    assertThat(left.seconds(3, 1, false)).isCloseTo(9 * 5 + 50 + 2 * 7, within(1e-9));
  }

  @Test
  void epoch_ofATrainingWhosePhotosGrow_saysTheTimeOfLargerOnes() throws Exception {
    try (TrainingProgress progress =
        progress("first_input_size=32", "epochs=2", "warm_up_epochs=0")) {
      progress.started(graph(), 2, 10);
      epoch(progress, 1); // 10 steps of 2 s, validation of 10 s
    }
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("8 photos/s, 1 min 30 s left");
  }
}
