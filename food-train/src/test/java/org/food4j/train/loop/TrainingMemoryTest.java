package org.food4j.train.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.models.analysis.MemoryEstimate;
import org.food4j.models.analysis.NetworkCosts;
import org.food4j.models.architecture.Architecture;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.train.loss.SoftmaxCrossEntropy;
import org.food4j.train.optimizer.AdamW;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.schedule.FixedSchedule;

/** The estimate of memory, held against what DL4J's workspaces grow to. */
class TrainingMemoryTest {
  private static final int CLASSES = 34;

  /** The first one also makes what stays. */
  private static final int PASSES = 3;

  @Test
  void estimate_ofASmallNetwork_meetsTheWorkspaces() throws InterruptedException {
    compare("se_cnn", 3, 48);
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({"se_cnn, 4, 64", "resnet18, 2, 64", "mobilenet_v3_small, 4, 64"})
  void estimate_ofSeveralFamilies_meetsTheWorkspaces(String name, int batch, int size)
      throws InterruptedException {
    compare(name, batch, size);
  }

  /** In a thread of its own, which has workspaces of its own. */
  private static void compare(String name, int batch, int size) throws InterruptedException {
    Architecture architecture = Architectures.named(name);
    NetworkSpec spec = new NetworkSpec(CLASSES, size);
    long[] measured = new long[3];
    Thread thread = new Thread(() -> measure(architecture, spec, batch, measured));
    thread.start();
    thread.join();
    MemoryEstimate estimate = NetworkCosts.of(architecture, spec).memory();
    assertThat(estimate.parameterBytes() + estimate.trainableBytes()).isEqualTo(measured[0]);
    assertThat(batch * estimate.inferenceBytesPerPhoto()).isCloseTo(measured[1], withPercentage(5));
    assertThat(batch * estimate.trainingBytesPerPhoto()).isCloseTo(measured[2], withPercentage(5));
  }

  private static void measure(
      Architecture architecture, NetworkSpec spec, int batch, long[] measured) {
    AdamW optimizer = new AdamW(new FixedSchedule(1e-3), 0.01);
    ComputationGraph graph =
        TrainingGraph.create(architecture, spec, optimizer, new SoftmaxCrossEntropy(0.1), 1);
    INDArray photos = Nd4j.rand(DataType.FLOAT, batch, 3, spec.inputSize(), spec.inputSize());
    INDArray labels = Nd4j.zeros(DataType.FLOAT, batch, CLASSES);
    labels.getColumn(0).assign(1);
    for (int pass = 0; pass < PASSES; pass++) {
      graph.output(false, photos);
    }
    measured[1] = bytes(photos) + workspaces();
    Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
    for (int pass = 0; pass < PASSES; pass++) {
      graph.fit(new DataSet(photos, labels));
    }
    measured[2] = bytes(photos) + workspaces();
    Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
    // AdamW's two moments, of trainable parameters alone
    measured[0] = bytes(graph.params()) + bytes(graph.getUpdater().getStateViewArray()) / 2;
  }

  private static long bytes(INDArray array) {
    return 4 * array.length();
  }

  private static long workspaces() {
    return Nd4j.getWorkspaceManager().getAllWorkspacesForCurrentThread().stream()
        .mapToLong(MemoryWorkspace::getMaxCycleAllocations)
        .sum();
  }
}
