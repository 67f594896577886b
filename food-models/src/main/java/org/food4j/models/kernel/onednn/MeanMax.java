package org.food4j.models.kernel.onednn;

import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory;
import org.food4j.models.kernel.MeanMaxKernel;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The gradient of means and maxima of any axis, from how to take the means of it. */
abstract class MeanMax implements MeanMaxKernel {
  private final long outer;
  private final long reduced;
  private final long inner;
  private final memory.desc values;
  private final memory.desc results;
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
    INDArray result = result(x);
    mean(x, result);
    part(y, 0).assign(result);
    maximum(x, result);
    part(y, 1).assign(result);
  }

  /** Marks the maxima with ones in {@code dx}, counts them there, then makes gradients of them. */
  @Override
  public final void backward(INDArray x, INDArray y, INDArray dy, INDArray dx) {
    if (equal == null) {
      equal = new Binary(algorithm.binary_eq, values, results, null);
      times = new Binary(algorithm.binary_mul, values, results, null);
      plus = new Binary(algorithm.binary_add, values, results, null);
    }
    equal.run(x, result(x).assign(part(y, 1)), dx);
    INDArray share = result(x);
    mean(dx, share);
    share.muli(reduced).rdivi(part(dy, 1));
    times.run(dx, share, dx);
    plus.run(dx, share.assign(part(dy, 0)).divi(reduced), dx);
  }

  private INDArray result(INDArray x) {
    return Nd4j.createUninitialized(x.dataType(), outer, inner);
  }

  /** A view {@code [outer, inner]} of the means or of the maxima. */
  private INDArray part(INDArray both, long which) {
    return both.reshape('c', true, outer, 2, inner)
        .get(NDArrayIndex.all(), NDArrayIndex.point(which), NDArrayIndex.all());
  }
}
