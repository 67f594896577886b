package org.food4j.models.layer;

import java.util.Arrays;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.food4j.models.kernel.MapShape;
import org.food4j.models.kernel.RowMajor;
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
    if (array.dataType() == type && RowMajor.is(array)) {
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
    return RowMajor.is(array) ? array : array.dup('c');
  }

  /**
   * The gradient with respect to an output, as kernels take it.
   *
   * @param shape the output's
   * @throws IllegalStateException if the gradient has another shape
   */
  static INDArray gradient(INDArray epsilon, long[] shape, String name) {
    if (!Arrays.equals(epsilon.shape(), shape)) {
      throw new IllegalStateException(
          "The gradient for the output of \"%s\" is %s, the output %s"
              .formatted(name, Arrays.toString(epsilon.shape()), Arrays.toString(shape)));
    }
    return rowMajor(epsilon);
  }

  /**
   * What a backward pass needs.
   *
   * @param kept null if the last forward pass was one of inference
   * @throws IllegalStateException if it is null
   */
  static <T> T ofTrainingPass(T kept, String name) {
    if (kept == null) {
      throw new IllegalStateException(
          "The backward pass of \"%s\" needs a forward pass in training mode before it: to freeze layers, use FrozenLayer or FrozenVertex, which end the backward pass"
              .formatted(name));
    }
    return kept;
  }

  /**
   * Feature maps have no time steps.
   *
   * @throws IllegalArgumentException if there is a mask
   */
  static void refuseMask(INDArray mask, String name) {
    if (mask != null) {
      throw new IllegalArgumentException(
          "\"%s\" cannot mask feature maps; a mask of shape %s reached it"
              .formatted(name, Arrays.toString(mask.shape())));
    }
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
