package org.food4j.data.photo;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The formats that photos are read from. What a file is, its content says, not its name. */
public enum PhotoFormat {
  /** ITU-T T.81. */
  JPEG("JPEG", "jpg", "jpeg"),
  /** ISO/IEC 15948. */
  PNG("PNG", "png"),
  /** RFC 9649, still pictures. */
  WEBP("WebP", "webp"),
  /** Windows bitmaps. */
  BMP("BMP", "bmp"),
  /** GIF89a, its first frame. */
  GIF("GIF", "gif");

  private final String name;
  private final List<String> endings;

  PhotoFormat(String name, String... endings) {
    this.name = name;
    this.endings = List.of(endings);
  }

  /** All names, for messages. */
  static String names() {
    return Arrays.stream(values()).map(PhotoFormat::toString).collect(Collectors.joining(", "));
  }

  /** The endings of photos' names, such as {@code jpg}, sorted; for searching folders. */
  public static List<String> endings() {
    return Arrays.stream(values()).flatMap(format -> format.endings.stream()).sorted().toList();
  }

  /**
   * Whether a file's name, or path, ends as photos' names do, in lower or upper case.
   *
   * @param name with {@code /} between folders, if it is a path
   */
  public static boolean hasEnding(String name) {
    String file = name.substring(name.lastIndexOf('/') + 1);
    int dot = file.lastIndexOf('.');
    return dot >= 0 && endings().contains(file.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  @Override
  public String toString() {
    return name;
  }
}
