package org.food4j.data.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.food4j.data.photo.Photo;
import org.food4j.data.split.SplitTargets;
import org.junit.jupiter.api.Test;

/** The drawings are only worth training on if colours in their places do not give them away. */
class ThumbnailBaselineTest {
  private static final int SIDE = 8;
  private static final int CLASSES = DrawnDishes.labels().size();

  @Test
  void nearestThumbnail_onDrawnDishes_isRightLessThanHalfOfTheTime() {
    int known = SplitTargets.DEFAULT.train(); // as many as a training sees
    int asked = 10;
    float[][] knownThumbnails = thumbnails(new DrawnDishes(21), known);
    float[][] askedThumbnails = thumbnails(new DrawnDishes(22), asked);
    int right = 0;
    for (int i = 0; i < askedThumbnails.length; i++) {
      if (nearest(askedThumbnails[i], knownThumbnails) / known == i / asked) {
        right++;
      }
    }
    assertThat((double) right / askedThumbnails.length).isLessThan(0.5);
  }

  private static float[][] thumbnails(DrawnDishes dishes, int perClass) {
    return IntStream.range(0, CLASSES * perClass)
        .parallel()
        .mapToObj(i -> thumbnail(dishes.draw(i / perClass, i % perClass).photo()))
        .toArray(float[][]::new);
  }

  private static int nearest(float[] thumbnail, float[][] others) {
    int best = 0;
    double least = Double.MAX_VALUE;
    for (int i = 0; i < others.length; i++) {
      double distance = 0;
      for (int k = 0; k < thumbnail.length; k++) {
        double d = thumbnail[k] - others[i][k];
        distance += d * d;
      }
      if (distance < least) {
        least = distance;
        best = i;
      }
    }
    return best;
  }

  /** {@code [8, 8, 3]}, the mean of each cell of the whole photo. */
  private static float[] thumbnail(Photo photo) {
    float[] sums = new float[SIDE * SIDE * 3];
    int[] counts = new int[SIDE * SIDE];
    for (int y = 0; y < photo.height(); y++) {
      for (int x = 0; x < photo.width(); x++) {
        int cell = y * SIDE / photo.height() * SIDE + x * SIDE / photo.width();
        counts[cell]++;
        for (int c = 0; c < 3; c++) {
          sums[3 * cell + c] += photo.rgb()[3 * (y * photo.width() + x) + c] & 255;
        }
      }
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] /= counts[i / 3];
    }
    return sums;
  }
}
