package org.food4j.cli.command;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.food4j.bench.result.BenchmarkSettings;
import picocli.CommandLine.Option;

/** How much is measured; what is not given is as {@link BenchmarkSettings#standard} has it. */
final class MeasuringOptions {
  @Option(
      names = "--batches",
      paramLabel = "N",
      split = ",",
      description = "Batch sizes, with commas between (default: 1,8,32).")
  private List<Integer> batches;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often each model is opened and timed (default: 5).")
  private Integer rounds;

  @Option(
      names = "--calls",
      paramLabel = "N",
      description = "Timed calls per model, batch size and round, at least (default: 10).")
  private Integer calls;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "And for at least that long, up to 500 calls (default: 1).")
  private Double seconds;

  @Option(
      names = "--warm-up",
      paramLabel = "S",
      description = "Untimed calls before them, for at least that long (default: 1).")
  private Double warmUp;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that a call may use (default: all processors).")
  private Integer threads;

  /** Whether any was given. */
  boolean isAnySet() {
    return Stream.of(batches, rounds, calls, seconds, warmUp, threads).anyMatch(Objects::nonNull);
  }

  /**
   * The settings.
   *
   * @throws UsageException if a number is out of its range
   */
  BenchmarkSettings settings() {
    BenchmarkSettings standard = BenchmarkSettings.standard();
    try {
      return new BenchmarkSettings(
          batches == null ? standard.batches() : batches,
          rounds == null ? standard.rounds() : rounds,
          calls == null ? standard.calls() : calls,
          seconds == null ? standard.seconds() : seconds,
          standard.warmUpCalls(),
          warmUp == null ? standard.warmUpSeconds() : warmUp,
          threads == null ? standard.threads() : threads);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
  }
}
