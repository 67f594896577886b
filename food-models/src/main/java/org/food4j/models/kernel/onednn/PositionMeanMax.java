package org.food4j.models.kernel.onednn;

import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.food4j.models.kernel.MapShape;
import org.food4j.models.kernel.Window;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Mean and maximum over the positions of each channel. */
final class PositionMeanMax extends MeanMax {
  private final Pooling mean;
  private final Pooling maximum;

  PositionMeanMax(MapShape shape) {
    super(
        shape.batch(),
        shape.positions(),
        shape.channels(),
        Layouts.rows(shape.batch(), shape.positions(), shape.channels()),
        Layouts.rows(shape.batch(), 1, shape.channels()));
    Window all = Window.everything(shape);
    mean = new Pooling(shape, all, algorithm.pooling_avg_exclude_padding);
    maximum = new Pooling(shape, all, algorithm.pooling_max);
  }

  @Override
  void mean(INDArray x, INDArray y) {
    mean.infer(x, y);
  }

  @Override
  void maximum(INDArray x, INDArray y) {
    maximum.infer(x, y);
  }
}
