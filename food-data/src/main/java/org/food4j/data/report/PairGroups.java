package org.food4j.data.report;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.food4j.data.scan.LookAlike;

/** The photos that hang together by pairs: only some pairs of a group are listed. */
final class PairGroups {
  private final Map<String, String> parents = new HashMap<>();
  private int joined;

  static PairGroups of(List<LookAlike> pairs) {
    PairGroups groups = new PairGroups();
    for (LookAlike pair : pairs) {
      String one = groups.enter(pair.path());
      String other = groups.enter(pair.other());
      if (!one.equals(other)) {
        groups.parents.put(one, other);
        groups.joined++;
      }
    }
    return groups;
  }

  private String enter(String photo) {
    parents.putIfAbsent(photo, photo);
    return of(photo);
  }

  /** What the photo's group is called: by one of its photos, itself if it is in no pair. */
  String of(String photo) {
    String group = photo;
    String parent = parents.getOrDefault(group, group);
    while (!parent.equals(group)) {
      // Halves the way for the next one.
      parents.put(group, parents.get(parent));
      group = parent;
      parent = parents.get(group);
    }
    return group;
  }

  /** Groups of two photos or more. */
  int count() {
    return parents.size() - joined;
  }

  /** Photos in a pair. */
  int photos() {
    return parents.size();
  }
}
