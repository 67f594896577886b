package org.food4j.train.loop;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.Axpy;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The exponential moving average of a graph's parameters over its steps. Batch normalisation's
 * running statistics are averaged with the weights, as timm's {@code ModelEma} does. Not
 * thread-safe.
 */
final class WeightAverage {
  private final double decay;
  private final INDArray values;

  /**
   * @param decay share that a step keeps at most, above 0 and below 1
   * @param start the parameters, or the average, before the next step; copied
   */
  WeightAverage(double decay, INDArray start) {
    this.decay = decay;
    values = start.dup();
  }

  /**
   * The share that a step keeps: less at first, {@code (1 + t) / (10 + t)}, so that the random
   * weights of the start are soon forgotten.
   *
   * @param step t, from 1
   */
  static double decay(double highest, long step) {
    return Math.min(highest, (1.0 + step) / (10.0 + step));
  }

  /**
   * Takes in the parameters after a step, or after several.
   *
   * @param step the last of them, from 1, over all epochs
   * @param steps how many, at least 1
   */
  void add(INDArray parameters, long step, int steps) {
    double kept = 1;
    for (int back = 0; back < steps; back++) {
      kept *= decay(decay, step - back);
    }
    values.muli(kept);
    Nd4j.exec(new Axpy(parameters, values, values, 1 - kept));
  }

  /**
   * The average of more parameters, which goes on where this one is.
   *
   * @param start of theirs; copied
   */
  WeightAverage from(INDArray start) {
    return new WeightAverage(decay, start);
  }

  /** The average itself, which the next step changes. */
  INDArray values() {
    return values;
  }
}
