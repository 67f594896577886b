package org.food4j.train.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.food4j.data.file.AtomicFile;
import org.food4j.data.file.OutputDirectory;

/**
 * A directory becomes a run's at once, however its process ends: a new one by being moved to its
 * name, one that exists, which may be a mount and not to be moved, by its recipe, which is written
 * last.
 */
final class RunCreation {
  private final Path directory;

  RunCreation(Path directory) {
    this.directory = directory;
  }

  /**
   * Writes the files that a run starts with.
   *
   * @param files texts by name, the recipe among them
   * @throws IllegalArgumentException if the directory holds anything but what an interrupted
   *     creation left
   */
  void write(Map<String, String> files) throws IOException {
    if (!OutputDirectory.isFree(directory) && !isUnfinished()) {
      throw new IllegalArgumentException(
          directory
              + (Files.exists(directory.resolve(RunDirectory.RECIPE))
                  ? " already holds a run"
                  : " is not empty")
              + "; name another directory, nothing is overwritten");
    }
    Path target = directory.toAbsolutePath().normalize();
    if (Files.exists(target)) {
      write(target, files);
    } else {
      Path beside =
          target.resolveSibling(".%s.%s.tmp".formatted(target.getFileName(), UUID.randomUUID()));
      write(beside, files);
      Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static void write(Path target, Map<String, String> files) throws IOException {
    Map<String, String> first = new LinkedHashMap<>(files);
    String recipe = first.remove(RunDirectory.RECIPE);
    Files.createDirectories(checkpoints(target));
    for (Map.Entry<String, String> file : first.entrySet()) {
      AtomicFile.write(target.resolve(file.getKey()), file.getValue());
    }
    AtomicFile.write(target.resolve(RunDirectory.RECIPE), recipe);
  }

  private static Path checkpoints(Path target) {
    return target.resolve(RunDirectory.BEST).getParent();
  }

  /** Whether all there is was written by a creation that did not come to its end. */
  boolean isUnfinished() throws IOException {
    Path checkpoints = checkpoints(directory);
    if (!Files.isDirectory(checkpoints) || !OutputDirectory.isFree(checkpoints)) {
      return false;
    }
    Set<String> own =
        Set.of(
            checkpoints.getFileName().toString(),
            RunDirectory.LABELS,
            RunDirectory.PREPROCESSING,
            RunDirectory.PROVENANCE);
    try (Stream<Path> content = Files.list(directory)) {
      List<String> names = content.map(file -> file.getFileName().toString()).toList();
      return names.stream()
          .allMatch(name -> own.contains(name) || name.startsWith(".") && name.endsWith(".tmp"));
    }
  }
}
