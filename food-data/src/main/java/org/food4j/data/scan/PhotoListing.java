package org.food4j.data.scan;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The files below a photo folder, sorted by their path whatever order the file system lists them
 * in. Links are followed unless they lead back to a folder above them.
 */
final class PhotoListing {
  /** A file that may be a photo: its path below the root, and the class folder's name. */
  record Candidate(String path, String className, Path file) {}

  private static final String GARBLED =
      "its name cannot be read in this system's character set, use LC_ALL=C.UTF-8 or rename it";

  private final Path root;
  private final List<String> classes = new ArrayList<>();
  private final List<Candidate> candidates = new ArrayList<>();
  private final List<Rejection> rejected = new ArrayList<>();

  private PhotoListing(Path root) {
    this.root = root;
  }

  static PhotoListing of(Path root) throws IOException {
    PhotoListing listing = new PhotoListing(root);
    // The walk starts at the root, not at a class folder, so that a link from a class folder to the
    // root counts as a loop.
    Files.walkFileTree(
        root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, listing.new Visitor());
    Collections.sort(listing.classes);
    listing.candidates.sort(Comparator.comparing(Candidate::path));
    return listing;
  }

  List<String> classes() {
    return classes;
  }

  List<Candidate> candidates() {
    return candidates;
  }

  List<Rejection> rejected() {
    return rejected;
  }

  private String relative(Path file) {
    return StreamSupport.stream(root.relativize(file).spliterator(), false)
        .map(Path::toString)
        .collect(Collectors.joining("/"));
  }

  private static boolean isHidden(Path path) {
    String name = path.getFileName().toString();
    // macOS puts its resource forks into archives under this name.
    return name.startsWith(".") || name.equals("__MACOSX");
  }

  /** Whether the platform's character set could not hold the name, which then names no file. */
  private static boolean isGarbled(Path path) {
    return path.getFileName().toString().indexOf('\ufffd') >= 0;
  }

  private void reject(Path file, String reason) {
    rejected.add(new Rejection(relative(file), reason));
  }

  private final class Visitor extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      if (folder.equals(root)) {
        return FileVisitResult.CONTINUE;
      }
      if (isHidden(folder)) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      boolean isClass = folder.getParent().equals(root);
      if (isGarbled(folder)) {
        if (isClass) {
          // Left out like a photo, a whole class would be missing from the model unnoticed.
          throw new IllegalArgumentException("The class folder " + folder + ": " + GARBLED);
        }
        reject(folder, GARBLED);
        return FileVisitResult.SKIP_SUBTREE;
      }
      if (isClass) {
        classes.add(folder.getFileName().toString());
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (isHidden(file)) {
        return FileVisitResult.CONTINUE;
      }
      if (file.getParent().equals(root)) {
        reject(file, "lies outside the class folders");
      } else if (isGarbled(file)) {
        reject(file, GARBLED);
      } else if (attributes.isSymbolicLink()) {
        reject(file, "a link to a missing file");
      } else if (!attributes.isRegularFile()) {
        reject(file, "not a regular file");
      } else {
        String path = relative(file);
        candidates.add(new Candidate(path, path.substring(0, path.indexOf('/')), file));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (file.equals(root)) {
        throw failure;
      }
      reject(
          file,
          failure instanceof FileSystemLoopException
              ? "a link that leads back to a folder above it"
              : PhotoScan.unreadable(failure));
      return FileVisitResult.CONTINUE;
    }
  }
}
