package org.food4j.bench.result;

/**
 * A {@link LatencyRow} in figures, as {@code results.csv} and {@code --json} give it.
 *
 * @param model the file's or run's name
 * @param runtime what computed, in a few words
 * @param form {@code "dl4j"} or {@code "onnx float32"}, for example
 * @param top1 share of the data set's photos whose label scored highest, 0 to 1
 * @param top5 share whose label was among the five highest, 0 to 1
 * @param batch photos per call
 * @param p50Ms the median time of a call in milliseconds (nearest rank, as the other percentiles)
 * @param p95Ms the 95th percentile
 * @param p99Ms the 99th percentile
 * @param photosPerSecond throughput at the median
 * @param bytes the model file's size
 */
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
  /** The figures of a measured row: nearest-rank percentiles, throughput at the median. */
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
