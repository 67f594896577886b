package org.food4j.data.scan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder of this machine. */
record LocalTree(Path path) implements PhotoTree {
  private static final Logger LOG = LoggerFactory.getLogger(LocalTree.class);

  @Override
  public String place() {
    return path.toString();
  }

  @Override
  public List<Entry> list() throws IOException {
    PhotoListing.requireFolder(path);
    List<Path> files;
    try (Stream<Path> listed = Files.list(path)) {
      files = listed.sorted(Comparator.comparing(Path::toString)).toList();
    }
    List<Entry> entries = new ArrayList<>();
    for (Path file : files) {
      entries.add(entry(file));
    }
    return entries;
  }

  private static Entry entry(Path file) {
    Kind kind = Kind.OTHER;
    long size = 0;
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      size = attributes.size();
      if (attributes.isDirectory()) {
        kind = Kind.FOLDER;
      } else if (attributes.isRegularFile()) {
        kind = Kind.FILE;
      }
    } catch (IOException e) {
      LOG.debug("{} is neither a file nor a folder", file, e); // the listing says what it is
    }
    return new Entry(file.getFileName().toString(), kind, size, Files.isReadable(file));
  }

  @Override
  public PhotoTree folder(String name) {
    return new LocalTree(path.resolve(name));
  }

  @Override
  public byte[] read(String name) throws IOException {
    return Files.readAllBytes(path.resolve(name));
  }

  @Override
  public PhotoListing listing() throws IOException {
    return PhotoListing.of(path);
  }
}
