package org.food4j.models.layer;

import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.food4j.models.kernel.MapShape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Arrays of feature maps as kernels take them. */
final class Maps {
  private Maps() {}

  /**
   * A layer's input as kernels take it: the array itself, or a copy that lives until the backward
   * pass, which a copy in the current workspace would not.
   */
  static INDArray input(LayerWorkspaceMgr workspaces, INDArray array, DataType type) {
    if (array.dataType() == type && isRowMajor(array)) {
      return array;
    }
    INDArray copy = workspaces.createUninitialized(ArrayType.ACTIVATIONS, type, array.shape(), 'c');
    return copy.assign(array);
  }

  /**
   * The array itself if it is row-major without gaps, as our own layers make it, else a copy in the
   * current workspace.
   */
  static INDArray rowMajor(INDArray array) {
    return isRowMajor(array) ? array : array.dup('c');
  }

  private static boolean isRowMajor(INDArray array) {
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

  /** An array whose values are to be written. */
  static INDArray allocate(
      LayerWorkspaceMgr workspaces, ArrayType kind, DataType type, MapShape shape) {
    return workspaces.createUninitialized(kind, type, shape.dimensions(), 'c');
  }

  /** As {@link #allocate(LayerWorkspaceMgr, ArrayType, DataType, MapShape)}, like another array. */
  static INDArray allocateLike(LayerWorkspaceMgr workspaces, ArrayType kind, INDArray other) {
    return workspaces.createUninitialized(kind, other.dataType(), other.shape(), 'c');
  }
}
