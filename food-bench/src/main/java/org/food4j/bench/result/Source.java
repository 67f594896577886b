package org.food4j.bench.result;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where and how measurements were taken.
 *
 * @param name of the benchmark directory, unique within a merged benchmark
 * @param environment hardware and versions, in order; keys are snake_case
 * @param settings how much was measured
 */
public record Source(String name, Map<String, String> environment, BenchmarkSettings settings) {
  /** Copies the facts, in their order. */
  public Source {
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
  }

  /** The same under another name. */
  public Source named(String other) {
    return new Source(other, environment, settings);
  }
}
