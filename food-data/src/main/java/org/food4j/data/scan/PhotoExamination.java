package org.food4j.data.scan;

import java.io.IOException;
import java.util.Locale;
import org.food4j.data.duplicate.PerceptualHash;
import org.food4j.data.duplicate.PhotoSignature;
import org.food4j.data.file.Sha256;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.photo.PhotoException;
import org.food4j.data.photo.ScaledPhoto;

/**
 * From a file's bytes to what is known of it: the same on every machine, whoever reads. Thread-safe
 * if decoder and bytes are.
 */
public final class PhotoExamination {
  /** Gives a file's bytes. */
  @FunctionalInterface
  public interface Bytes {
    /**
     * Reads a file.
     *
     * @param path relative to the photo root, with {@code /} between folders
     * @throws IOException if it cannot be read
     */
    byte[] of(String path) throws IOException;
  }

  /** Larger files are read one at a time: together they would not fit a small heap. */
  private static final long LARGE_FILE_BYTES = 32L << 20;

  private static final Object LARGE_FILE = new Object();

  private final PhotoDecoder decoder;
  private final Bytes bytes;

  /** Takes the bytes from somewhere. */
  public PhotoExamination(PhotoDecoder decoder, Bytes bytes) {
    this.decoder = decoder;
    this.bytes = bytes;
  }

  /** Reads, hashes and decodes a file. One that is too large is not read. */
  public Examined examine(PhotoFile file) {
    long size = file.stamp().size();
    if (size > PhotoScan.MAX_FILE_BYTES) {
      String reason =
          String.format(
              Locale.ROOT,
              "a file of %d MiB is above the limit of %d MiB",
              size >> 20,
              PhotoScan.MAX_FILE_BYTES >> 20);
      return new Examined(new Rejection(file.path(), reason), true);
    }
    try {
      if (size < LARGE_FILE_BYTES) {
        return new Examined(decode(file), true);
      }
      synchronized (LARGE_FILE) {
        return new Examined(decode(file), true);
      }
    } catch (PhotoException e) {
      return new Examined(new Rejection(file.path(), e.getMessage()), true);
    } catch (IOException e) {
      return new Examined(new Rejection(file.path(), PhotoScan.unreadable(e)), false);
    }
  }

  private ScannedPhoto decode(PhotoFile file) throws IOException {
    byte[] encoded = bytes.of(file.path());
    ScaledPhoto photo = decoder.decode(encoded, PhotoScan.DETAIL);
    String sha256 = Sha256.of(encoded);
    // Random bits keep photos of a single colour apart from each other.
    long noHash = Long.parseUnsignedLong(sha256.substring(0, 16), 16);
    return new ScannedPhoto(
        file.path(),
        file.className(),
        photo.width(),
        photo.height(),
        sha256,
        PerceptualHash.of(photo.pixels()).orElse(noHash),
        PhotoSignature.of(photo.pixels()));
  }
}
