package org.food4j.data.batch;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32C;
import org.food4j.data.photo.Pixels;
import org.food4j.data.photo.ScaledPhoto;

/** Writes the file that {@link PackedPhotos} reads: beside its place, then moved there. */
final class PhotoPacker {
  private PhotoPacker() {}

  /** Gives a photo as it is to be packed; called by several threads. */
  @FunctionalInterface
  interface Source {
    ScaledPhoto photo(String path) throws IOException;
  }

  /**
   * Packs photos.
   *
   * @param fingerprint of what they are made from and how, 64 hex digits
   * @param paths in the order in which they are packed
   * @param threads photos made at the same time, at least 1
   * @throws IOException if a photo cannot be made or the file not be written; nothing is left then
   */
  static void write(Path file, String fingerprint, List<String> paths, Source source, int threads)
      throws IOException {
    Path place = file.toAbsolutePath();
    Files.createDirectories(place.getParent());
    Path beside = Files.createTempFile(place.getParent(), place.getFileName() + ".", ".packing");
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      try (RandomAccessFile out = new RandomAccessFile(beside.toFile(), "rw")) {
        write(out.getChannel(), fingerprint, paths, source, threads, pool);
      }
      Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      pool.shutdownNow();
      Files.deleteIfExists(beside);
    }
  }

  private static void write(
      FileChannel out,
      String fingerprint,
      List<String> paths,
      Source source,
      int threads,
      ExecutorService pool)
      throws IOException {
    ByteBuffer index =
        ByteBuffer.allocate(Math.multiplyExact(paths.size(), PackedPhotos.Place.BYTES));
    Deque<Future<ScaledPhoto>> ahead = new ArrayDeque<>();
    int started = 0;
    out.position(PackedPhotos.HEADER_BYTES);
    for (int photo = 0; photo < paths.size(); photo++) {
      for (; started < paths.size() && ahead.size() < 2 * threads; started++) {
        String path = paths.get(started);
        ahead.add(pool.submit(() -> source.photo(path)));
      }
      Pixels pixels = await(ahead.remove(), paths.get(photo)).pixels();
      long offset = out.position();
      CRC32C checksum = new CRC32C();
      for (byte[] plane : PackedPhotos.planes(pixels)) {
        checksum.update(plane);
        write(out, ByteBuffer.wrap(plane));
      }
      PackedPhotos.Place.of(offset, pixels, (int) checksum.getValue()).write(index);
    }
    ByteBuffer header = ByteBuffer.allocate(PackedPhotos.HEADER_BYTES);
    header.put((PackedPhotos.MAGIC + fingerprint).getBytes(StandardCharsets.ISO_8859_1));
    header.putInt(paths.size()).putLong(out.position());
    write(out, index.flip());
    out.position(0);
    write(out, header.flip());
    out.force(true);
  }

  private static void write(FileChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  private static ScaledPhoto await(Future<ScaledPhoto> photo, String path) throws IOException {
    try {
      return photo.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while packing photos");
    } catch (ExecutionException e) {
      throw new IOException("Packing %s failed: %s".formatted(path, e.getCause()), e.getCause());
    }
  }
}
