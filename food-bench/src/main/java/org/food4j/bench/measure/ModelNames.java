package org.food4j.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What measured models are called: the file's name, and of the path as much as tells them apart.
 */
final class ModelNames {
  private ModelNames() {}

  /**
   * A name per path, in order, no two alike.
   *
   * @throws IllegalArgumentException if two paths lead to the same file or directory
   */
  static Map<Path, String> of(List<Path> models) throws IOException {
    Map<Path, Path> byTarget = new LinkedHashMap<>();
    for (Path model : models) {
      Path earlier = byTarget.putIfAbsent(target(model), model);
      if (earlier != null) {
        throw new IllegalArgumentException(
            "%s and %s are the same model: name each once".formatted(earlier, model));
      }
    }
    Map<Path, String> names = new LinkedHashMap<>();
    models.forEach(model -> names.put(model, name(model, models)));
    return names;
  }

  /** A missing file has no real path; that it is missing is told when it is opened. */
  private static Path target(Path model) throws IOException {
    return Files.exists(model) ? model.toRealPath() : absolute(model);
  }

  private static String name(Path model, List<Path> models) {
    Path path = absolute(model);
    for (int length = 1; length <= path.getNameCount(); length++) {
      Function<Path, String> ending = ending(length);
      String name = ending.apply(path);
      long alike = models.stream().filter(m -> ending.apply(absolute(m)).equals(name)).count();
      if (alike == 1) {
        return name;
      }
    }
    return path.toString();
  }

  private static Function<Path, String> ending(int length) {
    return path -> {
      int count = path.getNameCount();
      return count == 0
          ? path.toString()
          : path.subpath(Math.max(0, count - length), count).toString().replace('\\', '/');
    };
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }
}
