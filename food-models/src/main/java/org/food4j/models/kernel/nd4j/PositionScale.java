package org.food4j.models.kernel.nd4j;

import org.food4j.models.kernel.MapShape;
import org.food4j.models.kernel.PositionScaleKernel;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastMulOp;
import org.nd4j.linalg.factory.Nd4j;

final class PositionScale implements PositionScaleKernel {
  private final long rows;
  private final long channels;

  PositionScale(MapShape shape) {
    rows = shape.batch() * shape.positions();
    channels = shape.channels();
  }

  @Override
  public void forward(INDArray maps, INDArray factors, INDArray y) {
    Nd4j.exec(new BroadcastMulOp(rows(maps), factors.reshape(rows), rows(y), 0));
  }

  @Override
  public void backward(
      INDArray maps, INDArray factors, INDArray dy, INDArray dMaps, INDArray dFactors) {
    forward(dy, factors, dMaps);
    dFactors.reshape(rows).assign(ChannelSums.wide(rows(dy.mul(maps))).sum(1));
  }

  private INDArray rows(INDArray maps) {
    return maps.reshape('c', true, rows, channels);
  }
}
