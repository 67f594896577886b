package org.food4j.models.kernel;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The shape of a batch of feature maps {@code [batch, height, width, channels]}, channels last in
 * memory. A batch of vectors {@code [batch, channels]} is one of maps with a single position.
 */
public record MapShape(long batch, long height, long width, long channels) {
  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if one is below 1
   */
  public MapShape {
    if (batch < 1 || height < 1 || width < 1 || channels < 1) {
      throw new IllegalArgumentException(
          "Feature maps have at least one value along each axis, not "
              + Arrays.toString(new long[] {batch, height, width, channels}));
    }
  }

  /**
   * The shape of an array of rank 4, or of rank 2 as maps of one position.
   *
   * @throws IllegalArgumentException for another rank
   */
  public static MapShape of(INDArray maps) {
    return switch (maps.rank()) {
      case 4 -> new MapShape(maps.size(0), maps.size(1), maps.size(2), maps.size(3));
      case 2 -> new MapShape(maps.size(0), 1, 1, maps.size(1));
      default ->
          throw new IllegalArgumentException(
              "Feature maps are [batch, height, width, channels] or [batch, channels], not "
                  + Arrays.toString(maps.shape()));
    };
  }

  /** {@code [batch, height, width, channels]}. */
  public long[] dimensions() {
    return new long[] {batch, height, width, channels};
  }

  /** Places per map: height times width. */
  public long positions() {
    return height * width;
  }

  /** Values in all maps. */
  public long length() {
    return batch * height * width * channels;
  }

  /** Maps of the same places with other channels. */
  public MapShape withChannels(long count) {
    return new MapShape(batch, height, width, count);
  }
}
