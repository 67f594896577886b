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
      Map<String, String> parents = new HashMap<>();
      int joined = 0;
      int across = 0;
      for (LookAlike pair : pairs) {
        String one = root(parents, pair.path());
        String other = root(parents, pair.other());
        if (!one.equals(other)) {
          parents.put(one, other);
          joined++;
        }
        across += className(pair.path()).equals(className(pair.other())) ? 0 : 1;
      }
      return new NearDuplicateFigures(
          pairs.size(), parents.size() - joined, parents.size(), across);
    }

    private static String root(Map<String, String> parents, String photo) {
      String root = photo;
      while (!parents.computeIfAbsent(root, key -> key).equals(root)) {
        root = parents.get(root);
      }
      return root;
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
    Map<String, Boolean> inPair = new HashMap<>();
    dataset.entries().forEach(entry -> inPair.put(entry.path(), false));
    for (LookAlike pair : lookAlikes) {
      if (inPair.containsKey(pair.path()) && inPair.containsKey(pair.other())) {
        inPair.put(pair.path(), true);
        inPair.put(pair.other(), true);
      }
    }
    Map<String, Integer> counts = new HashMap<>();
    inPair.forEach((path, is) -> counts.merge(className(path), is ? 1 : 0, Integer::sum));
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
