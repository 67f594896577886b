package org.food4j.bench.result;

/** A {@link LatencyRow} in figures, as {@code results.csv} and {@code --json} give it. */
public record ResultRow(
    String model,
    String runtime,
    String form,
    double top1,
    double top5,
    int batch,
    double p50Ms,
    double p95Ms,
    double p99Ms,
    double photosPerSecond,
    long bytes) {
  public static ResultRow of(LatencyRow row) {
    return new ResultRow(
        row.model(),
        row.runtime(),
        row.form(),
        row.top1(),
        row.top5(),
        row.batch(),
        row.percentileMs(50),
        row.percentileMs(95),
        row.percentileMs(99),
        row.photosPerSecond(),
        row.bytes());
  }
}
