package org.food4j.notebook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The notebooks of a folder: its numbered {@code .jsh} files.
 *
 * @param home the folder
 */
record Notebooks(Path home) {
  private static final String ALL = "all";
  private static final String SUFFIX = ".jsh";

  /** All of them, by number. */
  List<Path> list() throws IOException {
    try (Stream<Path> files = Files.list(home.toAbsolutePath())) {
      return files
          .filter(file -> file.getFileName().toString().matches("\\d\\d-.*\\" + SUFFIX))
          .sorted()
          .toList();
    }
  }

  /**
   * What is meant by a name.
   *
   * @param name {@value #ALL}, a number with or without a leading zero, or a file's name, with or
   *     without its folder and {@value #SUFFIX}
   * @throws IllegalArgumentException if there is no such notebook; the message lists what there is
   */
  List<Path> named(String name) throws IOException {
    List<Path> all = list();
    List<Path> meant = all.stream().filter(notebook -> isMeant(name, notebook)).toList();
    if (meant.isEmpty()) {
      throw new IllegalArgumentException(
          all.stream()
              .map(notebook -> "  " + notebook.getFileName())
              .collect(
                  Collectors.joining(
                      "\n", "There is no notebook '%s'; there are\n".formatted(name), "")));
    }
    return meant;
  }

  private static boolean isMeant(String name, Path notebook) {
    String file = notebook.getFileName().toString();
    if (name.matches("\\d{1,2}")) {
      return file.startsWith("%02d-".formatted(Integer.parseInt(name)));
    }
    String last = name.substring(name.lastIndexOf('/') + 1);
    return name.equals(ALL) || file.equals(last) || file.equals(last + SUFFIX);
  }
}
