package org.food4j.data.page;

import java.util.ArrayList;
import java.util.List;

/**
 * A linear axis with ticks at round numbers.
 *
 * @param min of the values that it shows
 * @param max above {@code min}
 * @param step between ticks: 1, 2 or 5 times a power of ten
 */
public record Axis(double min, double max, double step) {
  /** An axis that ends at ticks on both sides; from 0 where the values come near it. */
  public static Axis around(double low, double high, int ticks) {
    double from = low > 0 && low < high / 2 ? 0 : low;
    double to = high;
    if (from == to) {
      double room = from == 0 ? 1 : Math.abs(from) / 10;
      from -= from == 0 ? 0 : room;
      to += room;
    }
    double step = step(to - from, ticks);
    // The slack keeps 0.3 / 0.1 = 2.9999999999999996 from adding an empty step.
    double first = Math.floor(from / step + 1e-9) * step;
    double last = Math.ceil(to / step - 1e-9) * step;
    return new Axis(first, last, step);
  }

  /** An axis of whole numbers, epochs for example, that ends at the values themselves. */
  public static Axis whole(double low, double high, int ticks) {
    if (low == high) {
      return new Axis(low - 1, high + 1, 1);
    }
    return new Axis(low, high, Math.max(1, step(high - low, ticks)));
  }

  private static double step(double range, int ticks) {
    double raw = range / ticks;
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double times = raw / power;
    return power * (times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10);
  }

  /** The round numbers within, ascending. */
  public List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    long first = (long) Math.ceil(min / step - 1e-9);
    long last = (long) Math.floor(max / step + 1e-9);
    for (long n = first; n <= last; n++) {
      ticks.add(n * step);
    }
    return ticks;
  }

  /** How far a value lies from {@code min} towards {@code max}, 0 to 1. */
  public double share(double value) {
    return (value - min) / (max - min);
  }
}
