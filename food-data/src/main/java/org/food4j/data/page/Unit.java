package org.food4j.data.page;

import java.util.Locale;

/**
 * How a number is written for people, the same in tables, tiles and charts of every report. A
 * no-break space stands before the unit.
 */
public enum Unit {
  /** Three significant digits: {@code 1.42}, {@code 0.0310}, {@code 3.0e-5}, {@code 1,520}. */
  NUMBER("", 1),
  /**
   * A share from 0 to 1, to a tenth of a per cent; none and all are {@code 0 %} and {@code 100 %}.
   */
  PERCENT("\u00a0%", 100),
  /** Three significant digits. */
  MILLISECONDS("\u00a0ms", 1),
  /** A whole number with a comma between thousands. */
  COUNT("", 1),
  /** Bytes as kB (1000 bytes), MB or GB, three significant digits. */
  BYTES("", 1),
  /** The logarithm to base 10 of the number that is shown: {@code -4.52} is {@code 3.0e-5}. */
  POWER_OF_TEN("", 1);

  private final String suffix;
  private final double factor;

  Unit(String suffix, double factor) {
    this.suffix = suffix;
    this.factor = factor;
  }

  /** The value as a table or a tile shows it. */
  public String text(double value) {
    return switch (this) {
      case NUMBER, MILLISECONDS -> significant(value) + suffix;
      case PERCENT ->
          (value == 0 || value == 1
                  ? String.format(Locale.ROOT, "%.0f", value * factor)
                  : String.format(Locale.ROOT, "%.1f", value * factor))
              + suffix;
      case COUNT -> String.format(Locale.ROOT, "%,.0f", value);
      case BYTES -> bytes(value);
      case POWER_OF_TEN -> significant(Math.pow(10, value));
    };
  }

  /** The value as an axis with that distance between ticks shows it: no digit more than needed. */
  public String tick(double value, double step) {
    if (this == BYTES) {
      return bytes(value);
    }
    if (this == POWER_OF_TEN) {
      return Math.abs(value) < 2
          ? String.format(
              Locale.ROOT, "%." + Math.max(0, Math.round(-value)) + "f", Math.pow(10, value))
          : exponent(Math.pow(10, value), 0);
    }
    double scaledStep = step * factor;
    if (scaledStep < 1e-4 && value != 0) {
      return exponent(value * factor, 0) + suffix;
    }
    int decimals = (int) Math.max(0, -Math.floor(Math.log10(scaledStep) + 1e-9));
    String format = value == 0 ? "%.0f" : "%,." + decimals + "f";
    return String.format(Locale.ROOT, format, value * factor) + suffix;
  }

  private static String bytes(double value) {
    if (value < 1e3) {
      return String.format(Locale.ROOT, "%.0f\u00a0bytes", value);
    }
    if (value < 1e6) {
      return significant(value / 1e3) + "\u00a0kB";
    }
    return value < 1e9
        ? significant(value / 1e6) + "\u00a0MB"
        : significant(value / 1e9) + "\u00a0GB";
  }

  private static String significant(double value) {
    double size = Math.abs(value);
    if (size == 0) {
      return "0";
    }
    if (size < 1e-3) {
      return exponent(value, 1);
    }
    int decimals = (int) Math.max(0, 2 - Math.floor(Math.log10(size)));
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  private static String exponent(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "e", value)
        .replaceFirst("e([-+])0?", "e$1")
        .replace("e+", "e");
  }
}
