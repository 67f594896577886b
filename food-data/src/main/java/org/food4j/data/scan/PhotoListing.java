package org.food4j.data.scan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.food4j.data.file.FileStamp;

/**
 * The files below a photo folder, in whatever order its file system lists them, none of them read
 * yet.
 *
 * @param classes the class folders' names, sorted, whether or not a file lies in them
 * @param files that may be photos, sorted by path
 * @param rejected files that cannot be, sorted by path
 */
public record PhotoListing(List<String> classes, List<PhotoFile> files, List<Rejection> rejected) {
  /** Copies the lists and sorts them. */
  public PhotoListing {
    classes = classes.stream().sorted().toList();
    files = files.stream().sorted(Comparator.comparing(PhotoFile::path)).toList();
    rejected = rejected.stream().sorted(Rejection.BY_PATH).toList();
  }

  /**
   * Lists a folder of this machine. Links are followed, but no folder is entered twice.
   *
   * @throws IllegalArgumentException if there is no such folder, no class folder in it, or one
   *     whose name this system's character set cannot hold
   * @throws IOException if the folder cannot be listed
   */
  public static PhotoListing of(Path root) throws IOException {
    requireFolder(root);
    return FolderWalk.of(root).requireClasses(root.toString());
  }

  /**
   * Lists what somebody else found, by the same rules as a folder of this machine: files and
   * folders of an {@link IgnoredName} are passed over, and files outside class folders rejected.
   *
   * @param root the photo folder, for messages
   * @param folders names of the folders that lie directly in it, empty ones included
   * @param files by path relative to it, with {@code /} between folders, those in folders at any
   *     depth included
   * @throws IllegalArgumentException if there is no class folder, or one whose name is garbled
   */
  public static PhotoListing ofNames(
      String root, Collection<String> folders, Map<String, FileStamp> files) {
    ListedFiles found = new ListedFiles();
    Set<String> garbled = new HashSet<>();
    for (String name : folders) {
      if (!IgnoredName.matches(name)) {
        ListedFiles.requireClassName(name, root + "/" + name);
        found.addClass(name);
      }
    }
    for (Map.Entry<String, FileStamp> file : new TreeMap<>(files).entrySet()) {
      String path = file.getKey();
      if (Arrays.stream(path.split("/")).anyMatch(IgnoredName::matches)) {
        continue;
      }
      int slash = path.indexOf('/');
      if (slash > 0) {
        String name = path.substring(0, slash);
        ListedFiles.requireClassName(name, root + "/" + name);
        found.addClass(name);
      }
      int end = garbledFolder(path);
      if (end > 0) {
        // once, as a folder that is not entered
        if (garbled.add(path.substring(0, end))) {
          found.reject(path.substring(0, end), ListedFiles.GARBLED);
        }
      } else if (found.isPlaced(path)) {
        found.add(path, file.getValue());
      }
    }
    return found.listing().requireClasses(root);
  }

  /** Where the name of the first folder ends that is garbled; -1 if none is. */
  private static int garbledFolder(String path) {
    int end = path.indexOf('/');
    while (end >= 0 && !ListedFiles.isGarbled(path.substring(0, end))) {
      end = path.indexOf('/', end + 1);
    }
    return end;
  }

  static void requireFolder(Path root) {
    if (!Files.exists(root)) {
      throw new IllegalArgumentException("There is no folder " + root);
    }
    if (!Files.isDirectory(root)) {
      throw new IllegalArgumentException(
          root + " is a file: name the folder that holds a folder of photos per class");
    }
  }

  private PhotoListing requireClasses(String root) {
    if (classes.isEmpty()) {
      throw new IllegalArgumentException(
          "%s holds no class folders%s: give each class a folder of its photos"
              .formatted(root, rejected.isEmpty() ? " (it is empty)" : ""));
    }
    return this;
  }

  /** The listing with more files that were left out, before it or beside it. */
  public PhotoListing withRejected(List<Rejection> more) {
    return new PhotoListing(
        classes, files, Stream.concat(rejected.stream(), more.stream()).toList());
  }
}
