/**
 * Report: a benchmark as sections of a page.
 *
 * <p>Renders only: rows come from {@code bench.result}, verdicts from {@code bench.compare}, the
 * building blocks from {@code data.page}. The sections go on one page with those of {@code
 * train.report}, or on a page of their own:
 *
 * <pre>{@code
 * new HtmlPage(
 *         title,
 *         subtitle,
 *         List.of(
 *             LatencySection.of(rows),
 *             AgreementSection.of(agreement, 1e-4),
 *             Section.ofFacts("environment", "Environment", why, "Fact", environment)))
 *     .write(file);
 * }</pre>
 */
package org.food4j.bench.report;
