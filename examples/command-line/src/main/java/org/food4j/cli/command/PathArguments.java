package org.food4j.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.food4j.data.file.DirectoryPlace;

/** Paths on a command line: two of them may lead to the same place, over links and dots. */
final class PathArguments {
  private PathArguments() {}

  /** Whether two paths lead to the same file or directory, which need not exist yet. */
  static boolean areSame(Path one, Path other) throws IOException {
    return DirectoryPlace.of(one).equals(DirectoryPlace.of(other));
  }

  /**
   * Refuses a place that is named twice.
   *
   * @param argument what the paths were given as
   * @throws UsageException if two paths lead to the same place
   */
  static void requireEachOnce(String argument, List<Path> paths) throws IOException {
    Map<DirectoryPlace, Path> named = new HashMap<>();
    for (Path path : paths) {
      Path earlier = named.putIfAbsent(DirectoryPlace.of(path), path);
      if (earlier != null) {
        throw new UsageException(
            "%s: %s and %s are the same, name each once".formatted(argument, earlier, path));
      }
    }
  }
}
