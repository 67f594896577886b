package org.food4j.models.layer;

import org.food4j.models.kernel.Kernels;
import org.food4j.models.kernel.MapShape;
import org.food4j.models.kernel.MeanMaxKernel;

/**
 * The two descriptions of a channel that channel attention reads (Woo et al. 2018, arXiv
 * 1807.06521, section 3.1): its mean and its maximum over all positions. {@code [batch, height,
 * width, channels]} to maps of two rows, {@code [batch, 2, 1, channels]}, means in the first.
 *
 * <p>One perceptron for both, which a graph cannot share between vertices, is a 1x1 convolution
 * over these two places; {@link PositionSum2d} then adds them.
 */
public final class GlobalMeanMax2d extends MeanMaxLayer {
  private static final long serialVersionUID = 1L;

  /** A layer without settings. */
  public GlobalMeanMax2d() {}

  @Override
  MapShape outputOf(MapShape maps) {
    return new MapShape(maps.batch(), 2, 1, maps.channels());
  }

  @Override
  MeanMaxKernel kernel(Kernels engine, MapShape maps) {
    return engine.meanMaxOverPositions(maps);
  }

  @Override
  public GlobalMeanMax2d clone() {
    return (GlobalMeanMax2d) super.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GlobalMeanMax2d && super.equals(other);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }
}
