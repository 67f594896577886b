package org.food4j.data.photo;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** Writes PNG files of any colour type and depth, with any chunks before the pixels. */
final class PngFile {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final int width;
  private final int height;
  private final int bits;
  private final int samples;

  PngFile(int width, int height, int bits, int colourType) {
    this.width = width;
    this.height = height;
    this.bits = bits;
    this.samples =
        switch (colourType) {
          case 2 -> 3;
          case 4 -> 2;
          case 6 -> 4;
          default -> 1;
        };
    bytes.writeBytes(PngStructure.SIGNATURE.getBytes(StandardCharsets.ISO_8859_1));
    byte[] header = {(byte) bits, (byte) colourType, 0, 0, 0};
    chunk("IHDR", ByteBuffer.allocate(13).putInt(width).putInt(height).put(header).array());
  }

  /** A sample from its place and channel. */
  interface Samples {
    int at(int x, int y, int channel);
  }

  PngFile chunk(String type, byte[] data) {
    byte[] typed = Arrays.copyOf(type.getBytes(StandardCharsets.US_ASCII), 4 + data.length);
    System.arraycopy(data, 0, typed, 4, data.length);
    CRC32 crc = new CRC32();
    crc.update(typed);
    bytes.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    bytes.writeBytes(typed);
    bytes.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    return this;
  }

  /** The whole file. */
  byte[] pixels(Samples pixels) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(data))) {
      byte[] row = new byte[(width * samples * bits + 7) / 8];
      for (int y = 0; y < height; y++) {
        Arrays.fill(row, (byte) 0);
        for (int i = 0; i < width * samples; i++) {
          int value = pixels.at(i / samples, y, i % samples);
          for (int bit = 0; bit < bits; bit++) {
            int at = i * bits + bit;
            row[at / 8] |= (byte) ((value >> bits - 1 - bit & 1) << 7 - at % 8);
          }
        }
        out.writeByte(0);
        out.write(row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return data(data.toByteArray());
  }

  /** The whole file, from pixels already deflated. */
  byte[] data(byte[] deflated) {
    return chunk("IDAT", deflated).chunk("IEND", new byte[0]).bytes.toByteArray();
  }
}
