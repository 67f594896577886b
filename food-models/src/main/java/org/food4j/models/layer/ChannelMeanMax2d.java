package org.food4j.models.layer;

import org.food4j.models.kernel.Kernels;
import org.food4j.models.kernel.MapShape;
import org.food4j.models.kernel.MeanMaxKernel;

/**
 * The two descriptions of a place that spatial attention reads (Woo et al. 2018, arXiv 1807.06521,
 * section 3.1): the mean and the maximum over all channels. {@code [batch, height, width,
 * channels]} to {@code [batch, height, width, 2]}, the mean first.
 */
public final class ChannelMeanMax2d extends MeanMaxLayer {
  private static final long serialVersionUID = 1L;

  /** A layer without settings. */
  public ChannelMeanMax2d() {}

  @Override
  MapShape outputOf(MapShape maps) {
    return maps.withChannels(2);
  }

  @Override
  MeanMaxKernel kernel(Kernels engine, MapShape maps) {
    return engine.meanMaxOverChannels(maps);
  }

  @Override
  public ChannelMeanMax2d clone() {
    return (ChannelMeanMax2d) super.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChannelMeanMax2d && super.equals(other);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }
}
