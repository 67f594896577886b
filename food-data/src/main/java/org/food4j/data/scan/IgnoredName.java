package org.food4j.data.scan;

import java.util.Locale;
import java.util.Set;

/** Names of what operating systems put between photos, which is nobody's photo and no rejection. */
public final class IgnoredName {
  /** Windows' thumbnails and folder settings; macOS's resource forks in archives. */
  private static final Set<String> NAMES =
      Set.of("thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx");

  private IgnoredName() {}

  /** Whether files and folders of this name are passed over: it begins with a dot, or is known. */
  public static boolean matches(String name) {
    return name.startsWith(".") || NAMES.contains(name.toLowerCase(Locale.ROOT));
  }
}
