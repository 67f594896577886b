package org.food4j.cli.doctor;

import java.util.function.Supplier;
import org.food4j.data.picture.PictureFonts;

/** Whether words can be written into pictures, as {@code food explain} does; nothing else does. */
final class FontsCheck {
  private static final String NAME = "Fonts";

  private FontsCheck() {}

  static Finding look() {
    return judge(PictureFonts::require);
  }

  /**
   * @param fonts gives the font's name, or throws an {@link IllegalStateException}
   */
  static Finding judge(Supplier<String> fonts) {
    try {
      return Finding.ok(NAME, fonts.get());
    } catch (IllegalStateException e) {
      return Finding.warn(
          NAME, "none for words in pictures: food explain fails", PictureFonts.ADVICE + ".");
    }
  }
}
