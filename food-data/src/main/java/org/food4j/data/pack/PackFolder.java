package org.food4j.data.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.food4j.data.file.DirectoryLock;
import org.food4j.data.file.DirectoryPlace;
import org.food4j.data.file.DirectorySwap;
import org.food4j.data.file.OutputDirectory;
import org.food4j.data.manifest.Split;

/** A pack as a folder. */
record PackFolder(Path out) implements PackTarget {
  /** Whether the folder is a pack. */
  boolean isPack() throws IOException {
    Path document = out.resolve(PackDocument.NAME);
    return Files.isRegularFile(document) && PackDocument.isOne(Files.readString(document));
  }

  @Override
  public void requireReplaceable() throws IOException {
    swap().settle();
    requirePackOrNothing();
  }

  private void requirePackOrNothing() throws IOException {
    if (!OutputDirectory.isFree(out) && !isPack()) {
      throw new IllegalArgumentException(
          "%s is not empty and no pack (it has no %s): choose another folder; nothing was changed"
              .formatted(out, PackDocument.NAME));
    }
  }

  @Override
  public void write(Content content) throws IOException {
    DirectoryLock lock = PackTarget.lock(out);
    try (lock) {
      swap().recover();
      requirePackOrNothing();
      swap()
          .replace(
              staging ->
                  content.giveTo(
                      (path, bytes) -> {
                        Path file = staging.resolve(path);
                        Files.createDirectories(file.getParent());
                        Files.write(file, bytes);
                      }));
    }
  }

  private DirectorySwap swap() throws IOException {
    return new DirectorySwap(DirectoryPlace.of(out), PackFolder::isOurs);
  }

  private static boolean isOurs(String path) {
    if (Set.of(DatasetPack.LABELS, DatasetPack.MANIFEST, PackDocument.NAME).contains(path)) {
      return true;
    }
    String[] names = path.split("/");
    return names.length == 3
        && Arrays.stream(Split.values()).anyMatch(split -> split.key().equals(names[0]))
        && PackNames.isFile(names[2]);
  }
}
