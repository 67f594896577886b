package org.food4j.data.file;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Names as file systems compare them that tell neither case nor Unicode forms apart, such as those
 * of Windows and macOS: what folds to the same name is one file there.
 */
public final class NameFolding {
  private NameFolding() {}

  /**
   * The form that all such names have in common; folding it again changes nothing.
   *
   * @param name of a file, or a path
   */
  public static String fold(String name) {
    // Upper case first: it also makes one of letters such as the two lower-case sigmas.
    String folded = composed(name).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    // Again: the upper case of some letters is a letter and accents of its own.
    return composed(folded);
  }

  private static String composed(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC);
  }
}
