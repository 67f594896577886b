/**
 * The {@code food} command: start, exit codes, errors.
 *
 * <p>{@link org.food4j.cli.Food} strings the verbs of {@code org.food4j.cli.command} into one
 * command line. Exit code 0 is done, 1 failed with a one-line reason on standard error, 2 wrong
 * usage. Depends on {@code command} and {@code terminal}; nothing depends on it.
 */
package org.food4j.cli;
