package org.food4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.cli.terminal.Terminal;
import org.food4j.train.loop.EpochMetrics;
import org.junit.jupiter.api.Test;

class TrainingProgressTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private long nanos;

  private TrainingProgress progress() {
    return new TrainingProgress(
        new Terminal(new ByteArrayOutputStream(), err, false, 80), 16, () -> nanos);
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
  void epoch_ofAPipedTraining_isOneLineWithTheTimeOfTheRest() {
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
}
