package org.food4j.bench.result;

import java.util.List;
import java.util.Locale;

/**
 * How much is measured.
 *
 * @param batches batch sizes to time, ascending
 * @param rounds how often each model is opened and timed, at least 1
 * @param calls timed calls per model, batch size and round, at least so many
 * @param seconds and for at least that long, up to {@link #MOST_CALLS} calls
 * @param warmUpCalls untimed calls before them, at least so many
 * @param warmUpSeconds and for at least that long
 * @param threads that one call may use, at least 1
 */
public record BenchmarkSettings(
    List<Integer> batches,
    int rounds,
    int calls,
    double seconds,
    int warmUpCalls,
    double warmUpSeconds,
    int threads) {
  /** More calls of a round tell nothing new, and raw samples are kept. */
  public static final int MOST_CALLS = 500;

  /**
   * Sorts the batch sizes.
   *
   * @throws IllegalArgumentException if a number is below its least value, or a batch size is named
   *     twice or not at all
   */
  public BenchmarkSettings {
    batches = batches.stream().sorted().toList();
    if (batches.isEmpty()
        || batches.get(0) < 1
        || batches.stream().distinct().count() < batches.size()) {
      throw new IllegalArgumentException(
          "Batch sizes are at least 1, each named once, not " + batches);
    }
    if (rounds < 1 || calls < 1 || threads < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "A benchmark has at least one round, call and thread, not %d, %d and %d",
              rounds,
              calls,
              threads));
    }
    if (warmUpCalls < 0 || !(seconds >= 0) || !(warmUpSeconds >= 0)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Warm-up and least times are at least 0, not %d calls, %s s and %s s",
              warmUpCalls,
              warmUpSeconds,
              seconds));
    }
  }

  /**
   * Five rounds of ten calls and a second at batch 1, 8 and 32, after three calls and a second of
   * warm-up, on every processor.
   */
  public static BenchmarkSettings standard() {
    return new BenchmarkSettings(
        List.of(1, 8, 32), 5, 10, 1, 3, 1, Runtime.getRuntime().availableProcessors());
  }

  /** Three rounds of ten calls after three of warm-up: a look in a minute, within one process. */
  public static BenchmarkSettings quick() {
    return new BenchmarkSettings(
        List.of(1, 8, 32), 3, 10, 0, 3, 0, Runtime.getRuntime().availableProcessors());
  }
}
