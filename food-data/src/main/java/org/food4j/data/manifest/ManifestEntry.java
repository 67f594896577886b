package org.food4j.data.manifest;

import java.util.HexFormat;
import org.food4j.data.scan.ScannedPhoto;

/**
 * One line of {@code manifest.csv}: a photo that is part of the data set.
 *
 * @param id unique within the data set and stable: the first 16 hex digits of the photo's SHA-256,
 *     for a copy followed by {@code -1}, {@code -2} and so on
 * @param path relative to the photo root, with {@code /} between folders
 * @param label index into {@code labels.json}
 * @param split the part that the photo belongs to
 * @param width of the upright photo in pixels
 * @param height of the upright photo in pixels
 * @param sha256 of the file's bytes, 64 lower-case hex digits
 * @param perceptualHash 16 lower-case hex digits
 * @param source the id of the photo that this one is an over-sampled copy of; empty for an original
 */
public record ManifestEntry(
    String id,
    String path,
    int label,
    Split split,
    int width,
    int height,
    String sha256,
    String perceptualHash,
    String source) {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if the label is negative, or width or height is below 1
   */
  public ManifestEntry {
    if (label < 0) {
      throw new IllegalArgumentException("A label index is at least 0, not " + label + ": " + path);
    }
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "A photo has at least one pixel, not " + width + " x " + height + ": " + path);
    }
  }

  /** The line of a photo that is no copy. */
  public static ManifestEntry of(ScannedPhoto photo, int label, Split split) {
    return new ManifestEntry(
        photo.id(),
        photo.path(),
        label,
        split,
        photo.width(),
        photo.height(),
        photo.sha256(),
        HexFormat.of().toHexDigits(photo.perceptualHash()),
        "");
  }

  /** The line of the same photo at another place. */
  public ManifestEntry withPath(String path) {
    return new ManifestEntry(id, path, label, split, width, height, sha256, perceptualHash, source);
  }

  /** The line of the same photo in another split. */
  public ManifestEntry withSplit(Split part) {
    return new ManifestEntry(id, path, label, part, width, height, sha256, perceptualHash, source);
  }

  /**
   * A line that repeats this photo.
   *
   * @param number of the copy, from 1; its id ends in it
   */
  public ManifestEntry copy(int number) {
    return new ManifestEntry(
        id + "-" + number, path, label, split, width, height, sha256, perceptualHash, id);
  }

  /** Which copy this line is, from 1; 0 of an original. */
  public int copyNumber() {
    return isCopy() ? Integer.parseInt(id.substring(source.length() + 1)) : 0;
  }

  /** Whether this line repeats another photo to fill up a small class. */
  public boolean isCopy() {
    return !source.isEmpty();
  }
}
