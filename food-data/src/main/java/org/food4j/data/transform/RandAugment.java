package org.food4j.data.transform;

import java.util.Random;
import org.food4j.data.photo.Photo;

/**
 * RandAugment (Cubuk et al. 2019, arXiv 1909.13719): operations drawn with equal probability, with
 * replacement, one after the other, all of the same magnitude.
 *
 * <table>
 * <caption>Operations, and what the magnitude means</caption>
 * <tr><th>operation</th><th>at level 0</th><th>at level 30</th></tr>
 * <tr><td>identity, auto-contrast, equalize</td><td colspan="2">no magnitude</td></tr>
 * <tr><td>shear x, shear y (either way)</td><td>0</td><td>0.3 pixels per pixel</td></tr>
 * <tr><td>translate x, translate y (either way)</td><td>0</td><td>45 % of the side</td></tr>
 * <tr><td>rotate (either way)</td><td>0°</td><td>30°</td></tr>
 * <tr><td>brightness, colour, contrast, sharpness</td><td>factor 1</td><td>1 ± 0.9</td></tr>
 * <tr><td>posterize</td><td>8 bits</td><td>4 bits</td></tr>
 * <tr><td>solarize</td><td>threshold 255</td><td>threshold 0</td></tr>
 * </table>
 *
 * <p>Between the levels amounts are linear. Table and numbers are those of torchvision's {@code
 * RandAugment} with 31 bins; geometry is sampled bilinearly.
 *
 * @param operations how many, N in the paper, 0 to 10; usually 2
 * @param magnitude their level, M in the paper, 0 to 30; usually 5 to 15
 * @param fill what appears at the edges
 */
public record RandAugment(int operations, int magnitude, Fill fill) implements PhotoTransform {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  public RandAugment {
    Ranges.requireWithin("The number of operations", operations, 0, 10);
    Ranges.requireWithin("The magnitude", magnitude, 0, Operation.MAX_MAGNITUDE);
  }

  @Override
  public Photo apply(Photo photo, Random random) {
    Photo result = photo;
    for (int n = 0; n < operations; n++) {
      result =
          Operation.any(true, random).apply(result, magnitude, Operation.Reach.USUAL, fill, random);
    }
    return result;
  }
}
