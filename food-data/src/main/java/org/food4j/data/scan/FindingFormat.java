package org.food4j.data.scan;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Map;
import org.food4j.data.duplicate.PhotoSignature;

/** How a {@link ScanRecord} holds what was found in a file; see the package's description. */
final class FindingFormat {
  private static final int REJECTED = 0;
  private static final int PHOTO = 1;
  private static final int SHA256_BYTES = 32;

  private FindingFormat() {}

  static void write(Finding finding, DataOutput out) throws IOException {
    if (finding instanceof ScannedPhoto photo) {
      out.writeByte(PHOTO);
      out.writeInt(photo.width());
      out.writeInt(photo.height());
      out.write(HexFormat.of().parseHex(photo.sha256()));
      out.writeLong(photo.perceptualHash());
      out.write(photo.signature().levels());
    } else {
      out.writeByte(REJECTED);
      out.writeUTF(((Rejection) finding).reason());
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param classNames each class's name once, however many photos it has; added to
   * @throws IOException if it is not that
   */
  static Finding read(String path, Map<String, String> classNames, DataInput in)
      throws IOException {
    int kind = in.readByte();
    if (kind == REJECTED) {
      return new Rejection(path, in.readUTF());
    }
    int slash = path.indexOf('/');
    if (kind != PHOTO || slash < 0) {
      throw new IOException("it is damaged");
    }
    String className = classNames.computeIfAbsent(path.substring(0, slash), name -> name);
    int width = in.readInt();
    int height = in.readInt();
    byte[] sha256 = new byte[SHA256_BYTES];
    in.readFully(sha256);
    long perceptualHash = in.readLong();
    byte[] levels = new byte[PhotoSignature.SIZE * PhotoSignature.SIZE];
    in.readFully(levels);
    return new ScannedPhoto(
        path,
        className,
        width,
        height,
        HexFormat.of().formatHex(sha256),
        perceptualHash,
        PhotoSignature.ofLevels(levels));
  }
}
