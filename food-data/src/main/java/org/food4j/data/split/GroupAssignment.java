package org.food4j.data.split;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.food4j.data.manifest.Split;
import org.food4j.data.scan.ScannedPhoto;
import org.food4j.data.split.StratifiedSplitter.PhotoGroup;

/** Gives each of a class's groups of near duplicates, whole, to a split. */
final class GroupAssignment {
  private final SplitTargets targets;
  private final Map<Split, List<PhotoGroup>> assigned = new EnumMap<>(Split.class);

  /** Photos that each split still lacks; negative where a group did not fit. */
  private final int[] lacking;

  GroupAssignment(SplitTargets targets, List<PhotoGroup> groups, Random random) {
    this.targets = targets;
    lacking = targets.apportion(groups.stream().mapToInt(group -> group.photos().size()).sum());
    targets.parts().forEach(split -> assigned.put(split, new ArrayList<>()));
    List<PhotoGroup> shuffled = new ArrayList<>(groups);
    Collections.shuffle(shuffled, random);
    // Large groups first, while there is room; the single photos then fill every part exactly.
    // The sort is stable: among equals the shuffled order stands.
    shuffled.sort(
        Comparator.comparing(PhotoGroup::spansClasses)
            .thenComparing(group -> group.photos().size())
            .reversed());
    for (int i = 0; i < shuffled.size(); i++) {
      PhotoGroup group = shuffled.get(i);
      assign(
          group,
          group.spansClasses()
              ? targets.parts().get(0)
              : choose(group.photos().size(), shuffled.size() - i));
    }
  }

  /**
   * The photos of each split, such that a prefix of a list is the best choice of fewer photos: one
   * of each group before a second of any.
   */
  Map<Split, List<ScannedPhoto>> parts() {
    Map<Split, List<ScannedPhoto>> parts = new EnumMap<>(Split.class);
    assigned.forEach(
        (split, groups) -> {
          List<ScannedPhoto> photos = new ArrayList<>();
          int largest = groups.stream().mapToInt(group -> group.photos().size()).max().orElse(0);
          for (int round = 0; round < largest; round++) {
            for (PhotoGroup group : groups) {
              if (round < group.photos().size()) {
                photos.add(group.photos().get(round));
              }
            }
          }
          parts.put(split, photos);
        });
    return parts;
  }

  private void assign(PhotoGroup group, Split split) {
    assigned.get(split).add(group);
    lacking[split.ordinal()] -= group.photos().size();
  }

  /** The part that lacks most among those with room, or among the empty ones if groups run out. */
  private Split choose(int size, int groupsLeft) {
    List<Split> parts = targets.parts();
    List<Split> empty = parts.stream().filter(split -> assigned.get(split).isEmpty()).toList();
    List<Split> open =
        groupsLeft <= empty.size()
            ? empty
            : parts.stream().filter(split -> lacking[split.ordinal()] >= size).toList();
    return (open.isEmpty() ? parts : open)
        .stream().max(Comparator.comparingInt(split -> lacking[split.ordinal()])).orElseThrow();
  }
}
