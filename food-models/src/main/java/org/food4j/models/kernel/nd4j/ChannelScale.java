package org.food4j.models.kernel.nd4j;

import org.food4j.models.kernel.ChannelScaleKernel;
import org.food4j.models.kernel.MapShape;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastMulOp;
import org.nd4j.linalg.factory.Nd4j;

final class ChannelScale implements ChannelScaleKernel {
  private final MapShape shape;

  ChannelScale(MapShape shape) {
    this.shape = shape;
  }

  @Override
  public void forward(INDArray maps, INDArray factors, INDArray y) {
    Nd4j.exec(new BroadcastMulOp(positions(maps), factors, positions(y), 0, 2));
  }

  @Override
  public void backward(
      INDArray maps, INDArray factors, INDArray dy, INDArray dMaps, INDArray dFactors) {
    forward(dy, factors, dMaps);
    dFactors.assign(ChannelSums.wide(positions(dy.mul(maps))).sum(1));
  }

  /** The same values as {@code [batch, positions, channels]}. */
  private INDArray positions(INDArray maps) {
    return maps.reshape('c', true, shape.batch(), shape.positions(), shape.channels());
  }
}
