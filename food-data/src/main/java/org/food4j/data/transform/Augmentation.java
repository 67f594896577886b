package org.food4j.data.transform;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.food4j.data.preprocess.Preprocessing;

/**
 * Named amounts of augmentation.
 *
 * <table>
 * <caption>Presets</caption>
 * <tr><th></th><th>area of the crop</th><th>its aspect ratio</th><th>flip</th><th>brightness, contrast</th></tr>
 * <tr><td>none</td><td colspan="4">evaluation's centre crop</td></tr>
 * <tr><td>light</td><td>0.7 to 1</td><td>3/4 to 4/3</td><td>0.5</td><td>± 0.1</td></tr>
 * <tr><td>standard</td><td>0.35 to 1</td><td>3/4 to 4/3</td><td>0.5</td><td>± 0.3</td></tr>
 * </table>
 */
public enum Augmentation {
  /** No randomness: training sees what evaluation sees. */
  NONE {
    @Override
    public PhotoTransform transform(Preprocessing preprocessing) {
      return new CentreCrop(preprocessing);
    }
  },

  /** For fine-tuning pretrained weights in a few epochs. */
  LIGHT {
    @Override
    public PhotoTransform transform(Preprocessing preprocessing) {
      return cropFlipJitter(preprocessing, 0.7, 0.1);
    }
  },

  /** For training from scratch. */
  STANDARD {
    @Override
    public PhotoTransform transform(Preprocessing preprocessing) {
      return cropFlipJitter(preprocessing, 0.35, 0.3);
    }
  };

  /**
   * The transforms of the preset.
   *
   * @param preprocessing decides the size of the result and the filter of the resize
   * @return from a decoded photo of any size to {@code inputSize} x {@code inputSize} pixels
   */
  public abstract PhotoTransform transform(Preprocessing preprocessing);

  /** The name in files and on the command line: {@code none}, {@code light}, {@code standard}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The preset of that name.
   *
   * @throws IllegalArgumentException for any other name
   */
  public static Augmentation of(String key) {
    for (Augmentation augmentation : values()) {
      if (augmentation.key().equals(key)) {
        return augmentation;
      }
    }
    throw new IllegalArgumentException(
        "There is no augmentation '%s': use one of %s"
            .formatted(
                key,
                Arrays.stream(values()).map(Augmentation::key).collect(Collectors.joining(", "))));
  }

  private static PhotoTransform cropFlipJitter(
      Preprocessing preprocessing, double minArea, double jitter) {
    return PhotoTransform.sequence(
        new RandomResizedCrop(
            preprocessing.inputSize(), minArea, 1, 3.0 / 4, 4.0 / 3, preprocessing.interpolation()),
        new HorizontalFlip(0.5),
        new ColorJitter(jitter, jitter, 0));
  }
}
