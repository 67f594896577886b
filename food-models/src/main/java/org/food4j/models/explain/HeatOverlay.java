package org.food4j.models.explain;

import java.util.Locale;
import org.food4j.data.photo.Photo;

/** Lays a heat map over a photo: the hotter a place, the more of the map's colour covers it. */
public final class HeatOverlay {
  /** How much the hottest place is covered: what is below must stay recognisable. */
  private static final double MOST = 0.72;

  /** Cold places keep their colours but step back. */
  private static final double COLD_LIGHT = 0.8;

  private HeatOverlay() {}

  /**
   * The photo under the map, which is resized to cover it.
   *
   * @param photo what the network saw, {@code Preprocessing.crop}'s; not modified
   * @return of the photo's size
   * @throws IllegalArgumentException if the map has more cells along a side than the photo pixels
   */
  public static Photo of(Photo photo, HeatMap heat) {
    if (heat.width() > photo.width() || heat.height() > photo.height()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "A heat map of %d x %d cells is laid over a photo of at least as many pixels, not %d x %d",
              heat.width(),
              heat.height(),
              photo.width(),
              photo.height()));
    }
    float[] values = heat.resized(photo.height(), photo.width()).values();
    byte[] rgb = new byte[photo.rgb().length];
    for (int pixel = 0; pixel < values.length; pixel++) {
      double cover = MOST * values[pixel];
      double light = COLD_LIGHT + (1 - COLD_LIGHT) * values[pixel];
      int color = HeatColors.of(values[pixel]);
      for (int channel = 0; channel < 3; channel++) {
        int below = photo.rgb()[3 * pixel + channel] & 0xff;
        int above = color >> 16 - 8 * channel & 0xff;
        rgb[3 * pixel + channel] = (byte) Math.round((1 - cover) * light * below + cover * above);
      }
    }
    return new Photo(photo.width(), photo.height(), rgb);
  }
}
