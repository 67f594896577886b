package org.food4j.models.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.food4j.data.file.AtomicFile;

/**
 * A float32 array in NumPy's {@code .npy} format, row-major: read in versions 1 to 3, written in 1.
 *
 * @param shape sizes of the axes
 * @param values in row-major order
 */
@SuppressWarnings("ArrayRecordComponent")
public record NpyArray(long[] shape, float[] values) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** Magic, version and the header's length. */
  private static final int PREFIX = 10;

  private static final Pattern HEADER =
      Pattern.compile(
          "'descr'\\s*:\\s*'([^']*)'.*'fortran_order'\\s*:\\s*(\\w+).*'shape'\\s*:\\s*\\(([^)]*)\\)",
          Pattern.DOTALL);

  /**
   * Reads a file.
   *
   * @throws WeightsException if it is not a complete float32 array in row-major order
   * @throws IOException if it cannot be read
   */
  public static NpyArray read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.limit() < 12 || !Arrays.equals(MAGIC, Arrays.copyOf(bytes.array(), 6))) {
      throw new WeightsException(file, "not a NumPy array");
    }
    int version = bytes.get(6);
    bytes.position(8);
    long length = version == 1 ? bytes.getShort() & 0xffff : bytes.getInt() & 0xffffffffL;
    if (length > bytes.remaining()) {
      throw new WeightsException(file, "truncated: its header claims " + length + " bytes");
    }
    byte[] header = new byte[(int) length];
    bytes.get(header);
    Matcher fields = HEADER.matcher(new String(header, StandardCharsets.UTF_8));
    if (!fields.find()) {
      throw new WeightsException(file, "its header is not that of a NumPy array");
    }
    if (!fields.group(1).equals("<f4") || !fields.group(2).equals("False")) {
      throw new WeightsException(
          file,
          "float32 in row-major order ('<f4', fortran_order False) is read, not '%s', %s"
              .formatted(fields.group(1), fields.group(2)));
    }
    long[] shape = shape(file, fields.group(3));
    long count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    if (count * Float.BYTES != bytes.remaining()) {
      throw new WeightsException(
          file,
          String.format(
              Locale.ROOT,
              "%s floats take %d bytes, but %d follow the header",
              Arrays.toString(shape),
              count * Float.BYTES,
              bytes.remaining()));
    }
    float[] values = new float[(int) count];
    bytes.asFloatBuffer().get(values);
    return new NpyArray(shape, values);
  }

  /**
   * Writes a file of format version 1, replacing it as a whole.
   *
   * @throws IllegalArgumentException if the shape does not hold as many values
   * @throws IOException if it cannot be written; the file is then as it was
   */
  public void write(Path file) throws IOException {
    if (Arrays.stream(shape).reduce(1, (a, b) -> a * b) != values.length) {
      throw new IllegalArgumentException(
          "%s does not hold %d values".formatted(Arrays.toString(shape), values.length));
    }
    String sizes = Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", "));
    String fields =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%s%s), }"
            .formatted(sizes, shape.length == 1 ? "," : "");
    // values begin at a multiple of 64, as the format asks
    int headerEnd = Math.toIntExact((PREFIX + fields.length() + 1 + 63L) / 64 * 64);
    String header = fields + " ".repeat(headerEnd - PREFIX - fields.length() - 1) + "\n";
    ByteBuffer bytes =
        ByteBuffer.allocate(
                Math.addExact(headerEnd, Math.multiplyExact(values.length, Float.BYTES)))
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(MAGIC)
            .put((byte) 1)
            .put((byte) 0)
            .putShort((short) (headerEnd - PREFIX))
            .put(header.getBytes(StandardCharsets.US_ASCII));
    bytes.asFloatBuffer().put(values);
    AtomicFile.write(file, bytes.array());
  }

  private static long[] shape(Path file, String text) throws WeightsException {
    try {
      long[] shape =
          Arrays.stream(text.split(","))
              .map(String::strip)
              .filter(size -> !size.isEmpty())
              .mapToLong(Long::parseLong)
              .toArray();
      long bytes = Arrays.stream(shape).reduce(Float.BYTES, Math::multiplyExact);
      if (bytes <= Integer.MAX_VALUE && Arrays.stream(shape).allMatch(size -> size >= 0)) {
        return shape;
      }
      throw new WeightsException(
          file, "its shape (" + text + ") has a negative size, or 2 GB or more");
    } catch (NumberFormatException | ArithmeticException e) {
      throw new WeightsException(file, "its shape is (" + text + ")", e);
    }
  }
}
