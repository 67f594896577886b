package org.food4j.data.photo;

/**
 * Decoded pixels in the form in which their decoder had them: {@link Photo red, green and blue}, or
 * {@link YccPixels brightness and colour apart}, as JPEG stores them. What resizes a photo takes
 * either; converting a whole photo before it is made smaller would be the larger work.
 */
public sealed interface Pixels permits Photo, YccPixels {
  /** In pixels, at least 1. */
  int width();

  /** In pixels, at least 1. */
  int height();

  /** Memory that the samples take. */
  long bytes();

  /** The same pixels as red, green and blue; a {@link Photo} gives itself. */
  Photo toPhoto();
}
