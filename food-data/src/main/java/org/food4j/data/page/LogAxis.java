package org.food4j.data.page;

import java.util.ArrayList;
import java.util.List;

/**
 * A logarithmic axis that ends at 1, 2 or 5 times a power of ten on both sides.
 *
 * @param min of the values that it shows, above 0
 * @param max above {@code min}
 */
record LogAxis(double min, double max) {
  private static final double[] STEPS = {1, 2, 5};
  private static final double SLACK = 1e-9;

  /** The narrowest axis that holds the values, but never less than from one end to the next. */
  static LogAxis around(double low, double high) {
    double from = Double.NaN;
    double to = Double.NaN;
    for (double mark : marks(low, high)) {
      if (mark <= low * (1 + SLACK)) {
        from = mark;
      }
      if (Double.isNaN(to) && mark >= high * (1 - SLACK) && mark > from) {
        to = mark;
      }
    }
    return new LogAxis(from, to);
  }

  /** 1, 2 and 5 times the powers of ten from below the lowest value to above the highest. */
  private static List<Double> marks(double low, double high) {
    List<Double> marks = new ArrayList<>();
    int last = (int) Math.ceil(Math.log10(high)) + 1;
    for (int power = (int) Math.floor(Math.log10(low)) - 1; power <= last; power++) {
      for (double step : STEPS) {
        marks.add(step * Math.pow(10, power));
      }
    }
    return marks;
  }

  /** The round numbers within, ascending: powers of ten alone where the axis is long. */
  List<Double> ticks() {
    List<Double> all =
        marks(min, max).stream()
            .filter(mark -> mark >= min * (1 - SLACK) && mark <= max * (1 + SLACK))
            .toList();
    if (all.size() <= 7) {
      return all;
    }
    return all.stream()
        .filter(mark -> Math.abs(Math.log10(mark) - Math.rint(Math.log10(mark))) < SLACK)
        .toList();
  }

  /** How far a value lies from {@code min} towards {@code max}, 0 to 1. */
  double share(double value) {
    return Math.log(value / min) / Math.log(max / min);
  }
}
