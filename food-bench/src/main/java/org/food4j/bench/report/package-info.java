/**
 * Report: a benchmark as a page, as Markdown, and in words.
 *
 * <p>Renders only: values come from {@code bench.result}, comparisons and advice from {@code
 * bench.compare}, the building blocks from {@code data.page}. {@link
 * org.food4j.bench.report.BenchmarkReport#sections} go on one page with those of {@code
 * train.report}, or on a page of their own.
 */
package org.food4j.bench.report;
