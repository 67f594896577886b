package org.food4j.models.kernel.onednn;

import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.food4j.models.kernel.MapShape;
import org.food4j.models.kernel.PositionScaleKernel;
import org.nd4j.linalg.api.ndarray.INDArray;

/** On rows of channels, described with two axes: for four oneDNN 2.5 computes value by value. */
final class PositionScale implements PositionScaleKernel {
  private final long rows;
  private final long channels;
  private final Binary scale;
  private Binary product;
  private ChannelSums sums;

  PositionScale(MapShape shape) {
    rows = shape.batch() * shape.positions();
    channels = shape.channels();
    scale =
        new Binary(
            algorithm.binary_mul, Layouts.table(rows, channels), Layouts.table(rows, 1), null);
  }

  @Override
  public void forward(INDArray maps, INDArray factors, INDArray y) {
    scale.run(maps, factors, y);
  }

  @Override
  public void backward(
      INDArray maps, INDArray factors, INDArray dy, INDArray dMaps, INDArray dFactors) {
    if (product == null) {
      product =
          new Binary(
              algorithm.binary_mul,
              Layouts.table(rows, channels),
              Layouts.table(rows, channels),
              null);
      sums = new ChannelSums(rows, channels);
    }
    // dMaps holds the products until they are summed
    product.run(maps, dy, dMaps);
    sums.run(dMaps, 1, dFactors);
    scale.run(dy, factors, dMaps);
  }
}
