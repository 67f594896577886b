package org.food4j.data.transform;

import java.util.Random;
import org.food4j.data.photo.Photo;

/**
 * Rotates, shears, enlarges and moves the photo, in one warp with bilinear sampling; its size
 * stays. Each amount is drawn uniformly, as in torchvision's {@code RandomAffine}: about the
 * photo's middle, first the scale, then the shear of the horizontal and of the vertical axis, then
 * the rotation, then the shift.
 *
 * @param rotation largest angle either way in degrees, 0 to 180
 * @param shear largest angle either way in degrees, per axis, 0 to 60
 * @param minScale least size of what is shown, 0.1 to 1 (below 1: smaller)
 * @param maxScale its largest size, 1 to 10
 * @param shift largest way either way in shares of width and of height, 0 to 1
 * @param fill what appears at the edges
 */
public record RandomAffine(
    double rotation, double shear, double minScale, double maxScale, double shift, Fill fill)
    implements PhotoTransform {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a number is outside its range
   */
  public RandomAffine {
    Ranges.requireWithin("The rotation in degrees", rotation, 0, 180);
    Ranges.requireWithin("The shear in degrees", shear, 0, 60);
    Ranges.requireWithin("The least scale", minScale, 0.1, 1);
    Ranges.requireWithin("The largest scale", maxScale, 1, 10);
    Ranges.requireWithin("The shift", shift, 0, 1);
  }

  /**
   * Rotation alone.
   *
   * @param degrees largest angle either way, 0 to 180
   */
  public static RandomAffine rotation(double degrees, Fill fill) {
    return new RandomAffine(degrees, 0, 1, 1, 0, fill);
  }

  /**
   * Shear alone.
   *
   * @param degrees largest angle either way, per axis, 0 to 60
   */
  public static RandomAffine shear(double degrees, Fill fill) {
    return new RandomAffine(0, degrees, 1, 1, 0, fill);
  }

  @Override
  public Photo apply(Photo photo, Random random) {
    double angle = Math.toRadians(Ranges.around(rotation, random));
    double shearX = Math.tan(Math.toRadians(Ranges.around(shear, random)));
    double shearY = Math.tan(Math.toRadians(Ranges.around(shear, random)));
    double scale = Ranges.between(minScale, maxScale, random);
    double moveX = photo.width() * Ranges.around(shift, random);
    double moveY = photo.height() * Ranges.around(shift, random);
    return map(photo.width(), photo.height(), angle, shearX, shearY, scale, moveX, moveY)
        .apply(photo, fill);
  }

  /** From the result to the photo: the steps' inverses in the opposite order. */
  static Warp map(
      int width,
      int height,
      double angle,
      double shearX,
      double shearY,
      double scale,
      double moveX,
      double moveY) {
    // The result is rotation x (1 shearX; shearY 1 + shearX shearY) x scale; both determinants are
    // 1
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    double corner = 1 + shearX * shearY;
    double a = (corner * cos + shearX * sin) / scale;
    double b = (corner * sin - shearX * cos) / scale;
    double d = (-shearY * cos - sin) / scale;
    double e = (-shearY * sin + cos) / scale;
    double middleX = width / 2.0;
    double middleY = height / 2.0;
    return Warp.affine(
        a,
        b,
        middleX - a * (middleX + moveX) - b * (middleY + moveY),
        d,
        e,
        middleY - d * (middleX + moveX) - e * (middleY + moveY));
  }
}
