package org.food4j.models.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/** The order in which kernels take all arrays: the last axis next to each other, without gaps. */
public final class RowMajor {
  private RowMajor() {}

  /** Whether an array is in it; the stride of an axis of size 1 does not matter. */
  public static boolean is(INDArray array) {
    long[] shape = array.shape();
    long[] strides = array.stride();
    long expected = 1;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      if (shape[axis] != 1 && strides[axis] != expected) {
        return false;
      }
      expected *= shape[axis];
    }
    return true;
  }
}
