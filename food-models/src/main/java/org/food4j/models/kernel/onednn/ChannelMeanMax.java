package org.food4j.models.kernel.onednn;

import org.food4j.models.kernel.MapShape;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Mean and maximum over the channels of each position. */
final class ChannelMeanMax extends MeanMax {
  private final long rows;
  private final long channels;
  private final ChannelSums sums;

  /** Null where the channels are not whole blocks. */
  private final ChannelMaxima maxima;

  ChannelMeanMax(MapShape shape) {
    this(shape.batch() * shape.positions(), shape.channels());
  }

  private ChannelMeanMax(long rows, long channels) {
    super(rows, channels, 1, Layouts.table(rows, channels), Layouts.table(rows, 1));
    this.rows = rows;
    this.channels = channels;
    sums = new ChannelSums(rows, channels);
    maxima = ChannelMaxima.takes(channels) ? new ChannelMaxima(rows, channels) : null;
  }

  @Override
  void mean(INDArray x, INDArray y) {
    sums.run(x, 1.0 / channels, y);
  }

  @Override
  void maximum(INDArray x, INDArray y) {
    if (maxima == null) {
      y.assign(x.reshape('c', rows, channels).max(true, 1));
    } else {
      maxima.run(x, y);
    }
  }
}
