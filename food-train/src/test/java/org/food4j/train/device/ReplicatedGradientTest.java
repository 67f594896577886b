package org.food4j.train.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.Head;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.train.loop.TrainingGraph;
import org.food4j.train.loss.SoftmaxCrossEntropy;
import org.food4j.train.optimizer.Sgd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.schedule.FixedSchedule;

/** Replicas on the one device that a test has. */
class ReplicatedGradientTest {
  private static final int CLASSES = 4;
  private static final long SEED = 17;

  /** Without batch normalisation, shares and the whole batch are the same sum. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void replicas_ofANetworkWithoutBatchNorm_giveTheWholeBatchsGradient(int count) {
    ComputationGraph whole = graph("seed_cnn", 0);
    ComputationGraph split = graph("seed_cnn", 0);
    DataSet batch = batch(8);
    double expected = new SingleGradient(whole).compute(batch, SEED);
    try (Replicas replicas = new Replicas(new Devices(count))) {
      assertThat(replicas.of(split).compute(batch, SEED))
          .isCloseTo(expected, within(1e-5 * expected));
    }
    assertThat(split.score()).isCloseTo(expected, within(1e-5 * expected));
    float[] gradient = Values.read(whole.getFlattenedGradients());
    double norm = whole.getFlattenedGradients().norm2Number().doubleValue();
    assertThat(norm).isGreaterThan(1e-3);
    assertThat(distance(Values.read(split.getFlattenedGradients()), gradient))
        .isLessThan(1e-5 * norm);
  }

  @Test
  void replicas_ofANetworkWithBatchNorm_giveTheSharesSumAndMeanStatistics() {
    ComputationGraph split = graph("se_cnn", 0);
    DataSet batch = batch(6); // shares of 3
    ComputationGraph[] halves = {graph("se_cnn", 0), graph("se_cnn", 0)};
    double loss = 0;
    for (int i = 0; i < 2; i++) {
      DataSet half = Share.of(batch, 3 * i, 3 * i + 3).toDataSet();
      loss += new SingleGradient(halves[i]).compute(half, SEED) / 2;
    }
    List<INDArray> before = Statistics.of(graph("se_cnn", 0));
    try (Replicas replicas = new Replicas(new Devices(2))) {
      assertThat(replicas.of(split).compute(batch, SEED)).isCloseTo(loss, within(1e-6));
    }
    INDArray sum = halves[0].getFlattenedGradients().add(halves[1].getFlattenedGradients());
    double norm = sum.norm2Number().doubleValue();
    assertThat(norm).isGreaterThan(1e-3);
    assertThat(distance(Values.read(split.getFlattenedGradients()), Values.read(sum)))
        .isLessThan(1e-5 * norm);
    float[] first = Values.read(Statistics.of(halves[0]));
    float[] second = Values.read(Statistics.of(halves[1]));
    float[] mean = Values.read(Statistics.of(split));
    assertThat(mean).isNotEmpty();
    assertThat(distance(first, second)).isGreaterThan(1e-4);
    assertThat(distance(mean, Values.read(before))).isGreaterThan(1e-4);
    for (int k = 0; k < mean.length; k++) {
      assertThat(mean[k]).isCloseTo((first[k] + second[k]) / 2, within(1e-6f));
    }
  }

  @Test
  void replicas_withDropout_drawOwnNumbersThatASeedRepeats() {
    // twice the same photos: equal random numbers would make the halves equal
    INDArray photos = Nd4j.rand(DataType.FLOAT, 4, 3, 32, 32);
    INDArray labels = Nd4j.eye(CLASSES).castTo(DataType.FLOAT);
    DataSet twice = new DataSet(Nd4j.concat(0, photos, photos), Nd4j.concat(0, labels, labels));
    ComputationGraph single = graph("seed_cnn", 0.5);
    new SingleGradient(single).compute(new DataSet(photos, labels), SEED);
    float[] doubled = Values.read(single.getFlattenedGradients().mul(2));
    float[] first = gradientOf(twice, SEED);
    assertThat(distance(first, doubled)).isGreaterThan(1e-3);
    assertThat(gradientOf(twice, SEED)).isEqualTo(first);
    assertThat(distance(gradientOf(twice, SEED + 1), first)).isGreaterThan(1e-3);
  }

  private static float[] gradientOf(DataSet batch, long seed) {
    ComputationGraph graph = graph("seed_cnn", 0.5);
    try (Replicas replicas = new Replicas(new Devices(2))) {
      replicas.of(graph).compute(batch, seed);
    }
    return Values.read(graph.getFlattenedGradients());
  }

  @Test
  void replicas_afterTheGraphsWeightsChanged_followThem() {
    ComputationGraph split = graph("seed_cnn", 0);
    ComputationGraph whole = graph("seed_cnn", 0);
    DataSet batch = batch(4);
    try (Replicas replicas = new Replicas(new Devices(2))) {
      BatchGradient gradient = replicas.of(split);
      gradient.compute(batch, SEED);
      split.params().muli(1.1);
      whole.params().muli(1.1);
      double expected = new SingleGradient(whole).compute(batch, SEED);
      assertThat(gradient.compute(batch, SEED)).isCloseTo(expected, within(1e-5 * expected));
    }
  }

  @Test
  void aBatch_smallerThanTheNumberOfDevices_isRefused() {
    try (Replicas replicas = new Replicas(new Devices(3))) {
      BatchGradient gradient = replicas.of(graph("seed_cnn", 0));
      assertThatThrownBy(() -> gradient.compute(batch(2), SEED))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("2 photos cannot be split between 3 devices");
    }
  }

  @Test
  void aReplica_thatFails_endsTheStepWithItsReason() {
    ComputationGraph graph = graph("seed_cnn", 0);
    ComputationGraphConfiguration other = graph("se_cnn", 0).getConfiguration();
    try (DeviceReplica wrong = new DeviceReplica(other.toJson(), 0)) {
      BatchGradient gradient = new ReplicatedGradient(graph, List.of(wrong));
      assertThatThrownBy(() -> gradient.compute(batch(2), SEED))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("A further device failed");
    }
  }

  @Test
  void aReplica_thatCannotBeBuilt_endsTheStepWithTheReason() {
    try (DeviceReplica broken = new DeviceReplica("{\"vertices\": 1}", 0)) {
      BatchGradient gradient = new ReplicatedGradient(graph("seed_cnn", 0), List.of(broken));
      assertThatThrownBy(() -> gradient.compute(batch(2), SEED))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith(
              "A further device failed: the network cannot be built on device 0")
          .hasMessageContaining("Cannot deserialize");
    }
  }

  private static double distance(float[] a, float[] b) {
    assertThat(a).hasSameSizeAs(b);
    double squares = 0;
    for (int i = 0; i < a.length; i++) {
      squares += (double) (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(squares);
  }

  private static DataSet batch(int size) {
    INDArray labels = Nd4j.zeros(DataType.FLOAT, size, CLASSES);
    for (int i = 0; i < size; i++) {
      labels.putScalar(i, i * 7 % CLASSES, 1);
    }
    return new DataSet(Nd4j.rand(DataType.FLOAT, size, 3, 32, 32), labels);
  }

  private static ComputationGraph graph(String architecture, double dropout) {
    return TrainingGraph.create(
        Architectures.named(architecture),
        new NetworkSpec(CLASSES, 32)
            .toBuilder()
                .head(architecture.equals("seed_cnn") ? Head.LINEAR : Head.OWN)
                .dropout(dropout)
                .build(),
        new Sgd(new FixedSchedule(0.1), 0.9, false, 0),
        new SoftmaxCrossEntropy(0.1),
        3);
  }
}
