package org.food4j.data.pack;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.food4j.data.file.NameFolding;

/** Names that Linux, macOS and Windows can all hold, side by side. */
final class PackNames {
  /** What Windows refuses in a name (Microsoft, Naming Files, Paths, and Namespaces). */
  private static final String RESERVED_CHARACTERS = "<>:\"/\\|?*";

  private static final Pattern DEVICE =
      Pattern.compile(
          "(CON|PRN|AUX|NUL|(COM|LPT)[0-9\u00b9\u00b2\u00b3])(\\..*)?", Pattern.CASE_INSENSITIVE);

  private static final Pattern ENDING = Pattern.compile("\\.[a-z0-9]{1,5}");
  private static final Pattern FILE = Pattern.compile("[0-9a-f]{16}(-[0-9]+)?(\\.[a-z0-9]{1,5})?");

  private PackNames() {}

  /** A folder for each class, in their order; none equals another, whatever the file system. */
  static List<String> folders(List<String> classes) {
    Set<String> taken = new HashSet<>();
    List<String> folders = new ArrayList<>();
    for (String name : classes) {
      String safe = safe(name);
      String folder = safe;
      for (int number = 2; !taken.add(NameFolding.fold(folder)); number++) {
        folder = safe + "~" + number;
      }
      folders.add(folder);
    }
    return folders;
  }

  private static String safe(String name) {
    StringBuilder safe = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean last = i == name.length() - 1;
      boolean refused =
          c < 0x20
              || c == 0x7f
              || RESERVED_CHARACTERS.indexOf(c) >= 0
              || (last && (c == '.' || c == ' '))
              || (i == 0 && c == '.');
      safe.append(refused ? escaped(c) : String.valueOf(c));
    }
    if (DEVICE.matcher(safe).matches()) {
      return escaped(safe.charAt(0)) + safe.substring(1);
    }
    return safe.toString();
  }

  private static String escaped(char c) {
    StringBuilder escaped = new StringBuilder();
    for (byte b : String.valueOf(c).getBytes(StandardCharsets.UTF_8)) {
      escaped.append(String.format(Locale.ROOT, "%%%02X", b));
    }
    return escaped.toString();
  }

  /** The name of a photo's file: its id, and what its old name ends in. */
  static String file(String id, String oldPath) {
    int dot = oldPath.lastIndexOf('.');
    String ending = dot < 0 ? "" : oldPath.substring(dot).toLowerCase(Locale.ROOT);
    return id + (ENDING.matcher(ending).matches() ? ending : "");
  }

  /** Whether {@link #file} makes such names. */
  static boolean isFile(String name) {
    return FILE.matcher(name).matches();
  }
}
