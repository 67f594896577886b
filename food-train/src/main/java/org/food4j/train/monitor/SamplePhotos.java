package org.food4j.train.monitor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.Split;
import org.food4j.data.page.EvenPick;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.photo.PhotoException;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.data.transform.PhotoTransform;
import org.food4j.train.recipe.Recipe;

/** Some of the training photos as the network may see them: cropped and augmented, not mixed. */
final class SamplePhotos {
  private static final int PHOTOS = 8;

  private SamplePhotos() {}

  /** Photos spread over the training split, by tag: {@code photos/1_pizza}. */
  static Map<String, EncodedImage> of(
      Dataset dataset, Recipe recipe, Preprocessing preprocessing, PhotoDecoder decoder)
      throws IOException {
    PhotoTransform transform = recipe.augmentation().transform(preprocessing);
    Random random = new Random(recipe.seed());
    Map<String, EncodedImage> samples = new LinkedHashMap<>();
    for (ManifestEntry entry : EvenPick.of(dataset.entries(Split.TRAIN), PHOTOS)) {
      String tag =
          String.format(
              Locale.ROOT,
              "photos/%d_%s",
              samples.size() + 1,
              dataset.labels().get(entry.label()).name());
      Photo photo = decode(dataset.photo(entry), decoder);
      samples.put(tag, EncodedImage.of(transform.apply(photo, random)));
    }
    return samples;
  }

  private static Photo decode(Path file, PhotoDecoder decoder) throws IOException {
    try {
      return decoder.decode(file);
    } catch (PhotoException e) {
      throw new IOException("The photo " + file + " cannot be shown: " + e.getMessage(), e);
    }
  }
}
