package org.food4j.bench.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.bench.result.Samples;
import org.food4j.models.architecture.Architecture;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.kernel.Precision;
import org.food4j.models.layer.NativeEngine;
import org.food4j.train.loop.TrainingGraph;
import org.food4j.train.loss.SoftmaxCrossEntropy;
import org.food4j.train.optimizer.AdamW;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.schedule.FixedSchedule;

/**
 * The time of one inference batch and of one training step on made-up photos: forward, backward
 * with label smoothing 0.1, and an AdamW update.
 *
 * @param model the architecture's name
 * @param batch photos per step
 * @param size of the input in pixels
 * @param threads that the engine may use
 * @param parameters trainable ones
 * @param inference one batch forward, without gradients
 * @param training one whole step
 */
public record StepTime(
    String model,
    int batch,
    int size,
    int threads,
    long parameters,
    Samples inference,
    Samples training) {
  private static final int CLASSES = 34;
  private static final int WARM_UP_STEPS = 2;

  /**
   * Measures, after at least two steps of warm-up of each kind.
   *
   * @param warmUpSeconds at least 0; for the first ten seconds or so the JVM compiles, on the
   *     processor that is measured
   * @param repeats timed steps of each kind, at least 1
   * @param precision what the training step's convolutions multiply in
   * @throws IllegalArgumentException if a number is out of its range, or this machine cannot train
   *     in the precision
   */
  public static StepTime measure(
      Architecture architecture,
      int batch,
      int size,
      int repeats,
      double warmUpSeconds,
      Precision precision) {
    if (batch < 1 || repeats < 1 || !(warmUpSeconds >= 0)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Batch (%d) and repeats (%d) are at least 1, warm-up (%s) at least 0",
              batch,
              repeats,
              warmUpSeconds));
    }
    NativeEngine.start().requireTraining(precision);
    NetworkSpec spec =
        new NetworkSpec(CLASSES, size).toBuilder().trainingPrecision(precision).build();
    ComputationGraph graph =
        TrainingGraph.create(
            architecture,
            spec,
            new AdamW(new FixedSchedule(1e-3), 0.01),
            new SoftmaxCrossEntropy(0.1),
            1);
    Nd4j.getRandom().setSeed(1);
    INDArray photos = Nd4j.rand(DataType.FLOAT, batch, 3, size, size);
    INDArray labels = Nd4j.zeros(DataType.FLOAT, batch, CLASSES);
    for (int photo = 0; photo < batch; photo++) {
      labels.putScalar(photo, photo % CLASSES, 1);
    }
    DataSet step = new DataSet(photos, labels);
    Samples training = timed(() -> graph.fit(step), repeats, warmUpSeconds);
    Samples inference = timed(() -> graph.output(false, photos), repeats, warmUpSeconds);
    return new StepTime(
        architecture.name(),
        batch,
        size,
        NativeEngine.start().threads(),
        org.food4j.models.analysis.Parameters.trainable(graph),
        inference,
        training);
  }

  private static Samples timed(Runnable step, int repeats, double warmUpSeconds) {
    long begin = System.nanoTime();
    for (int i = 0; i < WARM_UP_STEPS || System.nanoTime() - begin < warmUpSeconds * 1e9; i++) {
      step.run();
    }
    List<Double> samples = new ArrayList<>();
    for (int i = 0; i < repeats; i++) {
      long start = System.nanoTime();
      step.run();
      samples.add((System.nanoTime() - start) / 1e6);
    }
    return new Samples(samples);
  }
}
