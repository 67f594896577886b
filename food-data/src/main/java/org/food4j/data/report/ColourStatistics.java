package org.food4j.data.report;

import java.util.ArrayList;
import java.util.List;
import org.food4j.data.photo.Photo;

/**
 * Mean and standard deviation of red, green and blue, 0 (none) to 1, over the pixels of photos that
 * count the same whatever their size.
 *
 * @param photos looked at
 * @param mean of red, green, blue; zeros where there is no photo
 * @param std standard deviation of red, green, blue over all pixels
 */
public record ColourStatistics(int photos, List<Double> mean, List<Double> std) {
  private static final int CHANNELS = 3;

  /** Copies the lists. */
  public ColourStatistics {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
  }

  static ColourStatistics of(Photo photo) {
    long[] sums = new long[CHANNELS];
    long[] squares = new long[CHANNELS];
    byte[] rgb = photo.rgb();
    for (int i = 0; i < rgb.length; i++) {
      int level = rgb[i] & 0xff;
      sums[i % CHANNELS] += level;
      squares[i % CHANNELS] += (long) level * level;
    }
    double pixels = rgb.length / (double) CHANNELS;
    List<Double> mean = new ArrayList<>();
    List<Double> std = new ArrayList<>();
    for (int channel = 0; channel < CHANNELS; channel++) {
      double level = sums[channel] / pixels;
      mean.add(level / 255);
      std.add(Math.sqrt(Math.max(0, squares[channel] / pixels - level * level)) / 255);
    }
    return new ColourStatistics(1, mean, std);
  }

  /** Of several sets of photos together, each photo counting the same. */
  static ColourStatistics mean(List<ColourStatistics> parts) {
    int photos = parts.stream().mapToInt(ColourStatistics::photos).sum();
    List<Double> mean = new ArrayList<>();
    List<Double> std = new ArrayList<>();
    for (int channel = 0; channel < CHANNELS; channel++) {
      double first = 0;
      double second = 0;
      for (ColourStatistics part : parts) {
        double m = part.mean.get(channel);
        double s = part.std.get(channel);
        first += part.photos * m;
        second += part.photos * (m * m + s * s);
      }
      double m = photos == 0 ? 0 : first / photos;
      mean.add(m);
      std.add(photos == 0 ? 0 : Math.sqrt(Math.max(0, second / photos - m * m)));
    }
    return new ColourStatistics(photos, mean, std);
  }
}
