package org.food4j.models.kernel.onednn;

import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory;
import org.food4j.models.kernel.MeanMaxKernel;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The gradient of means and maxima of any axis, from how to take the means of it. */
abstract class MeanMax implements MeanMaxKernel {
  private final long outer;
  private final long reduced;
  private final long inner;
  private final memory.desc values;
  private final memory.desc results;
  private Reorder join;
  private Reorder split;
  private Binary equal;
  private Binary times;
  private Binary plus;

  /**
   * @param outer positions of the axis before the reduced one, and of the result
   * @param inner positions of the axis after it
   */
  MeanMax(long outer, long reduced, long inner, memory.desc values, memory.desc results) {
    this.outer = outer;
    this.reduced = reduced;
    this.inner = inner;
    this.values = values;
    this.results = results;
  }

  /** The mean over the axis. */
  abstract void mean(INDArray x, INDArray y);

  /** The maximum over the axis. */
  abstract void maximum(INDArray x, INDArray y);

  @Override
  public final void forward(INDArray x, INDArray y) {
    if (join == null) {
      join = new Reorder(Layouts.apart(outer, 2, inner), Layouts.rows(outer, 2, inner));
    }
    INDArray both = Nd4j.createUninitialized(x.dataType(), 2, outer, inner);
    mean(x, both.slice(0));
    maximum(x, both.slice(1));
    join.from().at(both);
    join.to().at(y);
    join.run();
  }

  /** Marks the maxima with ones in {@code dx}, counts them there, then makes gradients of them. */
  @Override
  public final void backward(INDArray x, INDArray y, INDArray dy, INDArray dx) {
    if (equal == null) {
      split = new Reorder(Layouts.rows(outer, 2, inner), Layouts.apart(outer, 2, inner));
      equal = new Binary(algorithm.binary_eq, values, results, null);
      times = new Binary(algorithm.binary_mul, values, results, null);
      plus = new Binary(algorithm.binary_add, values, results, null);
    }
    equal.run(x, split(y).slice(1), dx);
    INDArray share = Nd4j.createUninitialized(x.dataType(), outer, inner);
    mean(dx, share);
    INDArray gradients = split(dy);
    times.run(dx, share.muli(reduced).rdivi(gradients.slice(1)), dx);
    plus.run(dx, gradients.slice(0).divi(reduced), dx);
  }

  /** A copy {@code [2, outer, inner]}: ND4J reads and writes single columns slowly. */
  private INDArray split(INDArray both) {
    INDArray apart = Nd4j.createUninitialized(both.dataType(), 2, outer, inner);
    split.from().at(both);
    split.to().at(apart);
    split.run();
    return apart;
  }
}
