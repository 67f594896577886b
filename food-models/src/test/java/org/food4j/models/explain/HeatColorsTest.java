package org.food4j.models.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.DoubleSummaryStatistics;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeatColorsTest {
  @Test
  void colors_fromColdToHot_getLighterAllTheWay() {
    for (int i = 1; i < 256; i++) {
      assertThat(luminance(HeatColors.of(i / 255.0)))
          .isGreaterThan(luminance(HeatColors.of((i - 1) / 255.0)));
    }
  }

  @Test
  void colors_inEqualSteps_lookEquallyFar() {
    DoubleSummaryStatistics steps =
        IntStream.range(0, 16)
            .mapToDouble(i -> distance(HeatColors.of(i / 16.0), HeatColors.of((i + 1) / 16.0)))
            .summaryStatistics();
    assertThat(steps.getMin()).isGreaterThan(0.85 * steps.getMax());
  }

  /** CIE 1931 Y. */
  private static double luminance(int rgb) {
    return 0.2126 * linear(rgb >> 16 & 255)
        + 0.7152 * linear(rgb >> 8 & 255)
        + 0.0722 * linear(rgb & 255);
  }

  private static double linear(int value) {
    double v = value / 255.0;
    return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
  }

  /** In Oklab, from the 8-bit colours by way of CIE XYZ, as its author defines it. */
  private static double distance(int first, int second) {
    double[] a = oklab(first);
    double[] b = oklab(second);
    return Math.hypot(a[0] - b[0], Math.hypot(a[1] - b[1], a[2] - b[2]));
  }

  private static double[] oklab(int rgb) {
    double r = linear(rgb >> 16 & 255);
    double g = linear(rgb >> 8 & 255);
    double b = linear(rgb & 255);
    double x = 0.4124564 * r + 0.3575761 * g + 0.1804375 * b;
    double y = 0.2126729 * r + 0.7151522 * g + 0.0721750 * b;
    double z = 0.0193339 * r + 0.1191920 * g + 0.9503041 * b;
    double l = Math.cbrt(0.8189330101 * x + 0.3618667424 * y - 0.1288597137 * z);
    double m = Math.cbrt(0.0329845436 * x + 0.9293118715 * y + 0.0361456387 * z);
    double s = Math.cbrt(0.0482003018 * x + 0.2643662691 * y + 0.6338517070 * z);
    return new double[] {
      0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
      1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
      0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
    };
  }
}
