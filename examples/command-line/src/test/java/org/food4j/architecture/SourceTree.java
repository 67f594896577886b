package org.food4j.architecture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The project's Java sources, for rules that class files do not show.
 *
 * @param root the folder of the parent POM
 */
record SourceTree(Path root) {
  /** The tree that the working directory lies in, whichever module's build runs. */
  static SourceTree ofThisProject() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve(".mvn"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException(
            "No folder above " + Path.of("").toAbsolutePath() + " holds .mvn");
      }
    }
    return new SourceTree(folder);
  }

  /** Source folders of all modules. */
  private List<Path> sourceRoots(String kind) throws IOException {
    try (Stream<Path> paths = Files.walk(root, 5)) {
      return paths.filter(path -> path.endsWith(Path.of("src", kind, "java"))).sorted().toList();
    }
  }

  /** The Java files of {@code "main"} or {@code "test"}, relative to their source folder. */
  SortedSet<String> files(String kind) throws IOException {
    SortedSet<String> files = new TreeSet<>();
    for (Path sources : sourceRoots(kind)) {
      javaFiles(sources).forEach(file -> files.add(relative(sources, file)));
    }
    return files;
  }

  /** The Java files of {@code main}. */
  List<Path> mainFiles() throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path sources : sourceRoots("main")) {
      files.addAll(javaFiles(sources));
    }
    return files;
  }

  /** Packages of ours in {@code main} that hold classes and no {@code package-info.java}. */
  SortedSet<String> packagesWithoutInfo() throws IOException {
    SortedSet<String> packages = new TreeSet<>();
    for (Path sources : sourceRoots("main")) {
      for (Path file : javaFiles(sources)) {
        Path folder = file.getParent();
        if (folder.startsWith(sources.resolve("org/food4j"))
            && !Files.exists(folder.resolve("package-info.java"))) {
          packages.add(relative(sources, folder).replace('/', '.'));
        }
      }
    }
    return packages;
  }

  /** Files of {@code main} and {@code test} with more lines than that, each with its count. */
  SortedSet<String> filesLongerThan(int lines) throws IOException {
    SortedSet<String> files = new TreeSet<>();
    for (String kind : List.of("main", "test")) {
      for (Path sources : sourceRoots(kind)) {
        for (Path file : javaFiles(sources)) {
          int count = Files.readAllLines(file, StandardCharsets.UTF_8).size();
          if (count > lines) {
            files.add(relative(root, file) + ": " + count);
          }
        }
      }
    }
    return files;
  }

  private static List<Path> javaFiles(Path sources) throws IOException {
    try (Stream<Path> paths = Files.walk(sources)) {
      return paths.filter(path -> path.toString().endsWith(".java")).sorted().toList();
    }
  }

  private static String relative(Path from, Path to) {
    return from.relativize(to).toString().replace('\\', '/');
  }
}
