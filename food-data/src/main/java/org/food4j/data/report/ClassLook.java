package org.food4j.data.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Label;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.page.EvenPick;
import org.food4j.data.page.Thumbnail;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.photo.PhotoException;

/**
 * A look at some photos of a class, each decoded once and only as large as needed.
 *
 * @param label the class
 * @param colours of all photos looked at
 * @param shown some of them
 */
record ClassLook(Label label, ColourStatistics colours, List<Shown> shown) {
  /** Shorter side in pixels that photos are decoded at: what networks see of them. */
  private static final int DETAIL = 224;

  static final int THUMBNAIL = 128;

  record Shown(ManifestEntry entry, Thumbnail thumbnail) {}

  /**
   * Looks at every class.
   *
   * @param photosPerClass looked at, spread evenly over the class
   * @param shownPerClass of those, how many are shown
   * @throws IOException naming the photo that cannot be read
   */
  static List<ClassLook> ofAll(
      Dataset dataset, PhotoDecoder decoder, int photosPerClass, int shownPerClass)
      throws IOException {
    Map<Integer, List<ManifestEntry>> originals = new HashMap<>();
    dataset.entries().stream()
        .filter(e -> !e.isCopy())
        .forEach(e -> originals.computeIfAbsent(e.label(), key -> new ArrayList<>()).add(e));
    List<ClassLook> looks = new ArrayList<>();
    for (Label label : dataset.labels()) {
      List<ManifestEntry> sample =
          EvenPick.of(
              originals.getOrDefault(label.index(), List.of()),
              Math.max(photosPerClass, shownPerClass));
      Set<ManifestEntry> toShow = new HashSet<>(EvenPick.of(sample, shownPerClass));
      List<ColourStatistics> colours = new ArrayList<>();
      List<Shown> shown = new ArrayList<>();
      for (ManifestEntry entry : sample) {
        Photo photo = decode(dataset.photo(entry), decoder, DETAIL);
        colours.add(ColourStatistics.of(photo));
        if (toShow.contains(entry)) {
          shown.add(new Shown(entry, Thumbnail.of(photo, THUMBNAIL)));
        }
      }
      looks.add(new ClassLook(label, ColourStatistics.mean(colours), shown));
    }
    return looks;
  }

  /**
   * The photo, decoded at reduced scale where the format allows it.
   *
   * @throws IOException naming the file, if it cannot be read or decoded
   */
  static Photo decode(Path file, PhotoDecoder decoder, int shorterSide) throws IOException {
    try {
      return decoder.decode(Files.readAllBytes(file), shorterSide).photo();
    } catch (PhotoException e) {
      throw new IOException("The photo " + file + " cannot be shown: " + e.getMessage(), e);
    }
  }
}
