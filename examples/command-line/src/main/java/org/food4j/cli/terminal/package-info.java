/**
 * What the user sees: results, notes, progress and JSON.
 *
 * <p>Owns the two streams of the process. Results go to standard output, everything else to
 * standard error; libraries that print to {@code System.out} are led to standard error. Depends on
 * no other package of the project.
 */
package org.food4j.cli.terminal;
