package org.food4j.models.kernel.nd4j;

import org.food4j.models.kernel.MapShape;
import org.food4j.models.kernel.MeanMaxKernel;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** On arrays seen as {@code [outer, reduced, inner]}. */
final class MeanMax implements MeanMaxKernel {
  private final long outer;
  private final long reduced;
  private final long inner;

  private MeanMax(long outer, long reduced, long inner) {
    this.outer = outer;
    this.reduced = reduced;
    this.inner = inner;
  }

  static MeanMax overPositions(MapShape shape) {
    return new MeanMax(shape.batch(), shape.positions(), shape.channels());
  }

  static MeanMax overChannels(MapShape shape) {
    return new MeanMax(shape.batch() * shape.positions(), shape.channels(), 1);
  }

  @Override
  public void forward(INDArray x, INDArray y) {
    INDArray values = ChannelSums.wide(x.reshape('c', outer, reduced, inner));
    part(y, 0).assign(values.sum(true, 1).divi(reduced));
    part(y, 1).assign(values.max(true, 1));
  }

  @Override
  public void backward(INDArray x, INDArray y, INDArray dy, INDArray dx) {
    INDArray values = x.reshape('c', outer, reduced, inner);
    INDArray found = values.eq(part(y, 1).dup('c')).castTo(x.dataType());
    INDArray sharing = ChannelSums.wide(found).sum(true, 1).castTo(x.dataType());
    INDArray ofMean = part(dy, 0).div(reduced);
    dx.reshape('c', true, outer, reduced, inner)
        .assign(found.muli(part(dy, 1).div(sharing)).addi(ofMean));
  }

  /** A view {@code [outer, 1, inner]} of the means or of the maxima. */
  private INDArray part(INDArray both, long which) {
    return both.reshape('c', true, outer, 2, inner)
        .get(NDArrayIndex.all(), NDArrayIndex.interval(which, which + 1), NDArrayIndex.all());
  }
}
