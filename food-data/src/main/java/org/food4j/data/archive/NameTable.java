package org.food4j.data.archive;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.food4j.data.file.NameFolding;

/**
 * The paths that were unpacked. Two that differ in case or Unicode form alone are one path on
 * Windows and macOS; to be the same data set everywhere, the second is refused everywhere.
 */
final class NameTable {
  private record Known(String path, boolean folder) {}

  private final Map<String, Known> paths = new HashMap<>();

  /** Why a path cannot be unpacked beside those that were; empty if it can. */
  Optional<String> problem(MemberName name, boolean folder) {
    String path = "";
    int last = name.segments().size() - 1;
    for (int i = 0; i <= last; i++) {
      path += (i == 0 ? "" : "/") + name.segments().get(i);
      Known known = paths.get(NameFolding.fold(path));
      if (known == null) {
        return Optional.empty();
      }
      if (!known.path().equals(path)) {
        return Optional.of(
            "it differs from %s in upper and lower case or Unicode form alone"
                .formatted(known.path()));
      }
      if (i < last && !known.folder()) {
        return Optional.of("%s is a file, no folder".formatted(path));
      }
      if (i == last && known.folder() != folder) {
        return Optional.of("a file and a folder of the same name");
      }
      if (i == last && !folder) {
        return Optional.of("a second file of this name");
      }
    }
    return Optional.empty();
  }

  /**
   * Takes up a path.
   *
   * @return whether it is new
   */
  boolean add(String path, boolean folder) {
    return paths.putIfAbsent(NameFolding.fold(path), new Known(path, folder)) == null;
  }
}
