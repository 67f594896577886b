package org.food4j.data.scan;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import org.food4j.data.file.FileStamp;

/**
 * The walk through a photo folder of this machine. Links are followed, but no folder is entered
 * twice: folders in their own place come first, then links in the order of their paths. A handful
 * of links between folders would otherwise make more paths than there are photos in the world.
 */
final class FolderWalk {
  private final Path root;
  private final ListedFiles found = new ListedFiles();

  /** Folders that were entered, by their real path, and the path below the root each has here. */
  private final Map<Path, String> entered = new HashMap<>();

  private final PriorityQueue<String> links = new PriorityQueue<>();

  private FolderWalk(Path root) {
    this.root = root;
  }

  /** The files of an existing folder. */
  static PhotoListing of(Path root) throws IOException {
    FolderWalk walk = new FolderWalk(root);
    Path real = root.toRealPath();
    Files.walkFileTree(real, walk.new Visitor(real, ""));
    while (!walk.links.isEmpty()) {
      walk.follow(walk.links.poll());
    }
    return walk.found.listing();
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
    if (!found.isPlaced(path)) {
      return;
    }
    if (!attributes.isRegularFile()) {
      reject(path, "not a regular file");
      return;
    }
    try {
      found.add(path, FileStamp.of(file, attributes));
    } catch (IOException e) {
      reject(path, PhotoScan.unreadable(e));
    }
  }

  private void reject(String path, String reason) {
    found.reject(path, reason);
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
      if (isClass) {
        ListedFiles.requireClassName(path, folder);
      }
      if (ListedFiles.isGarbled(path)) {
        reject(path, ListedFiles.GARBLED);
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
        found.addClass(path);
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
        found.addClass(path);
      }
      reject(path, PhotoScan.unreadable(failure));
      return FileVisitResult.CONTINUE;
    }
  }
}
