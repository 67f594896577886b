package org.food4j.models.weights.keras;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.food4j.models.weights.WeightsException;

/**
 * The start of an HDF5 file (format specification 3.0, section II.A), which tells the file's
 * length: the native library, which prints what it does not like to standard error, is not given
 * files that are none or that were cut.
 */
final class Hdf5Superblock {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
  private static final int LENGTH = 52;

  private Hdf5Superblock() {}

  /**
   * Refuses what is no whole HDF5 file.
   *
   * @throws WeightsException if the signature lacks, the version is unknown or the file too short
   */
  static void requireWhole(Path file) throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(LENGTH);
    }
    if (start.length < LENGTH
        || !Arrays.equals(SIGNATURE, Arrays.copyOf(start, SIGNATURE.length))) {
      throw new WeightsException(file, "not an HDF5 file: it lacks the signature");
    }
    int version = start[8];
    int offsetBytes = start[version < 2 ? 13 : 9];
    if (version < 0 || version > 3 || offsetBytes != Long.BYTES) {
      throw new WeightsException(
          file,
          String.format(
              Locale.ROOT,
              "HDF5 of version 0 to 3 with addresses of 8 bytes is read, not version %d with %d",
              version,
              offsetBytes));
    }
    int at =
        switch (version) {
          case 0 -> 40;
          case 1 -> 44;
          default -> 28;
        };
    long end = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong(at);
    if (end < 0 || end > Files.size(file)) {
      throw new WeightsException(
          file,
          String.format(
              Locale.ROOT,
              "truncated: it says it has %d bytes, and has %d",
              end,
              Files.size(file)));
    }
  }
}
