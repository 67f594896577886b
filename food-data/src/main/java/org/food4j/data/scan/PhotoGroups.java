package org.food4j.data.scan;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Which photos look alike, by their SHA-256. Immutable. */
public final class PhotoGroups {
  /** No photo looks like another. */
  public static final PhotoGroups NONE = of(Set.of(), Set.of());

  private final Map<String, String> leaders;
  private final Set<String> linked;

  private PhotoGroups(Map<String, String> leaders, Set<String> linked) {
    this.leaders = leaders;
    this.linked = linked;
  }

  /**
   * Groups of photos; those of no group are alone.
   *
   * @param groups the SHA-256 of each member; no photo is in two
   * @param linked of the photos whose group is like another group, at least one a group
   * @throws IllegalArgumentException if a photo is in two groups
   */
  public static PhotoGroups of(
      Collection<? extends Collection<String>> groups, Collection<String> linked) {
    Map<String, String> leaders = new HashMap<>();
    for (Collection<String> group : groups) {
      String leader = group.stream().min(String::compareTo).orElse("");
      for (String member : group) {
        if (leaders.put(member, leader) != null) {
          throw new IllegalArgumentException("A photo is in two groups: " + member);
        }
      }
    }
    Map<String, String> all = Map.copyOf(leaders);
    return new PhotoGroups(
        all,
        Set.copyOf(
            linked.stream().map(photo -> all.getOrDefault(photo, photo)).distinct().toList()));
  }

  /** The photo that stands for the group: the same for all that look alike. */
  public String leader(String sha256) {
    return leaders.getOrDefault(sha256, sha256);
  }

  /** Whether something in the photo's group also looks like a photo of another group. */
  public boolean isLinked(String sha256) {
    return linked.contains(leader(sha256));
  }
}
