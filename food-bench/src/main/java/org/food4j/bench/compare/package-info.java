/**
 * Compare: what two models, or two forms of one, have in common and where they differ.
 *
 * <p>Owns agreement of answers and the question whether a difference in speed is one. Takes rows
 * from {@code bench.result}; {@code bench.report} and the command show what comes out.
 */
package org.food4j.bench.compare;
