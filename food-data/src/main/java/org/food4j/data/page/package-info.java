/**
 * Pages: what the stages found, as one HTML file that opens anywhere.
 *
 * <p>Owns the building blocks of every report of the library (markup, charts, tables, thumbnails,
 * the page itself). Later packages and modules hand in {@link org.food4j.data.page.Section}s, so
 * that one page can show data, training and benchmark together. Uses {@code data.file}, {@code
 * data.manifest}, {@code data.photo} and {@code data.preprocess}; nothing of the library but
 * reports and the command uses it.
 *
 * <p>Format: one UTF-8 file, at once HTML and well-formed XML, with its style sheet, drawings (SVG)
 * and photos (JPEG data URIs) inside. It has no script and loads nothing, which its content
 * security policy states. It follows the reader's light or dark preference, fits a phone, and
 * prints. The same input gives the same bytes on the same Java runtime.
 */
package org.food4j.data.page;
