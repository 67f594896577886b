/**
 * A network's graph as a picture.
 *
 * <p>Stage: above {@code analysis}, whose costs it draws; used by the command line and by reports.
 * The picture is one SVG file without scripts, fonts or links, in light and dark colours. Stages
 * are bands from top to bottom; the longest way through a block runs down the middle, shortcuts run
 * on its left, attention on its right, and blocks that repeat are drawn once.
 */
package org.food4j.models.drawing;
