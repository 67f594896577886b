/**
 * Report: what a training run came to, as sections of a page.
 *
 * <p>Owns how curves, figures, mistakes and answers are shown; computes no figure itself. Takes
 * epochs from {@code train.loop} and evaluations from {@code train.evaluate}, heat from {@code
 * models.explain}, builds with {@code data.page}. The command puts the sections on a page, together
 * with those of a benchmark if there is one:
 *
 * <pre>{@code
 * new HtmlPage(
 *         title,
 *         subtitle,
 *         List.of(
 *             CurvesSection.of(epochs),
 *             FiguresSection.of(evaluation),
 *             PerClassSection.of(evaluation),
 *             ConfusionSection.of(evaluation),
 *             AnswersSection.of(evaluation, photoRoot, decoder),
 *             HeatSection.of(evaluation, photoRoot, explainer),
 *             CoverageSection.of(evaluation)))
 *     .write(file);
 * }</pre>
 */
package org.food4j.train.report;
