package org.food4j.models.kernel.onednn;

import org.bytedeco.dnnl.memory;
import org.food4j.models.kernel.ConvolutionShape;
import org.food4j.models.kernel.MapShape;
import org.food4j.models.kernel.Window;

/** Shapes in oneDNN's words: it names axes channels first, whatever their order in memory. */
final class Layouts {
  static final memory.format_tag CHANNELS_LAST = memory.format_tag.acdb;

  /** Sixteen channels of a place, then those of the next place: oneDNN's own order. */
  static final memory.format_tag BLOCKED = memory.format_tag.aBcd16b;

  /** Channels that a vector register of AVX-512 holds, and a block of the blocked layouts. */
  static final int BLOCK = 16;

  private Layouts() {}

  /** Maps, channels last in memory. */
  static memory.desc maps(MapShape shape) {
    return maps(shape, CHANNELS_LAST);
  }

  /** Maps, channels first in memory. */
  static memory.desc channelsFirst(MapShape shape) {
    return maps(shape, memory.format_tag.abcd);
  }

  /** Maps in any layout. */
  static memory.desc maps(MapShape shape, memory.format_tag layout) {
    return maps(shape, memory.data_type.f32, layout);
  }

  /** Maps of any type in any layout. */
  static memory.desc maps(MapShape shape, memory.data_type type, memory.format_tag layout) {
    long[] sizes = {shape.batch(), shape.channels(), shape.height(), shape.width()};
    return new memory.desc(sizes, type, layout);
  }

  /** Maps whose places are in one row. */
  static memory.desc rows(long batch, long positions, long channels) {
    return floats(memory.format_tag.abc, batch, positions, channels);
  }

  /** The same values as {@link #rows}, with the places in front of the batch in memory. */
  static memory.desc apart(long batch, long positions, long channels) {
    return floats(memory.format_tag.bac, batch, positions, channels);
  }

  /** Rows of values. */
  static memory.desc table(long rows, long columns) {
    return floats(memory.format_tag.ab, rows, columns);
  }

  /** Rows of values, column by column in memory. */
  static memory.desc turned(long rows, long columns) {
    return floats(memory.format_tag.ba, rows, columns);
  }

  /** One value per channel. */
  static memory.desc vector(long channels) {
    return floats(memory.format_tag.a, channels);
  }

  /** One value per channel, spread over the places of maps. */
  static memory.desc perChannel(long channels) {
    return floats(CHANNELS_LAST, 1, channels, 1, 1);
  }

  /** A convolution's kernels as PyTorch and our parameters keep them. */
  static memory.desc plainWeights(ConvolutionShape shape) {
    boolean dense = shape.groups() == 1;
    memory.format_tag rowMajor = dense ? memory.format_tag.abcd : memory.format_tag.abcde;
    return weights(shape, memory.data_type.f32, rowMajor);
  }

  /** A convolution's kernels of any type in the layout that oneDNN prefers. */
  static memory.desc anyWeights(ConvolutionShape shape, memory.data_type type) {
    return weights(shape, type, memory.format_tag.any);
  }

  private static memory.desc weights(
      ConvolutionShape shape, memory.data_type type, memory.format_tag tag) {
    long[] w = shape.weights();
    long groups = shape.groups();
    long[] sizes = groups == 1 ? w : new long[] {groups, w[0] / groups, w[1], w[2], w[3]};
    return new memory.desc(sizes, type, tag);
  }

  /** Height, width. */
  static long[] pair(Window.Size size) {
    return new long[] {size.height(), size.width()};
  }

  /** oneDNN counts the gaps between a kernel's values. */
  static long[] gaps(Window.Size dilation) {
    return new long[] {dilation.height() - 1, dilation.width() - 1};
  }

  private static memory.desc floats(memory.format_tag tag, long... dimensions) {
    return new memory.desc(dimensions, memory.data_type.f32, tag);
  }
}
