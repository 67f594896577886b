package org.food4j.data.photo;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The formats that photos are read from. */
enum PhotoFormat {
  JPEG("JPEG"),
  PNG("PNG"),
  WEBP("WebP"),
  BMP("BMP"),
  GIF("GIF");

  private final String name;

  PhotoFormat(String name) {
    this.name = name;
  }

  /** All names, for messages. */
  static String names() {
    return Arrays.stream(values()).map(PhotoFormat::toString).collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return name;
  }
}
