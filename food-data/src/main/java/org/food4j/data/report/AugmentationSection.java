package org.food4j.data.report;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.Split;
import org.food4j.data.page.EvenPick;
import org.food4j.data.page.Markup;
import org.food4j.data.page.Section;
import org.food4j.data.page.Thumbnail;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.photo.PhotoException;
import org.food4j.data.photo.ScaledPhoto;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.data.transform.Augmentation;
import org.food4j.data.transform.PhotoTransform;

/** What training sees of a photo: some photos before and after each amount of augmentation. */
public final class AugmentationSection {
  private static final int DRAWS = 5;
  private static final int THUMBNAIL = 176;

  private AugmentationSection() {}

  /**
   * The section with the id {@code augmentation}: for each preset a row per photo, first as
   * evaluation sees it, then five times as training might. The same data set gives the same
   * section.
   *
   * @param photos rows per preset, of training photos spread evenly over the data set
   * @param inputSize height and width of the network's input in pixels
   * @throws IllegalArgumentException if there is no training photo
   * @throws IOException if a photo cannot be read or decoded
   */
  public static Section of(
      Dataset dataset, List<Augmentation> presets, PhotoDecoder decoder, int photos, int inputSize)
      throws IOException {
    List<ManifestEntry> originals =
        dataset.entries(Split.TRAIN).stream().filter(e -> !e.isCopy()).toList();
    if (originals.isEmpty()) {
      throw new IllegalArgumentException("The data set has no training photos to augment");
    }
    List<ManifestEntry> shown = EvenPick.of(originals, photos);
    Preprocessing preprocessing = Preprocessing.imagenet(inputSize);
    List<ScaledPhoto> decoded = new ArrayList<>();
    for (ManifestEntry entry : shown) {
      decoded.add(decode(dataset, entry, decoder, preprocessing));
    }
    List<Markup> content = new ArrayList<>();
    content.add(
        Markup.paragraph(
            "A row per photo: first, framed, as evaluation sees it, then as training might, drawn %d times at %d px."
                .formatted(DRAWS, inputSize)));
    for (Augmentation preset : presets) {
      content.add(Markup.element("h3").add(preset.key()));
      content.add(sheet(dataset, preset, shown, decoded, preprocessing));
    }
    return new Section("augmentation", "Augmentation", content);
  }

  private static ScaledPhoto decode(
      Dataset dataset, ManifestEntry entry, PhotoDecoder decoder, Preprocessing preprocessing)
      throws IOException {
    try {
      return decoder.decode(
          Files.readAllBytes(dataset.photo(entry)), preprocessing.decodedShorterSide());
    } catch (PhotoException e) {
      throw new IOException(
          "The photo " + dataset.photo(entry) + " cannot be shown: " + e.getMessage(), e);
    }
  }

  private static Markup sheet(
      Dataset dataset,
      Augmentation preset,
      List<ManifestEntry> entries,
      List<ScaledPhoto> photos,
      Preprocessing preprocessing) {
    PhotoTransform transform = preset.transform(preprocessing);
    Markup sheet = Markup.element("ul").with("class", "sheet draws");
    for (int n = 0; n < photos.size(); n++) {
      ManifestEntry entry = entries.get(n);
      String name = dataset.labels().get(entry.label()).displayName() + ", " + entry.path();
      sheet = sheet.add(item(preprocessing.crop(photos.get(n)), name, "before"));
      // Not Random(seed + draw): neighbouring seeds begin with almost the same number
      SplittableRandom seeds = new SplittableRandom(entry.id().hashCode());
      for (int draw = 1; draw <= DRAWS; draw++) {
        Photo after = transform.applyDecoded(photos.get(n), new Random(seeds.nextLong()));
        sheet = sheet.add(item(after, name, preset.key() + ", draw " + draw));
      }
    }
    return sheet;
  }

  private static Markup item(Photo photo, String name, String state) {
    return Markup.element("li")
        .add(
            Thumbnail.of(photo, THUMBNAIL)
                .markup(name + " (" + state + ")")
                .with("title", name + " (" + state + ")"));
  }
}
