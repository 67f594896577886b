package org.food4j.models.layer;

import org.food4j.models.kernel.Window;

/**
 * The zeros around a layer's input.
 *
 * @param same TensorFlow's rule: as many as make the output {@code ceil(input / stride)}, the odd
 *     one below and to the right; {@code rows} and {@code columns} do not count then
 * @param rows zeros above, and as many below
 * @param columns zeros to the left, and as many to the right
 */
record Padding(boolean same, int rows, int columns) {
  /** The window for an input of a known size. */
  Window window(long height, long width, int[] kernel, int[] stride, int[] dilation) {
    int above = rows;
    int below = rows;
    int left = columns;
    int right = columns;
    if (same) {
      int vertical = sameTotal(height, kernel[0], stride[0], dilation[0]);
      int horizontal = sameTotal(width, kernel[1], stride[1], dilation[1]);
      above = vertical / 2;
      below = vertical - above;
      left = horizontal / 2;
      right = horizontal - left;
    }
    return new Window(
        new Window.Size(kernel[0], kernel[1]),
        new Window.Size(stride[0], stride[1]),
        new Window.Size(dilation[0], dilation[1]),
        new Window.Size(above, left),
        new Window.Size(below, right));
  }

  private static int sameTotal(long size, int kernel, int stride, int dilation) {
    long places = (size + stride - 1) / stride;
    long total = (places - 1) * stride + Window.reach(kernel, dilation) - size;
    return (int) Math.max(0, total);
  }
}
