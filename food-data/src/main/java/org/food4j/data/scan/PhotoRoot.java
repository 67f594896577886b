package org.food4j.data.scan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
