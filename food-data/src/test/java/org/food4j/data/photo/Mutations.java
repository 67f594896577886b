package org.food4j.data.photo;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;

/** Damages files: truncation, flipped bits, overwritten, moved and repeated parts, other sizes. */
final class Mutations {
  private static final List<int[]> SIZES =
      List.of(
          new int[] {60_000, 60_000},
          new int[] {65_535, 65_535},
          new int[] {12_000, 8_000},
          new int[] {8_000, 6_000},
          new int[] {5_000, 4_000},
          new int[] {16_383, 1_000},
          new int[] {1, 60_000},
          new int[] {0, 7},
          new int[] {Integer.MAX_VALUE, Integer.MAX_VALUE},
          new int[] {Integer.MIN_VALUE, -1});

  private static final List<String> STARTS =
      List.of("\u00ff\u00d8\u00ff", PngStructure.SIGNATURE, "RIFF\0\0\0\0WEBPVP8 ", "BM", "GIF89a");

  private Mutations() {}

  /** A damaged copy; the same seed gives the same bytes. */
  static byte[] mutate(byte[] file, long seed) {
    Random random = new Random(seed * 0x9e3779b97f4a7c15L);
    byte[] mutated = file.clone();
    if (isJpeg(file) && random.nextInt(4) == 0) {
      mutated = contradictory(file, random);
      if (random.nextBoolean()) {
        return mutated;
      }
    }
    for (int rounds = random.nextInt(4) == 0 ? 3 : 1; rounds > 0; rounds--) {
      mutated = once(mutated, random);
    }
    return random.nextInt(5) > 0 ? withChecksums(mutated) : mutated;
  }

  private static boolean isJpeg(byte[] file) {
    return file.length > 40 && file[0] == (byte) 0xff && file[1] == (byte) 0xd8;
  }

  /** A JPEG whose parts are whole, but of which some are missing, double or of another photo. */
  private static byte[] contradictory(byte[] jpeg, Random random) {
    int size = random.nextInt(SIZES.size());
    return switch (random.nextInt(5)) {
      case 0 -> joined(Arrays.copyOf(jpeg, jpeg.length - 2), resized(jpeg, SIZES.get(size)));
      case 1 -> withSecondFrame(jpeg, SIZES.get(size));
      case 2 -> withoutScan(jpeg, random);
      case 3 -> joined(jpeg, resized(jpeg, SIZES.get(size)));
      default -> SampleFiles.withOrientation(jpeg, 1 + random.nextInt(8));
    };
  }

  static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** With a frame header of another size before the first scan. */
  private static byte[] withSecondFrame(byte[] jpeg, int[] size) {
    int scan = marker(jpeg, 2, 0xda, 0xda);
    int frame = marker(jpeg, 2, 0xc0, 0xc2);
    int end = Math.min(scan, frame + 19);
    byte[] second = Arrays.copyOfRange(resized(jpeg, size), frame, Math.max(frame, end));
    return joined(Arrays.copyOf(jpeg, scan), second, Arrays.copyOfRange(jpeg, scan, jpeg.length));
  }

  /** Without one of its scans, which may be the only one. */
  private static byte[] withoutScan(byte[] jpeg, Random random) {
    int scan = marker(jpeg, 2, 0xda, 0xda);
    for (int skipped = random.nextInt(4); skipped > 0; skipped--) {
      int next = marker(jpeg, scan + 2, 0xda, 0xda);
      scan = next < jpeg.length ? next : scan;
    }
    int end = Math.min(jpeg.length - 2, marker(jpeg, scan + 2, 0xda, 0xda));
    return joined(
        Arrays.copyOf(jpeg, scan), Arrays.copyOfRange(jpeg, Math.max(scan, end), jpeg.length));
  }

  /** Where a marker lies, or the file's length. */
  private static int marker(byte[] jpeg, int from, int first, int last) {
    for (int i = from; i + 1 < jpeg.length; i++) {
      int code = jpeg[i + 1] & 0xff;
      if (jpeg[i] == (byte) 0xff && code >= first && code <= last) {
        return i;
      }
    }
    return jpeg.length;
  }

  private static byte[] once(byte[] file, Random random) {
    if (file.length < 40) {
      return file;
    }
    int at = random.nextInt(file.length);
    int length = 1 + random.nextInt(Math.min(64, file.length - at));
    switch (random.nextInt(10)) {
      case 0:
        return Arrays.copyOf(file, at);
      case 1:
        for (int flips = random.nextInt(1, 32); flips > 0; flips--) {
          file[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return file;
      case 2:
        for (int flips = random.nextInt(1, 8); flips > 0; flips--) {
          file[random.nextInt(Math.min(200, file.length))] = (byte) random.nextInt(256);
        }
        return file;
      case 3:
        Arrays.fill(file, at, at + length, (byte) (random.nextBoolean() ? 0 : 0xff));
        return file;
      case 4:
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        System.arraycopy(noise, 0, file, at, length);
        return file;
      case 5:
        return moved(file, at, length, random.nextInt(file.length - length + 1));
      case 6:
        return repeated(file, at, length, random.nextInt(1, 300));
      case 7, 8:
        return resized(file, SIZES.get(random.nextInt(SIZES.size())));
      default:
        byte[] start = STARTS.get(random.nextInt(5)).getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(start, 0, file, 0, Math.min(start.length, file.length));
        return file;
    }
  }

  private static byte[] moved(byte[] file, int from, int length, int to) {
    byte[] part = Arrays.copyOfRange(file, from, from + length);
    System.arraycopy(file, to, file, from, Math.min(length, file.length - Math.max(from, to)));
    System.arraycopy(part, 0, file, to, length);
    return file;
  }

  private static byte[] repeated(byte[] file, int from, int length, int times) {
    ByteBuffer longer = ByteBuffer.allocate(file.length + length * times);
    longer.put(file, 0, from);
    for (int i = 0; i <= times; i++) {
      longer.put(file, from, length);
    }
    return longer.put(file, from + length, file.length - from - length).array();
  }

  /** The file with another size in its header, wherever its format keeps it. */
  static byte[] resized(byte[] file, int[] size) {
    byte[] copy = file.clone();
    ByteBuffer little = ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN);
    String start = new String(copy, 0, 16, StandardCharsets.ISO_8859_1);
    if (start.startsWith("\u0089PNG")) {
      ByteBuffer.wrap(copy).putInt(16, size[0]).putInt(20, size[1]);
    } else if (start.startsWith("\u00ff\u00d8")) {
      for (int i = 2; i + 9 < copy.length; i++) {
        if (copy[i] == (byte) 0xff && copy[i + 1] >= (byte) 0xc0 && copy[i + 1] <= (byte) 0xc2) {
          ByteBuffer.wrap(copy).putShort(i + 5, (short) size[1]).putShort(i + 7, (short) size[0]);
          break;
        }
      }
    } else if (start.startsWith("BM")) {
      little.putInt(18, size[0]).putInt(22, size[1]);
    } else if (start.startsWith("GIF8")) {
      little.putShort(6, (short) size[0]).putShort(8, (short) size[1]);
      for (int i = 13; i + 9 < copy.length; i++) {
        if (copy[i] == 0x2c && little.getInt(i + 1) == 0) {
          little.putShort(i + 5, (short) size[0]).putShort(i + 7, (short) size[1]);
        }
      }
    } else if (start.startsWith("VP8 ", 12)) {
      little.putShort(26, (short) size[0]).putShort(28, (short) size[1]);
    } else if (start.startsWith("VP8L", 12)) {
      little.putInt(21, size[0] - 1 & 0x3fff | (size[1] - 1 & 0x3fff) << 14);
    } else if (start.startsWith("VP8X", 12)) {
      little.putInt(24, size[0] - 1).putShort(27, (short) (size[1] - 1));
    }
    return copy;
  }

  /** A PNG with right checksums, so that the damage gets beyond them; other files as they are. */
  static byte[] withChecksums(byte[] file) {
    ByteBuffer png = ByteBuffer.wrap(file);
    if (file.length < 8 || png.getLong(0) != 0x89504e470d0a1a0aL) {
      return file;
    }
    for (long at = 8; at + 12 <= file.length; ) {
      long length = png.getInt((int) at);
      if (length < 0 || at + 12 + length > file.length) {
        break;
      }
      CRC32 crc = new CRC32();
      crc.update(file, (int) at + 4, (int) length + 4);
      png.putInt((int) (at + 8 + length), (int) crc.getValue());
      at += 12 + length;
    }
    return file;
  }
}
