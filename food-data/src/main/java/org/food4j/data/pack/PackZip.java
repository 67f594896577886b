package org.food4j.data.pack;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.food4j.data.file.AtomicFile;
import org.food4j.data.file.DirectoryLock;
import org.food4j.data.file.DirectoryPlace;

/** A pack as a zip file: the same files, the same bytes. */
record PackZip(Path out) implements PackTarget {
  /** The first time that a zip can hold. */
  private static final LocalDateTime EARLIEST = LocalDateTime.of(1980, 1, 1, 0, 0);

  @Override
  public void requireReplaceable() throws IOException {
    if (Files.exists(out) && !isPack()) {
      throw new IllegalArgumentException(
          "%s exists and is no pack (it has no %s): choose another name; nothing was changed"
              .formatted(out, PackDocument.NAME));
    }
  }

  private boolean isPack() throws IOException {
    if (!Files.isRegularFile(out)) {
      return false;
    }
    try (ZipFile zip = new ZipFile(out.toFile())) {
      ZipEntry document = zip.getEntry(PackDocument.NAME);
      return document != null
          && PackDocument.isOne(
              new String(zip.getInputStream(document).readNBytes(1 << 20), StandardCharsets.UTF_8));
    } catch (ZipException e) {
      return false; // some other file that is named so
    }
  }

  @Override
  public void write(Content content) throws IOException {
    DirectoryLock lock = PackTarget.lock(out);
    try (lock) {
      requireReplaceable();
      DirectoryPlace place = DirectoryPlace.of(out);
      AtomicFile.write(
          place.directory(),
          place.hidden("writing"),
          temporary -> {
            try (ZipOutputStream zip =
                new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(temporary)))) {
              content.giveTo((path, bytes) -> put(zip, path, bytes));
            }
          });
    }
  }

  private static void put(ZipOutputStream zip, String path, byte[] bytes) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    ZipEntry entry = new ZipEntry(path);
    // Stored: what a compressor makes of the bytes differs between Java versions.
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(crc.getValue());
    entry.setTimeLocal(EARLIEST);
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }
}
