package org.food4j.train.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.Head;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.cuda.CudaDriver;
import org.food4j.models.layer.NativeEngine;
import org.food4j.train.loop.TrainingGraph;
import org.food4j.train.loss.SoftmaxCrossEntropy;
import org.food4j.train.optimizer.Sgd;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.schedule.FixedSchedule;

/**
 * A training on GPUs beside the same one on the processor. A JVM has one of the two: the
 * processor's figures are stored here, and the first test holds them wherever there is no GPU. Run
 * the others with {@code mvn test -Pcuda -Dgroups=gpu -DexcludedGroups=slow}.
 */
class GpuStepTest {
  private static final int CLASSES = 4;

  /** Loss of each step, and the norms of all gradients and of all weights after it. */
  private static final double[][] ON_THE_PROCESSOR = {
    {1.581898, 154.08180, 111.17759},
    {1.818293, 154.58532, 110.89476},
    {1.723324, 150.45520, 110.94425},
  };

  @BeforeEach
  void requireAnEngine() {
    if (NativeEngine.computesOnGpus()) {
      Optional<String> problem = CudaDriver.look().problem();
      assumeTrue(problem.isEmpty(), problem::orElseThrow);
    }
  }

  @Test
  void steps_onTheProcessor_areTheStoredOnes() {
    assumeTrue(!NativeEngine.computesOnGpus(), "this build computes on GPUs");
    assertSteps(2e-4);
  }

  @Tag("gpu")
  @Test
  void steps_onAGpu_areTheProcessors() {
    assumeTrue(NativeEngine.computesOnGpus(), "this build computes on the processor");
    assertThat(NativeEngine.start().backend()).isEqualTo("CUDA");
    assertSteps(2e-3);
  }

  private static void assertSteps(double tolerance) {
    ComputationGraph graph = graph("se_cnn");
    for (int step = 0; step < ON_THE_PROCESSOR.length; step++) {
      DataSet batch = batch(8, step);
      double loss = new SingleGradient(graph).compute(batch, 1);
      double gradient = norm(graph.getFlattenedGradients());
      graph.fit(batch);
      double weights = norm(graph.params());
      double[] found = {loss, gradient, weights};
      for (int i = 0; i < found.length; i++) {
        double expected = ON_THE_PROCESSOR[step][i];
        assertThat(found[i])
            .as(
                "step %s: %s of loss, gradients' norm, weights' norm %s",
                step, i, Arrays.toString(found))
            .isCloseTo(expected, within(tolerance * expected));
      }
    }
  }

  /** In double precision: a sum of millions in single loses digits, by the number of threads. */
  private static double norm(INDArray values) {
    return values.castTo(DataType.DOUBLE).norm2Number().doubleValue();
  }

  @Tag("gpu")
  @Test
  void replicas_onTwoGpus_giveTheWholeBatchsGradient() {
    assumeTrue(NativeEngine.computesOnGpus(), "this build computes on the processor");
    NativeEngine.start();
    int there = Nd4j.getAffinityManager().getNumberOfDevices();
    assumeTrue(there >= 2, "ND4J sees only " + there + " GPU");
    ComputationGraph whole = graph("seed_cnn");
    ComputationGraph split = graph("seed_cnn");
    DataSet batch = batch(8, 0);
    double loss = new SingleGradient(whole).compute(batch, 1);
    try (Replicas replicas = new Replicas(Devices.present(2))) {
      assertThat(replicas.of(split).compute(batch, 1)).isCloseTo(loss, within(1e-3));
    }
    INDArray expected = whole.getFlattenedGradients();
    double norm = expected.norm2Number().doubleValue();
    assertThat(norm).isGreaterThan(1e-3);
    assertThat(split.getFlattenedGradients().distance2(expected)).isLessThan(1e-3 * norm);
  }

  /** Weights and photos by the JDK: the engines' random numbers need not be the same. */
  private static ComputationGraph graph(String architecture) {
    ComputationGraph graph =
        TrainingGraph.create(
            Architectures.named(architecture),
            new NetworkSpec(CLASSES, 32)
                .toBuilder()
                    .head(architecture.equals("seed_cnn") ? Head.LINEAR : Head.OWN)
                    .dropout(0)
                    .build(),
            new Sgd(new FixedSchedule(0.05), 0.9, false, 0),
            new SoftmaxCrossEntropy(0.1),
            3);
    graph
        .paramTable()
        .forEach(
            (name, values) -> {
              if (name.endsWith("_W")) {
                int length = (int) values.length();
                Values.write(numbers(length, name.hashCode(), 0.1), values);
              }
            });
    return graph;
  }

  private static DataSet batch(int size, int number) {
    INDArray labels = Nd4j.zeros(DataType.FLOAT, size, CLASSES);
    for (int i = 0; i < size; i++) {
      labels.putScalar(i, (i * 7 + number) % CLASSES, 1);
    }
    float[] photos = numbers(size * 3 * 32 * 32, number, 2);
    return new DataSet(Nd4j.create(photos, new long[] {size, 3, 32, 32}, 'c'), labels);
  }

  private static float[] numbers(int length, long seed, double scale) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) (scale * (2 * random.nextDouble() - 1));
    }
    return values;
  }
}
