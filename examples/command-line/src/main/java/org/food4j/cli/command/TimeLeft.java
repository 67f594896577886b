package org.food4j.cli.command;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * How long a training takes from where it is, by the steps and validations since it was started.
 * Epochs of photos of one size are as fast as those of that size were; where none has been yet, a
 * step takes as much longer than the latest as its photos have more pixels. Validation, always of
 * one size, takes as long as before.
 */
final class TimeLeft {
  private final int epochs;
  private final int stepsPerEpoch;
  private final IntUnaryOperator size;

  /** Steps of photos of a size, and the time that they took. */
  private static final class Pace {
    private long steps;
    private long nanos;

    double nanosPerStep() {
      return (double) nanos / steps;
    }
  }

  private final Map<Integer, Pace> paces = new HashMap<>();
  private int latestSize;
  private long validationNanos;
  private int validations;

  /**
   * @param size side of an epoch's photos in pixels, by its number from 1
   */
  TimeLeft(int epochs, int stepsPerEpoch, IntUnaryOperator size) {
    this.epochs = epochs;
    this.stepsPerEpoch = stepsPerEpoch;
    this.size = size;
  }

  /** After a step of an epoch, from 1. */
  void stepped(int epoch, long nanos) {
    latestSize = size.applyAsInt(epoch);
    Pace pace = paces.computeIfAbsent(latestSize, any -> new Pace());
    pace.steps++;
    pace.nanos += nanos;
  }

  /** After an epoch's validation. */
  void validated(long nanos) {
    validations++;
    validationNanos += nanos;
  }

  /**
   * Seconds until the last epoch is done, after a step of an epoch, both from 1. A validation takes
   * no time before the first one was.
   *
   * @param judged whether the epoch is validated, too
   */
  double seconds(int epoch, int step, boolean judged) {
    double nanos = (stepsPerEpoch - step) * nanosPerStep(size.applyAsInt(epoch));
    for (int later = epoch + 1; later <= epochs; later++) {
      nanos += stepsPerEpoch * nanosPerStep(size.applyAsInt(later));
    }
    if (validations > 0) {
      double each = (double) validationNanos / validations;
      nanos += each * (epochs - epoch + (judged ? 0 : 1));
    }
    return nanos / 1e9;
  }

  private double nanosPerStep(int pixels) {
    Pace known = paces.get(pixels);
    if (known != null) {
      return known.nanosPerStep();
    }
    double ratio = (double) pixels / latestSize;
    return paces.get(latestSize).nanosPerStep() * ratio * ratio;
  }
}
