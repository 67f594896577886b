package org.food4j.models.kernel.onednn;

import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.food4j.models.kernel.MapShape;
import org.food4j.models.kernel.Window;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The maximum over each row's channels. oneDNN 2.5 reduces a last axis value by value, and pools
 * whole registers: so the blocks of 16 channels are pooled into one, and that one, turned so that
 * its channels become places, is pooled again.
 */
final class ChannelMaxima {
  private final long rows;
  private final Pooling blocks;
  private final Reorder turn;
  private final Pooling places;

  ChannelMaxima(long rows, long channels) {
    this.rows = rows;
    long count = channels / Layouts.BLOCK;
    blocks = pooling(new MapShape(1, rows, count, Layouts.BLOCK), 1, (int) count);
    turn = new Reorder(Layouts.table(rows, Layouts.BLOCK), Layouts.turned(rows, Layouts.BLOCK));
    places = pooling(new MapShape(1, Layouts.BLOCK, 1, rows), Layouts.BLOCK, 1);
  }

  /** Whether there are whole blocks of channels. */
  static boolean takes(long channels) {
    return channels % Layouts.BLOCK == 0;
  }

  private static Pooling pooling(MapShape shape, int height, int width) {
    Window.Size none = Window.Size.square(0);
    Window.Size one = Window.Size.square(1);
    Window window = new Window(new Window.Size(height, width), one, one, none, none);
    return new Pooling(shape, window, algorithm.pooling_max);
  }

  /** Writes the maximum of each row. */
  void run(INDArray from, INDArray to) {
    INDArray block = Nd4j.createUninitialized(from.dataType(), rows, Layouts.BLOCK);
    INDArray turned = Nd4j.createUninitialized(from.dataType(), Layouts.BLOCK, rows);
    blocks.infer(from, block);
    turn.from().at(block);
    turn.to().at(turned);
    turn.run();
    places.infer(turned, to);
  }
}
