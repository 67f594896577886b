package org.food4j.train.device;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * float32 arrays' values in row-major order, between ND4J's memory and Java's, which any thread,
 * device and process can take. Thread-safe, where nobody writes the array.
 */
public final class Values {
  private Values() {}

  /**
   * An array's values, copied.
   *
   * @throws IllegalArgumentException if it is not float32
   */
  public static float[] read(INDArray array) {
    requireFloat(array);
    try (INDArray copy = array.dup('c')) {
      float[] values = new float[(int) copy.length()];
      copy.data().asNioFloat().get(values); // at once: asFloat() asks for one after the other
      return values;
    }
  }

  static float[] read(List<INDArray> arrays) {
    float[] all = new float[arrays.stream().mapToInt(each -> (int) each.length()).sum()];
    int at = 0;
    for (INDArray array : arrays) {
      float[] values = read(array);
      System.arraycopy(values, 0, all, at, values.length);
      at += values.length;
    }
    return all;
  }

  /**
   * Gives an array these values.
   *
   * @param values as many as the array has
   * @throws IllegalArgumentException if it is not float32
   */
  public static void write(float[] values, INDArray array) {
    requireFloat(array);
    try (INDArray copy = Nd4j.create(values, array.shape(), 'c')) {
      array.assign(copy);
    }
  }

  static void write(float[] values, List<INDArray> arrays) {
    int at = 0;
    for (INDArray array : arrays) {
      float[] part = new float[(int) array.length()];
      System.arraycopy(values, at, part, 0, part.length);
      write(part, array);
      at += part.length;
    }
  }

  private static void requireFloat(INDArray array) {
    if (array.dataType() != DataType.FLOAT) {
      throw new IllegalArgumentException(
          "Values of float32 networks travel between devices and workers, not of "
              + array.dataType());
    }
  }
}
