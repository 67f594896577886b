package org.food4j.models.kernel.onednn;

import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory;
import org.food4j.models.kernel.ChannelScaleKernel;
import org.food4j.models.kernel.MapShape;
import org.food4j.models.kernel.Window;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The maps are described as {@code [batch, positions, channels]}: for the same memory as {@code
 * [batch, channels, height, width]} oneDNN 2.5 computes some sizes value by value, a hundred times
 * slower.
 */
final class ChannelScale implements ChannelScaleKernel {
  /** Bytes of a photo's maps above which the products of one photo at a time stay in the cache. */
  private static final long LARGE = 128 << 10;

  private final MapShape shape;
  private final Binary scale;

  /** Photos whose products are computed at once. */
  private final MapShape part;

  private Binary product;
  private Pooling mean;

  ChannelScale(MapShape shape) {
    this.shape = shape;
    long photo = shape.positions() * shape.channels();
    long together = photo * Float.BYTES > LARGE ? 1 : shape.batch();
    part = new MapShape(together, shape.height(), shape.width(), shape.channels());
    scale =
        new Binary(
            algorithm.binary_mul,
            Layouts.rows(shape.batch(), shape.positions(), shape.channels()),
            Layouts.rows(shape.batch(), 1, shape.channels()),
            null);
  }

  @Override
  public void forward(INDArray maps, INDArray factors, INDArray y) {
    scale.run(maps, factors, y);
  }

  @Override
  public void backward(
      INDArray maps, INDArray factors, INDArray dy, INDArray dMaps, INDArray dFactors) {
    if (product == null) {
      memory.desc values = Layouts.maps(part);
      product = new Binary(algorithm.binary_mul, values, values, null);
      mean = new Pooling(part, Window.everything(part), algorithm.pooling_avg_exclude_padding);
    }
    INDArray products = Nd4j.createUninitialized(maps.dataType(), part.dimensions(), 'c');
    long parts = shape.batch() / part.batch();
    for (long n = 0; n < parts; n++) {
      product.first().at(maps, n, parts);
      product.second().at(dy, n, parts);
      product.result().at(products);
      product.run();
      mean.inferInto(products, dFactors, n, parts);
    }
    dFactors.muli(shape.positions()); // from the mean over the positions to their sum
    scale.run(dy, factors, dMaps);
  }
}
