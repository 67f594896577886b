package org.food4j.data.split;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.food4j.data.manifest.Label;
import org.food4j.data.manifest.Labels;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.Split;
import org.food4j.data.scan.PhotoGroups;
import org.food4j.data.scan.Rejection;
import org.food4j.data.scan.ScannedPhoto;

/**
 * Balances the classes and splits each in the same proportion, without leakage.
 *
 * <ul>
 *   <li>Photos that look alike ({@link PhotoGroups}) share a split, whatever class they are in.
 *       Groups that span classes, or are linked to another group, go to the largest part: a thing
 *       that two people named differently is no fair test question.
 *   <li>A class with at least {@link SplitTargets#perClass()} photos is under-sampled to exactly
 *       the targets, its near duplicates going first; with {@link Balance#EVERY_PHOTO} it is only
 *       divided in their proportion.
 *   <li>A smaller class is divided in the targets' proportion, and with {@link Balance#COPIES} its
 *       training part is filled up with copies; validation and test never hold a copy.
 * </ul>
 *
 * <p>Only where groups of near duplicates are too large to fit do the numbers deviate, by as little
 * as the groups allow; no part has more photos than its target, but with {@link
 * Balance#EVERY_PHOTO}. Random choices come from a stream per class that depends on the seed and
 * the class's name alone, and are made among photos ordered by their SHA-256: neither another class
 * nor a file's name changes them.
 */
public final class StratifiedSplitter {
  private final SplitTargets targets;
  private final PhotoGroups groups;
  private final long seed;

  /**
   * @param targets photos of a class per split
   * @param groups which photos look alike
   * @param seed of the random choices
   */
  public StratifiedSplitter(SplitTargets targets, PhotoGroups groups, long seed) {
    this.targets = targets;
    this.groups = groups;
    this.seed = seed;
  }

  /**
   * Splits photos, none of which are exact duplicates.
   *
   * @param photos of the labels' classes, in any order
   * @throws IllegalArgumentException if classes have too few photos to give each part one; the
   *     message names them all
   */
  public StratifiedSplit split(List<ScannedPhoto> photos, Labels labels) {
    Map<String, List<PhotoGroup>> byClass = groupsByClass(photos);
    List<ManifestEntry> entries = new ArrayList<>();
    List<Rejection> leftOut = new ArrayList<>();
    List<String> tooSmall = new ArrayList<>();
    for (Label label : labels) {
      List<PhotoGroup> own = byClass.getOrDefault(label.name(), List.of());
      Random random = new Random(31 * seed + label.name().hashCode());
      Map<Split, List<ScannedPhoto>> parts = new GroupAssignment(targets, own, random).parts();
      int found = own.stream().mapToInt(group -> group.photos().size()).sum();
      if (targets.parts().stream().anyMatch(split -> parts.get(split).isEmpty())) {
        tooSmall.add(shortage(label.name(), found, own));
        continue;
      }
      List<ManifestEntry> ofClass = new ArrayList<>();
      List<ScannedPhoto> surplus = new ArrayList<>();
      parts.forEach(
          (split, members) -> {
            int kept =
                targets.balance() == Balance.EVERY_PHOTO
                    ? members.size()
                    : Math.min(targets.of(split), members.size());
            for (ScannedPhoto photo : members.subList(0, kept)) {
              ofClass.add(ManifestEntry.of(photo, label.index(), split));
            }
            surplus.addAll(members.subList(kept, members.size()));
          });
      int used = ofClass.size();
      surplus.forEach(photo -> leftOut.add(Rejection.underSampled(photo.path(), used, found)));
      if (targets.balance() == Balance.COPIES) {
        ofClass.addAll(Oversampling.copies(ofClass, targets.train(), random));
      }
      ofClass.sort(
          Comparator.comparing(ManifestEntry::path)
              .thenComparing(entry -> entry.id().length())
              .thenComparing(ManifestEntry::id));
      entries.addAll(ofClass);
    }
    if (!tooSmall.isEmpty()) {
      throw new IllegalArgumentException(tooSmallMessage(tooSmall));
    }
    LeakageCheck.verify(entries, groups);
    return new StratifiedSplit(entries, leftOut);
  }

  /** For each class its groups of near duplicates; most hold a single photo. */
  private Map<String, List<PhotoGroup>> groupsByClass(List<ScannedPhoto> photos) {
    List<ScannedPhoto> sorted =
        photos.stream().sorted(Comparator.comparing(ScannedPhoto::sha256)).toList();
    Map<String, Map<String, List<ScannedPhoto>>> alike = new LinkedHashMap<>();
    for (ScannedPhoto photo : sorted) {
      alike
          .computeIfAbsent(groups.leader(photo.sha256()), key -> new TreeMap<>())
          .computeIfAbsent(photo.className(), key -> new ArrayList<>())
          .add(photo);
    }
    Map<String, List<PhotoGroup>> byClass = new HashMap<>();
    for (Map.Entry<String, Map<String, List<ScannedPhoto>>> entry : alike.entrySet()) {
      Map<String, List<ScannedPhoto>> group = entry.getValue();
      boolean unfair = group.size() > 1 || groups.isLinked(entry.getKey());
      group.forEach(
          (className, members) ->
              byClass
                  .computeIfAbsent(className, key -> new ArrayList<>())
                  .add(new PhotoGroup(members, unfair)));
    }
    return byClass;
  }

  private static String shortage(String name, int found, List<PhotoGroup> groups) {
    // Groups that span classes all go to one part: together they count as one.
    long different =
        groups.stream().filter(group -> !group.spansClasses()).count()
            + (groups.stream().anyMatch(PhotoGroup::spansClasses) ? 1 : 0);
    return different < found
        ? String.format(Locale.ROOT, "%s (%d, of which %d look different)", name, found, different)
        : String.format(Locale.ROOT, "%s (%d)", name, found);
  }

  private String tooSmallMessage(List<String> tooSmall) {
    List<String> parts = targets.parts().stream().sorted().map(Split::key).toList();
    return String.format(
        Locale.ROOT,
        "Classes with too few photos: %s. Each needs at least %d that look different, one for each part (%s): add photos, or take the folders away",
        String.join(", ", tooSmall),
        parts.size(),
        String.join(", ", parts));
  }

  /**
   * Photos of one class that look alike.
   *
   * @param spansClasses whether some of another class, or of a linked group, look alike, too
   */
  record PhotoGroup(List<ScannedPhoto> photos, boolean spansClasses) {
    PhotoGroup {
      photos = Collections.unmodifiableList(photos);
    }
  }
}
