/**
 * What was measured: values, and the files of a benchmark directory.
 *
 * <table>
 * <caption>Files of a benchmark</caption>
 * <tr><td>{@code results.json}</td><td>{@code format} ({@code
 * food4j-benchmark}), {@code version} (1), {@code environment} (object of strings),
 * {@code dataset} (fingerprint), {@code results}: a {@code ResultRow} in snake_case with {@code
 * samples_ms}, every call's time</td></tr>
 * <tr><td>{@code results.csv}</td><td>the rows without samples: {@code model, runtime, form, top1,
 * top5, batch, p50_ms, p95_ms, p99_ms, photos_per_second, bytes}</td></tr>
 * <tr><td>{@code report.html}</td><td>the same for people, from {@code report}</td></tr>
 * </table>
 *
 * <p>Used by {@code measure, compare} and {@code report}; uses food-data's files only.
 */
package org.food4j.bench.result;
