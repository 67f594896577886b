package org.food4j.cli.terminal;

import java.util.Locale;

/** Times as people read them. */
public final class Durations {
  private Durations() {}

  /** {@code 8.4 s, 52 s, 3 min 20 s, 2 h 05 min}. */
  public static String words(double seconds) {
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + " s";
    }
    if (whole < 3600) {
      return String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60);
    }
    return String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole % 3600 / 60);
  }
}
