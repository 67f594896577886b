package org.food4j.data.batch;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.Pixels;
import org.food4j.data.photo.ScaledPhoto;
import org.food4j.data.photo.YccPixels;

/**
 * Decoded photos in one file, for data sets whose photos do not all fit into memory: reading
 * samples takes a tenth of decoding them. The package's description gives the format.
 *
 * <p>Thread-safe.
 */
final class PackedPhotos implements Closeable {
  static final String MAGIC = "F4JPACK1";

  /** Magic, fingerprint as hex digits, number of photos, offset of the index. */
  static final int HEADER_BYTES = 8 + 64 + Integer.BYTES + Long.BYTES;

  private final Path file;
  private final FileChannel channel;
  private final Map<String, Place> places;

  private PackedPhotos(Path file, FileChannel channel, Map<String, Place> places) {
    this.file = file;
    this.channel = channel;
    this.places = places;
  }

  /**
   * Opens a file, if it is there and holds what it should.
   *
   * @param fingerprint of what the photos were made from and how, 64 hex digits
   * @param paths of the photos, in the order in which they were packed
   * @return empty if there is no such file, or one of other photos or another format
   * @throws IOException if it cannot be read
   */
  static Optional<PackedPhotos> open(Path file, String fingerprint, List<String> paths)
      throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    boolean opened = false;
    try {
      Optional<Map<String, Place>> places = index(channel, fingerprint, paths);
      opened = places.isPresent();
      return places.map(found -> new PackedPhotos(file, channel, found));
    } finally {
      if (!opened) {
        channel.close();
      }
    }
  }

  private static Optional<Map<String, Place>> index(
      FileChannel channel, String fingerprint, List<String> paths) throws IOException {
    if (channel.size() < HEADER_BYTES) {
      return Optional.empty();
    }
    ByteBuffer header = read(channel, 0, new byte[HEADER_BYTES]);
    byte[] start = new byte[8 + 64];
    header.get(start);
    int count = header.getInt();
    long offset = header.getLong();
    if (!new String(start, StandardCharsets.ISO_8859_1).equals(MAGIC + fingerprint)
        || count != paths.size()
        || channel.size() != offset + (long) count * Place.BYTES) {
      return Optional.empty();
    }
    ByteBuffer index = read(channel, offset, new byte[Math.multiplyExact(count, Place.BYTES)]);
    Map<String, Place> places = new HashMap<>();
    for (String path : paths) {
      places.put(path, Place.read(index));
    }
    return Optional.of(places);
  }

  private static ByteBuffer read(FileChannel channel, long position, byte[] bytes)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw new IOException("ends too early");
      }
    }
    return buffer.flip();
  }

  /**
   * Reads a photo.
   *
   * @throws IllegalArgumentException if it is not among the packed ones
   * @throws IOException if the file cannot be read or is damaged
   */
  ScaledPhoto get(String path) throws IOException {
    Place place = places.get(path);
    if (place == null) {
      throw new IllegalArgumentException(path + " is not in " + file);
    }
    byte[][] planes = new byte[place.planes()][];
    CRC32C checksum = new CRC32C();
    long position = place.offset();
    for (int plane = 0; plane < planes.length; plane++) {
      planes[plane] = new byte[place.length(plane)];
      read(channel, position, planes[plane]);
      checksum.update(planes[plane]);
      position += planes[plane].length;
    }
    if ((int) checksum.getValue() != place.checksum()) {
      throw new IOException(
          "The packed photo of %s is damaged: delete %s, it will be made anew"
              .formatted(path, file));
    }
    return ScaledPhoto.full(place.pixels(planes));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** The planes of a photo in the order in which they are packed. */
  static byte[][] planes(Pixels pixels) {
    return pixels instanceof YccPixels ycc
        ? new byte[][] {ycc.luma(), ycc.blue(), ycc.red()}
        : new byte[][] {pixels.toPhoto().rgb()};
  }

  /**
   * An entry of the index.
   *
   * @param offset of the photo's first byte in the file
   * @param width in pixels
   * @param height in pixels
   * @param columns luma samples to one of a colour difference, across; 0 for red, green and blue
   * @param rows the same down
   * @param checksum CRC-32C of the photo's bytes
   */
  record Place(long offset, int width, int height, int columns, int rows, int checksum) {
    static final int BYTES = Long.BYTES + 5 * Integer.BYTES;

    static Place of(long offset, Pixels pixels, int checksum) {
      boolean ycc = pixels instanceof YccPixels;
      return new Place(
          offset,
          pixels.width(),
          pixels.height(),
          ycc ? ((YccPixels) pixels).columns() : 0,
          ycc ? ((YccPixels) pixels).rows() : 0,
          checksum);
    }

    static Place read(ByteBuffer index) {
      return new Place(
          index.getLong(),
          index.getInt(),
          index.getInt(),
          index.getInt(),
          index.getInt(),
          index.getInt());
    }

    void write(ByteBuffer index) {
      index.putLong(offset).putInt(width).putInt(height);
      index.putInt(columns).putInt(rows).putInt(checksum);
    }

    int planes() {
      return columns == 0 ? 1 : 3;
    }

    int length(int plane) {
      if (columns == 0) {
        return 3 * width * height;
      }
      return plane == 0 ? width * height : ((width - 1) / columns + 1) * ((height - 1) / rows + 1);
    }

    Pixels pixels(byte[][] planes) {
      return columns == 0
          ? new Photo(width, height, planes[0])
          : new YccPixels(width, height, columns, rows, planes[0], planes[1], planes[2]);
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%d x %d at %d", width, height, offset);
    }
  }
}
