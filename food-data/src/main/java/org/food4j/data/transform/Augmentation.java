package org.food4j.data.transform;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.food4j.data.preprocess.CropPosition;
import org.food4j.data.preprocess.Preprocessing;

/**
 * Named amounts of augmentation. The first transform is always the crop, so that all others work on
 * as few pixels as the network sees.
 *
 * <table>
 * <caption>Presets</caption>
 * <tr><th></th><th>none</th><th>light</th><th>standard</th><th>strong</th></tr>
 * <tr><td>area of the crop ({@link RandomResizedCrop})</td>
 *   <td>evaluation's centre crop</td><td>0.7 to 1</td><td>0.35 to 1</td><td>0.25 to 1</td></tr>
 * <tr><td>its aspect ratio</td><td></td><td colspan="3">3/4 to 4/3</td></tr>
 * <tr><td>{@link HorizontalFlip}</td><td></td><td colspan="3">0.5</td></tr>
 * <tr><td>brightness, contrast ({@link ColorJitter})</td>
 *   <td></td><td>± 0.1</td><td>± 0.3</td><td></td></tr>
 * <tr><td>{@link TrivialAugment}</td><td></td><td></td><td></td><td>without solarize</td></tr>
 * <tr><td>{@link RandomErasing}</td><td></td><td></td><td></td><td>0.25, noise</td></tr>
 * </table>
 */
public enum Augmentation {
  /** No randomness: training sees what evaluation sees. */
  NONE {
    @Override
    public PhotoTransform transform(Preprocessing preprocessing) {
      return new FixedCrop(preprocessing, CropPosition.CENTRE);
    }
  },

  /** For fine-tuning pretrained weights in a few epochs. */
  LIGHT {
    @Override
    public PhotoTransform transform(Preprocessing preprocessing) {
      return cropFlipJitter(preprocessing, 0.7, 0.1);
    }
  },

  /** For training from scratch in some tens of epochs. */
  STANDARD {
    @Override
    public PhotoTransform transform(Preprocessing preprocessing) {
      return cropFlipJitter(preprocessing, 0.35, 0.3);
    }
  },

  /**
   * For training from scratch in a hundred epochs and more; fewer are too few to learn from photos
   * as hard as these. Goes well with mixup and cutmix.
   */
  STRONG {
    @Override
    public PhotoTransform transform(Preprocessing preprocessing) {
      return PhotoTransform.sequence(
          crop(preprocessing, 0.25),
          new HorizontalFlip(0.5),
          new TrivialAugment(false, Fill.MEAN_COLOUR),
          RandomErasing.of(0.25, RandomErasing.Cover.NOISE));
    }
  };

  /**
   * The transforms of the preset.
   *
   * @param preprocessing decides the size of the result and the filter of the resize
   * @return from a decoded photo of any size to {@code inputSize} x {@code inputSize} pixels
   */
  public abstract PhotoTransform transform(Preprocessing preprocessing);

  /** The name in files and on the command line: {@code none}, {@code light} and so on. */
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
        crop(preprocessing, minArea), new HorizontalFlip(0.5), new ColorJitter(jitter, jitter, 0));
  }

  private static PhotoTransform crop(Preprocessing preprocessing, double minArea) {
    return new RandomResizedCrop(
        preprocessing.inputSize(), minArea, 1, 3.0 / 4, 4.0 / 3, preprocessing.interpolation());
  }
}
