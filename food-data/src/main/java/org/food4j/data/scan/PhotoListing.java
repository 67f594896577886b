package org.food4j.data.scan;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.food4j.data.file.FileStamp;

/**
 * The files below a photo folder, sorted by their path whatever order the file system lists them
 * in. Links are followed, but no folder is entered twice: folders in their own place come first,
 * then links in the order of their paths. A handful of links between folders would otherwise make
 * more paths than there are photos in the world.
 */
final class PhotoListing {
  /** A file that may be a photo: its path below the root, its class, and what tells of changes. */
  record Candidate(String path, String className, FileStamp stamp) {}

  private static final String GARBLED =
      "its name cannot be read in this system's character set, use LC_ALL=C.UTF-8 or rename it";

  private final Path root;
  private final Map<String, String> classes = new HashMap<>();
  private final List<Candidate> candidates = new ArrayList<>();
  private final List<Rejection> rejected = new ArrayList<>();

  /** Folders that were entered, by their real path, and the path below the root each has here. */
  private final Map<Path, String> entered = new HashMap<>();

  private final PriorityQueue<String> links = new PriorityQueue<>();

  private PhotoListing(Path root) {
    this.root = root;
  }

  static PhotoListing of(Path root) throws IOException {
    PhotoListing listing = new PhotoListing(root);
    Path real = root.toRealPath();
    Files.walkFileTree(real, listing.new Visitor(real, ""));
    while (!listing.links.isEmpty()) {
      listing.follow(listing.links.poll());
    }
    listing.candidates.sort(Comparator.comparing(Candidate::path));
    return listing;
  }

  /** The class folders' names, sorted. */
  List<String> classes() {
    return classes.keySet().stream().sorted().toList();
  }

  /** Sorted by path. */
  List<Candidate> candidates() {
    return Collections.unmodifiableList(candidates);
  }

  List<Rejection> rejected() {
    return Collections.unmodifiableList(rejected);
  }

  private void follow(String path) throws IOException {
    Path link = root.resolve(path);
    Path target;
    BasicFileAttributes attributes;
    try {
      target = link.toRealPath();
      attributes = Files.readAttributes(target, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      reject(path, "a link to a missing file");
      return;
    } catch (FileSystemException e) {
      reject(path, "a link that cannot be followed: " + e.getClass().getSimpleName());
      return;
    }
    if (!attributes.isDirectory()) {
      examine(path, target, attributes);
    } else if (link.getParent().toRealPath().startsWith(target)) {
      reject(path, "a link that leads back to a folder above it");
    } else {
      Files.walkFileTree(target, new Visitor(target, path));
    }
  }

  private void examine(String path, Path file, BasicFileAttributes attributes) {
    int slash = path.indexOf('/');
    if (slash < 0) {
      reject(path, "lies outside the class folders");
    } else if (isGarbled(path)) {
      reject(path, GARBLED);
    } else if (!attributes.isRegularFile()) {
      reject(path, "not a regular file");
    } else {
      try {
        String className = classes.get(path.substring(0, slash));
        candidates.add(new Candidate(path, className, FileStamp.of(file, attributes)));
      } catch (IOException e) {
        reject(path, PhotoScan.unreadable(e));
      }
    }
  }

  /** Whether the platform's character set could not hold the name, which then names no file. */
  private static boolean isGarbled(String name) {
    return name.indexOf('\ufffd') >= 0;
  }

  private void reject(String path, String reason) {
    rejected.add(new Rejection(path, reason));
  }

  /** Walks a folder, itself no link, that has a path of its own below the root. */
  private final class Visitor extends SimpleFileVisitor<Path> {
    private final Path top;
    private final String prefix;

    Visitor(Path top, String prefix) {
      this.top = top;
      this.prefix = prefix;
    }

    private String path(Path file) {
      String below = top.relativize(file).toString();
      String separator = top.getFileSystem().getSeparator();
      below = separator.equals("/") ? below : below.replace(separator, "/");
      return prefix.isEmpty() || below.isEmpty() ? prefix + below : prefix + "/" + below;
    }

    private boolean isIgnored(Path file) {
      return !file.equals(top) && IgnoredName.matches(file.getFileName().toString());
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      if (isIgnored(folder)) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      String path = path(folder);
      boolean isClass = !path.isEmpty() && path.indexOf('/') < 0;
      if (isGarbled(path)) {
        if (isClass) {
          // Left out like a photo, a whole class would be missing from the model unnoticed.
          throw new IllegalArgumentException("The class folder " + folder + ": " + GARBLED);
        }
        reject(path, GARBLED);
        return FileVisitResult.SKIP_SUBTREE;
      }
      String earlier = entered.putIfAbsent(folder, path);
      if (earlier != null) {
        reject(
            path,
            earlier.isEmpty()
                ? "a link that leads back to a folder above it"
                : "the same folder as " + earlier + ", whose photos are read there");
        return FileVisitResult.SKIP_SUBTREE;
      }
      if (isClass) {
        classes.put(path, path);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (isIgnored(file)) {
        return FileVisitResult.CONTINUE;
      }
      if (attributes.isSymbolicLink()) {
        links.add(path(file));
      } else {
        examine(path(file), file, attributes);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      String path = path(file);
      if (path.isEmpty()) {
        throw failure;
      }
      if (path.indexOf('/') < 0) {
        // It stays a class, one without photos, rather than vanish from the model unnoticed.
        classes.put(path, path);
      }
      reject(path, PhotoScan.unreadable(failure));
      return FileVisitResult.CONTINUE;
    }
  }
}
