package org.food4j.models.inference;

import org.food4j.data.preprocess.Preprocessing;

/** Normalised values back to the levels, 0 to 255, that they were made of. Immutable. */
public final class PixelLevels {
  private final float[] scale = new float[PhotoInput.CHANNELS];
  private final float[] shift = new float[PhotoInput.CHANNELS];

  /** The way back from a preprocessing's mean and standard deviation. */
  public PixelLevels(Preprocessing preprocessing) {
    for (int channel = 0; channel < scale.length; channel++) {
      scale[channel] = 255 * preprocessing.std().get(channel);
      shift[channel] = 255 * preprocessing.mean().get(channel);
    }
  }

  /**
   * The nearest level.
   *
   * @param channel 0 red, 1 green, 2 blue
   * @return to be read as unsigned
   */
  public byte of(float value, int channel) {
    int level = Math.round(value * scale[channel] + shift[channel]);
    return (byte) Math.max(0, Math.min(255, level));
  }
}
