package org.food4j.data.picture;

import java.awt.Font;
import java.awt.font.FontRenderContext;

/**
 * The fonts that pictures with words need: Java draws without a display, but takes the fonts of the
 * operating system, of which a bare server or container has none. Thread-safe.
 */
public final class PictureFonts {
  /** What to do where there are none. */
  public static final String ADVICE =
      "Install fontconfig and a font; on Debian and Ubuntu: apt-get install fontconfig"
          + " fonts-dejavu-core";

  /** Of the word that is laid out, in points. */
  private static final int TEXT = 15;

  private PictureFonts() {}

  /**
   * Lays out a word, as a picture's words are.
   *
   * @return the face's name, of Java's logical fonts: {@code SansSerif.plain}
   * @throws IllegalStateException if there is no font, or Java's own part for them does not load;
   *     the message says what to do
   */
  public static String require() {
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, TEXT);
    double width;
    try {
      width = font.getStringBounds("Answers", new FontRenderContext(null, true, true)).getWidth();
    } catch (InternalError | LinkageError | RuntimeException e) {
      // what Java throws where fontconfig finds nothing (an error, on Java 25 an exception of no
      // type of its own), and where libfreetype is missing
      throw new IllegalStateException(reason(innermost(e)), e);
    }
    if (!(width > 0)) {
      throw new IllegalStateException(reason("a word is " + width + " pixels wide"));
    }
    return font.getFontName();
  }

  private static String reason(String why) {
    return "Java finds no font to write into pictures with (%s). %s".formatted(why, ADVICE);
  }

  private static String innermost(Throwable throwable) {
    Throwable cause = throwable;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
