package org.food4j.data.scan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.photo.PhotoException;

/**
 * Where the class folders lie: in the folder that somebody named, or in the only folder inside it,
 * as when an archive holds everything in a folder of its own.
 *
 * @param folder the folder whose folders are the classes
 * @param outside what lies beside it in the folder that was named, by a path that begins with
 *     {@code ../}
 */
public record PhotoRoot(Path folder, List<Rejection> outside) {
  /** A folder's first so many files tell whether photos lie directly in it. */
  private static final int FILES_TRIED = 50;

  /**
   * Parts of one data set have its classes in common, which are two or more; a single folder of the
   * same name, {@code images} say, is found in classes as well.
   */
  private static final int PARTS_SHARE = 2;

  /** Copies the list. */
  public PhotoRoot {
    outside = List.copyOf(outside);
  }

  /**
   * Finds the class folders. The only folder inside a folder is gone into if it holds two folders
   * or more, and no photo directly: a class whose photos lie in several folders is not taken apart.
   *
   * @param named an existing folder; where there is none, it is the result, for a scan to complain
   * @param decoder tells a photo from another file
   * @throws IOException if a folder cannot be listed
   */
  public static PhotoRoot find(Path named, PhotoDecoder decoder) throws IOException {
    if (!Files.isDirectory(named)) {
      return new PhotoRoot(named, List.of());
    }
    List<Path> content = visible(named);
    List<Path> folders = content.stream().filter(Files::isDirectory).toList();
    if (folders.size() != 1) {
      return new PhotoRoot(named, List.of());
    }
    Path only = folders.get(0);
    List<Path> inside = visible(only);
    if (inside.stream().filter(Files::isDirectory).count() < 2 || holdsPhoto(inside, decoder)) {
      return new PhotoRoot(named, List.of());
    }
    List<Rejection> outside = new ArrayList<>();
    for (Path file : content) {
      if (!file.equals(only)) {
        outside.add(new Rejection("../" + file.getFileName(), "lies outside the class folders"));
      }
    }
    return new PhotoRoot(only, outside);
  }

  /**
   * The folders that look like parts of a data set, {@code train} and {@code test} say, rather than
   * classes: no photo lies directly in any folder, and some hold two or more folders of the same
   * names.
   *
   * @param decoder tells a photo from another file
   * @return their names, sorted; empty if the folders look like classes
   * @throws IOException if a folder cannot be listed
   */
  public List<String> parts(PhotoDecoder decoder) throws IOException {
    List<Path> classes =
        visible(folder).stream().filter(Files::isDirectory).filter(Files::isReadable).toList();
    Map<String, Set<String>> inside = new TreeMap<>();
    for (Path one : classes) {
      List<Path> content = visible(one);
      if (holdsPhoto(content, decoder)) {
        return List.of();
      }
      inside.put(
          one.getFileName().toString(),
          content.stream()
              .filter(Files::isDirectory)
              .map(file -> file.getFileName().toString())
              .collect(Collectors.toSet()));
    }
    return inside.keySet().stream()
        .filter(
            name ->
                inside.keySet().stream()
                    .anyMatch(
                        other ->
                            !other.equals(name)
                                && shared(inside.get(name), inside.get(other)) >= PARTS_SHARE))
        .toList();
  }

  private static long shared(Set<String> some, Set<String> others) {
    return some.stream().filter(others::contains).count();
  }

  private static List<Path> visible(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> !IgnoredName.matches(file.getFileName().toString()))
          .sorted(Comparator.comparing(Path::toString))
          .toList();
    }
  }

  private static boolean holdsPhoto(List<Path> files, PhotoDecoder decoder) throws IOException {
    for (Path file : files.stream().filter(Files::isRegularFile).limit(FILES_TRIED).toList()) {
      try {
        if (Files.isReadable(file) && Files.size(file) <= PhotoScan.MAX_FILE_BYTES) {
          decoder.decode(Files.readAllBytes(file), PhotoScan.DETAIL);
          return true;
        }
      } catch (PhotoException e) {
        // Not a photo: what was asked. The scan will say why.
        continue;
      }
    }
    return false;
  }
}
