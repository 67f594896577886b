package org.food4j.data.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Label;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.Split;
import org.food4j.data.scan.LookAlike;
import org.food4j.data.scan.Rejection;

/**
 * A data set in figures.
 *
 * @param classes in the labels' order
 * @param found files that came up: below the photo root, beside it in the folder or archive that
 *     was named, and members of the archive that were never unpacked
 * @param rejected files that were left out
 * @param kept different photos in the data set
 * @param nearDuplicates pairs and groups of photos that look alike
 * @param colours of the photos looked at
 * @param coloursFrom how many photos were looked at for their colours
 */
public record DatasetFigures(
    List<ClassFigures> classes,
    int found,
    int rejected,
    int kept,
    NearDuplicateFigures nearDuplicates,
    ColourStatistics colours,
    int coloursFrom) {
  /** Copies the list. */
  public DatasetFigures {
    classes = List.copyOf(classes);
  }

  /**
   * One class in figures: {@code found} is the sum of the four reasons to leave out and of {@code
   * kept}; {@code kept} and {@code copies} are the sum of the three splits.
   *
   * @param name the label's
   * @param found files in the class folder, and members of the archive that were not unpacked there
   * @param unusable no photos, or damaged ones
   * @param duplicates byte-identical copies of another photo of the class
   * @param contradictory photos that another class holds as well
   * @param underSampled photos that the large class did not need
   * @param kept different photos in the data set
   * @param nearDuplicates of those, photos that look like another one in the data set
   * @param copies lines that repeat a photo in the training part
   * @param train lines of the training part
   * @param validation lines of the validation part
   * @param test lines of the test part
   * @param colours of the photos looked at
   */
  public record ClassFigures(
      String name,
      int found,
      int unusable,
      int duplicates,
      int contradictory,
      int underSampled,
      int kept,
      int nearDuplicates,
      int copies,
      int train,
      int validation,
      int test,
      ColourStatistics colours) {}

  /**
   * Photos that look alike, left out or not.
   *
   * @param pairs listed
   * @param groups of photos that hang together by pairs
   * @param photos in a pair
   * @param acrossClasses pairs of two classes
   */
  public record NearDuplicateFigures(int pairs, int groups, int photos, int acrossClasses) {
    static NearDuplicateFigures of(List<LookAlike> pairs) {
      PairGroups groups = PairGroups.of(pairs);
      long across =
          pairs.stream().filter(p -> !className(p.path()).equals(className(p.other()))).count();
      return new NearDuplicateFigures(pairs.size(), groups.count(), groups.photos(), (int) across);
    }
  }

  /** The class folder that a path lies in. */
  static String className(String path) {
    return path.substring(0, Math.max(0, path.indexOf('/')));
  }

  static DatasetFigures of(
      Dataset dataset,
      List<Rejection> rejected,
      List<LookAlike> lookAlikes,
      List<ClassLook> looks) {
    Map<String, Map<Rejection.Kind, Integer>> reasons = new HashMap<>();
    for (Rejection rejection : rejected) {
      reasons
          .computeIfAbsent(className(rejection.path()), key -> new EnumMap<>(Rejection.Kind.class))
          .merge(rejection.kind(), 1, Integer::sum);
    }
    Map<Integer, List<ManifestEntry>> entries = new HashMap<>();
    dataset
        .entries()
        .forEach(e -> entries.computeIfAbsent(e.label(), key -> new ArrayList<>()).add(e));
    Map<String, Integer> alike = nearDuplicatesKept(dataset, lookAlikes);
    List<ClassFigures> classes = new ArrayList<>();
    for (Label label : dataset.labels()) {
      classes.add(
          ofClass(
              label.name(),
              entries.getOrDefault(label.index(), List.of()),
              reasons.getOrDefault(label.name(), Map.of()),
              alike.getOrDefault(label.name(), 0),
              looks.get(label.index()).colours()));
    }
    int kept = classes.stream().mapToInt(ClassFigures::kept).sum();
    return new DatasetFigures(
        classes,
        kept + rejected.size(),
        rejected.size(),
        kept,
        NearDuplicateFigures.of(lookAlikes),
        ColourStatistics.mean(looks.stream().map(ClassLook::colours).toList()),
        looks.stream().mapToInt(look -> look.colours().photos()).sum());
  }

  /** By class, the photos in the data set that look like another one in it. */
  private static Map<String, Integer> nearDuplicatesKept(
      Dataset dataset, List<LookAlike> lookAlikes) {
    // By group: which pairs of one are listed does not depend on what was kept.
    PairGroups groups = PairGroups.of(lookAlikes);
    Map<String, List<String>> kept = new HashMap<>();
    dataset.entries().stream()
        .map(ManifestEntry::path)
        .distinct()
        .forEach(
            path -> kept.computeIfAbsent(groups.of(path), key -> new ArrayList<>(1)).add(path));
    Map<String, Integer> counts = new HashMap<>();
    for (List<String> group : kept.values()) {
      if (group.size() > 1) {
        group.forEach(path -> counts.merge(className(path), 1, Integer::sum));
      }
    }
    return counts;
  }

  private static ClassFigures ofClass(
      String name,
      List<ManifestEntry> entries,
      Map<Rejection.Kind, Integer> reasons,
      int nearDuplicates,
      ColourStatistics colours) {
    int copies = (int) entries.stream().filter(ManifestEntry::isCopy).count();
    int kept = entries.size() - copies;
    return new ClassFigures(
        name,
        kept + reasons.values().stream().mapToInt(Integer::intValue).sum(),
        reasons.getOrDefault(Rejection.Kind.UNUSABLE, 0),
        reasons.getOrDefault(Rejection.Kind.DUPLICATE, 0),
        reasons.getOrDefault(Rejection.Kind.CONTRADICTORY, 0),
        reasons.getOrDefault(Rejection.Kind.UNDER_SAMPLED, 0),
        kept,
        nearDuplicates,
        copies,
        count(entries, Split.TRAIN),
        count(entries, Split.VALIDATION),
        count(entries, Split.TEST),
        colours);
  }

  private static int count(List<ManifestEntry> entries, Split split) {
    return (int) entries.stream().filter(e -> e.split() == split).count();
  }
}
