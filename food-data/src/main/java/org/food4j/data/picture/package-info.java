/**
 * Pictures: charts, tables of numbers and rows of photos as images, for what takes no page, such as
 * a notebook, a slide or a message.
 *
 * <p>Owns how they are drawn. The charts are the values of {@code data.page} that reports show as
 * SVG; here Java2D draws them, without any display, on white. Uses {@code data.file}, {@code
 * data.page} and {@code data.photo}.
 *
 * <p>Format: PNG, 8 bits a channel, two pixels to a point of text so that it stays sharp where
 * screens have two. The same input gives the same pixels on the same Java runtime and fonts.
 */
package org.food4j.data.picture;
