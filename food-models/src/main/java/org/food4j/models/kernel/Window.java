package org.food4j.models.kernel;

/**
 * How a kernel slides over maps of a known size.
 *
 * @param kernel height and width
 * @param stride vertical and horizontal, at least 1
 * @param dilation distance of a kernel's neighbouring values, 1 for a dense kernel
 * @param before zeros added above and to the left
 * @param after zeros added below and to the right; below 0 where the last rows or columns are not
 *     used
 */
public record Window(Size kernel, Size stride, Size dilation, Size before, Size after) {
  /** A vertical and a horizontal measure. */
  public record Size(int height, int width) {
    /** The same measure both ways. */
    public static Size square(int side) {
      return new Size(side, side);
    }
  }

  /** A single window that sees all places of maps. */
  public static Window everything(MapShape maps) {
    Size one = Size.square(1);
    Size none = Size.square(0);
    Size all = new Size((int) maps.height(), (int) maps.width());
    return new Window(all, one, one, none, none);
  }

  /** The reach of the kernel with its dilation. */
  public static int reach(int kernel, int dilation) {
    return (kernel - 1) * dilation + 1;
  }

  /** Maps of {@code channels} that the window makes of these. */
  public MapShape output(MapShape input, long channels) {
    return new MapShape(
        input.batch(),
        places(
            input.height(),
            before.height() + after.height(),
            kernel.height(),
            dilation.height(),
            stride.height()),
        places(
            input.width(),
            before.width() + after.width(),
            kernel.width(),
            dilation.width(),
            stride.width()),
        channels);
  }

  private static long places(long size, int padding, int kernel, int dilation, int stride) {
    return (size + padding - reach(kernel, dilation)) / stride + 1;
  }
}
