package org.food4j.train.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.food4j.data.preprocess.CropPosition;

/**
 * Test-time augmentation: a photo is seen several times, and the probabilities are averaged
 * (Krizhevsky et al. 2012, "ImageNet Classification with Deep Convolutional Neural Networks",
 * section 4.1, for the ten views). The views are always the same ones, all of the photo as the
 * preprocessing resizes it:
 *
 * <table>
 * <caption>Views by their number</caption>
 * <tr><td>1</td><td>the middle, as without augmentation</td></tr>
 * <tr><td>2</td><td>the middle; the middle mirrored left to right</td></tr>
 * <tr><td>5</td><td>the middle; the corners top left, top right, bottom left, bottom right</td></tr>
 * <tr><td>10</td><td>those five, each followed by its mirror image</td></tr>
 * </table>
 *
 * @param views each at most once, at least one
 */
public record TestTimeAugmentation(List<View> views) {
  /** The middle alone. */
  public static final TestTimeAugmentation NONE = of(1);

  /**
   * One look at a photo.
   *
   * @param position of the input in the resized photo
   * @param mirrored whether left and right change places
   */
  public record View(CropPosition position, boolean mirrored) {}

  /**
   * Copies the views.
   *
   * @throws IllegalArgumentException if there is none or one stands twice
   */
  public TestTimeAugmentation {
    views = List.copyOf(views);
    if (views.isEmpty() || views.stream().distinct().count() < views.size()) {
      throw new IllegalArgumentException("Views are one or more, all different, not " + views);
    }
  }

  /**
   * The views of that number.
   *
   * @throws IllegalArgumentException if it is not 1, 2, 5 or 10
   */
  public static TestTimeAugmentation of(int views) {
    Stream<CropPosition> positions =
        switch (views) {
          case 1, 2 -> Stream.of(CropPosition.CENTRE);
          case 5, 10 -> Arrays.stream(CropPosition.values());
          default ->
              throw new IllegalArgumentException(
                  "Test-time augmentation has 1, 2, 5 or 10 views, not " + views);
        };
    List<View> list = new ArrayList<>();
    positions.forEach(
        position -> {
          list.add(new View(position, false));
          if (views % 2 == 0) {
            list.add(new View(position, true));
          }
        });
    return new TestTimeAugmentation(list);
  }

  /** How many views a photo is seen in. */
  public int count() {
    return views.size();
  }
}
