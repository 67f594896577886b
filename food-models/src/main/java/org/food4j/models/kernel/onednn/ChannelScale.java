package org.food4j.models.kernel.onednn;

import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory;
import org.food4j.models.kernel.ChannelScaleKernel;
import org.food4j.models.kernel.MapShape;
import org.food4j.models.kernel.Window;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One photo at a time: oneDNN has a fast product with one factor per channel, and none with one per
 * photo and channel. Besides, a photo's maps stay in the cache from one pass to the next.
 */
final class ChannelScale implements ChannelScaleKernel {
  private final MapShape shape;
  private final MapShape photo;
  private final Binary scale;
  private Binary product;
  private Pooling mean;

  ChannelScale(MapShape shape) {
    this.shape = shape;
    photo = new MapShape(1, shape.height(), shape.width(), shape.channels());
    memory.desc factors = Layouts.perChannel(shape.channels());
    scale = new Binary(algorithm.binary_mul, Layouts.maps(photo), factors, null);
  }

  @Override
  public void forward(INDArray maps, INDArray factors, INDArray y) {
    for (long n = 0; n < shape.batch(); n++) {
      scale(maps, factors, y, n);
    }
  }

  @Override
  public void backward(
      INDArray maps, INDArray factors, INDArray dy, INDArray dMaps, INDArray dFactors) {
    if (product == null) {
      memory.desc one = Layouts.maps(photo);
      product = new Binary(algorithm.binary_mul, one, one, null);
      Window.Size all = new Window.Size((int) shape.height(), (int) shape.width());
      Window.Size none = Window.Size.square(0);
      Window everything = new Window(all, all, Window.Size.square(1), none, none);
      mean = new Pooling(photo, everything, algorithm.pooling_avg_exclude_padding);
    }
    INDArray products = Nd4j.createUninitialized(maps.dataType(), photo.dimensions(), 'c');
    long batch = shape.batch();
    for (long n = 0; n < batch; n++) {
      product.first().at(maps, n, batch);
      product.second().at(dy, n, batch);
      product.result().at(products);
      product.run();
      mean.inferInto(products, dFactors, n, batch);
      scale(dy, factors, dMaps, n);
    }
    dFactors.muli(shape.positions()); // from the mean over the positions to their sum
  }

  private void scale(INDArray maps, INDArray factors, INDArray y, long n) {
    long batch = shape.batch();
    scale.first().at(maps, n, batch);
    scale.second().at(factors, n, batch);
    scale.result().at(y, n, batch);
    scale.run();
  }
}
