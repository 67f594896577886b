package org.food4j.data.scan;

import org.food4j.data.duplicate.PerceptualHash;
import org.food4j.data.duplicate.PhotoSignature;

/**
 * A photo that could be read and decoded.
 *
 * @param path relative to the photo root, with {@code /} between folders
 * @param className the class folder's name
 * @param width of the upright photo in pixels
 * @param height of the upright photo in pixels
 * @param sha256 of the file's bytes, 64 lower-case hex digits
 * @param perceptualHash see {@link PerceptualHash}
 * @param signature what near duplicates are recognised by
 */
public record ScannedPhoto(
    String path,
    String className,
    int width,
    int height,
    String sha256,
    long perceptualHash,
    PhotoSignature signature)
    implements Finding {

  /** The photo's id: the first 16 hex digits of its SHA-256. */
  public String id() {
    return sha256.substring(0, 16);
  }
}
