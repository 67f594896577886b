/**
 * What a prepared data set holds, in figures and as a page.
 *
 * <p>Owns {@link org.food4j.data.report.DatasetFigures}, which the {@code food} command also prints
 * as JSON, and {@link org.food4j.data.report.DatasetPage}, one section per question that a reader
 * has: how many, how large, what is twice in it, what was left out, which colours, what does it
 * look like. Reads {@code data.manifest} and draws with the blocks of {@code data.page}; nothing of
 * the library but the command uses it.
 */
package org.food4j.data.report;
