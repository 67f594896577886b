package org.food4j.data.transform;

import java.util.Random;
import org.food4j.data.photo.Photo;

/**
 * TrivialAugment with its wide space (Müller and Hutter 2021, arXiv 2103.10158): one operation,
 * drawn with equal probability, of a magnitude drawn uniformly from 0 to 30. Nothing to tune.
 *
 * <table>
 * <caption>Operations, and what the magnitude means</caption>
 * <tr><th>operation</th><th>at level 0</th><th>at level 30</th></tr>
 * <tr><td>identity, auto-contrast, equalize</td><td colspan="2">no magnitude</td></tr>
 * <tr><td>shear x, shear y (either way)</td><td>0</td><td>0.99 pixels per pixel</td></tr>
 * <tr><td>translate x, translate y (either way)</td><td>0</td><td>32 pixels</td></tr>
 * <tr><td>rotate (either way)</td><td>0°</td><td>135°</td></tr>
 * <tr><td>brightness, colour, contrast, sharpness</td><td>factor 1</td><td>1 ± 0.99</td></tr>
 * <tr><td>posterize</td><td>8 bits</td><td>2 bits</td></tr>
 * <tr><td>solarize</td><td>threshold 255</td><td>threshold 0</td></tr>
 * </table>
 *
 * <p>Between the levels amounts are linear. Table and numbers are those of torchvision's {@code
 * TrivialAugmentWide} with 31 bins; geometry is sampled bilinearly.
 *
 * @param solarizes whether solarize is among the operations, as in the paper. Its false colours
 *     cost more than they teach where colour tells the classes apart, as with food
 * @param fill what appears at the edges
 */
public record TrivialAugment(boolean solarizes, Fill fill) implements PhotoTransform {
  @Override
  public Photo apply(Photo photo, Random random) {
    Operation operation = Operation.any(solarizes, random);
    int magnitude = random.nextInt(Operation.MAX_MAGNITUDE + 1);
    return operation.apply(photo, magnitude, Operation.Reach.WIDE, fill, random);
  }
}
