package org.food4j.data.transform;

import java.util.Random;
import org.food4j.data.photo.Photo;

/**
 * Shows the photo as if seen from the side, sometimes: each corner moves towards the middle by ways
 * drawn uniformly, as in torchvision's {@code RandomPerspective}. Bilinear sampling.
 *
 * @param probability of doing it, 0 to 1
 * @param distortion the longest way in halves of width and of height, 0 to below 1
 * @param fill what appears at the edges
 */
public record RandomPerspective(double probability, double distortion, Fill fill)
    implements PhotoTransform {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  public RandomPerspective {
    Ranges.requireProbability(probability);
    Ranges.requireWithin("The distortion", distortion, 0, Math.nextDown(1.0));
  }

  @Override
  public Photo apply(Photo photo, Random random) {
    if (random.nextDouble() >= probability) {
      return photo;
    }
    int width = photo.width();
    int height = photo.height();
    double[] corners = new double[8];
    for (int corner = 0; corner < 4; corner++) {
      double inX = random.nextDouble() * distortion * width / 2;
      double inY = random.nextDouble() * distortion * height / 2;
      corners[2 * corner] = corner == 0 || corner == 3 ? inX : width - inX;
      corners[2 * corner + 1] = corner < 2 ? inY : height - inY;
    }
    return map(width, height, corners).apply(photo, fill);
  }

  /**
   * The map that takes a convex quadrilateral of the result to the whole photo: the inverse of the
   * map from a square to a quadrilateral (P. Heckbert 1989, <i>Fundamentals of Texture Mapping and
   * Image Warping</i>, section 2.2.3).
   *
   * @param q x and y of the corners: upper left, upper right, lower right, lower left
   */
  static Warp map(int width, int height, double... q) {
    double sumX = q[0] - q[2] + q[4] - q[6];
    double sumY = q[1] - q[3] + q[5] - q[7];
    double dx1 = q[2] - q[4];
    double dx2 = q[6] - q[4];
    double dy1 = q[3] - q[5];
    double dy2 = q[7] - q[5];
    double determinant = dx1 * dy2 - dx2 * dy1;
    double g = (sumX * dy2 - dx2 * sumY) / determinant;
    double h = (dx1 * sumY - sumX * dy1) / determinant;
    double a = q[2] - q[0] + g * q[2];
    double b = q[6] - q[0] + h * q[6];
    double c = q[0];
    double d = q[3] - q[1] + g * q[3];
    double e = q[7] - q[1] + h * q[7];
    double f = q[1];
    // The adjoint of (a b c; d e f; g h 1) is its inverse up to a factor
    double n = a * e - b * d;
    return new Warp(
        width * (e - f * h) / n,
        width * (c * h - b) / n,
        width * (b * f - c * e) / n,
        height * (f * g - d) / n,
        height * (a - c * g) / n,
        height * (c * d - a * f) / n,
        (d * h - e * g) / n,
        (b * g - a * h) / n);
  }
}
