package org.food4j.data.scan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.photo.PhotoException;

/**
 * Where the class folders lie: in the folder that somebody named, or in the only folder inside it,
 * as when an archive holds everything in a folder of its own.
 *
 * @param below name of that only folder; empty if the classes lie in the folder that was named
 * @param outside what lies beside it in the folder that was named, by a path that begins with
 *     {@code ../}
 */
public record PhotoRoot(String below, List<Rejection> outside) {
  /** The classes lie in the folder that was named. */
  public static final PhotoRoot NAMED = new PhotoRoot("", List.of());

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
   * Finds the class folders in a folder of this machine.
   *
   * @param named where there is no such folder, it is the result, for a scan to complain
   * @param decoder tells a photo from another file
   * @throws IOException if a folder cannot be listed
   */
  public static PhotoRoot find(Path named, PhotoDecoder decoder) throws IOException {
    return Files.isDirectory(named) ? find(PhotoTree.of(named), decoder) : NAMED;
  }

  /**
   * Finds the class folders. The only folder inside a folder is gone into if it holds two folders
   * or more, and no photo directly: a class whose photos lie in several folders is not taken apart.
   *
   * @param decoder tells a photo from another file
   * @throws IllegalArgumentException if there is no such folder
   * @throws IOException if a folder cannot be listed
   */
  public static PhotoRoot find(PhotoTree named, PhotoDecoder decoder) throws IOException {
    List<PhotoTree.Entry> content = visible(named);
    List<PhotoTree.Entry> folders = content.stream().filter(PhotoTree.Entry::isFolder).toList();
    if (folders.size() != 1) {
      return NAMED;
    }
    PhotoTree only = named.folder(folders.get(0).name());
    List<PhotoTree.Entry> inside = visible(only);
    if (inside.stream().filter(PhotoTree.Entry::isFolder).count() < 2
        || holdsPhoto(only, inside, decoder)) {
      return NAMED;
    }
    List<Rejection> outside = new ArrayList<>();
    for (PhotoTree.Entry file : content) {
      if (!file.isFolder()) {
        outside.add(new Rejection("../" + file.name(), "lies outside the class folders"));
      }
    }
    return new PhotoRoot(folders.get(0).name(), outside);
  }

  /** The folder with the classes. */
  public PhotoTree in(PhotoTree named) {
    return below.isEmpty() ? named : named.folder(below);
  }

  /** The folder with the classes. */
  public Path in(Path named) {
    return below.isEmpty() ? named : named.resolve(below);
  }

  /**
   * The folders that look like parts of a data set, {@code train} and {@code test} say, rather than
   * classes: no photo lies directly in any folder, and some hold two or more folders of the same
   * names.
   *
   * @param folder with the classes
   * @param decoder tells a photo from another file
   * @return their names, sorted; empty if the folders look like classes
   * @throws IOException if a folder cannot be listed
   */
  public static List<String> parts(PhotoTree folder, PhotoDecoder decoder) throws IOException {
    Map<String, Set<String>> inside = new TreeMap<>();
    for (PhotoTree.Entry one : visible(folder)) {
      if (!one.isFolder() || !one.isReadable()) {
        continue;
      }
      PhotoTree tree = folder.folder(one.name());
      List<PhotoTree.Entry> content = visible(tree);
      if (holdsPhoto(tree, content, decoder)) {
        return List.of();
      }
      inside.put(
          one.name(),
          content.stream()
              .filter(PhotoTree.Entry::isFolder)
              .map(PhotoTree.Entry::name)
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

  private static List<PhotoTree.Entry> visible(PhotoTree folder) throws IOException {
    return folder.list().stream().filter(entry -> !IgnoredName.matches(entry.name())).toList();
  }

  private static boolean holdsPhoto(
      PhotoTree folder, List<PhotoTree.Entry> content, PhotoDecoder decoder) throws IOException {
    for (PhotoTree.Entry file :
        content.stream().filter(PhotoTree.Entry::isFile).limit(FILES_TRIED).toList()) {
      try {
        if (file.isReadable() && file.size() <= PhotoScan.MAX_FILE_BYTES) {
          decoder.decode(folder.read(file.name()), PhotoScan.DETAIL);
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
