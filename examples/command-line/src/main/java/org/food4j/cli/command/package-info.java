/**
 * The verbs of the {@code food} command, one class each.
 *
 * <p>A verb parses its options, calls the library, and prints: what it computes lives in the
 * modules. It is a {@link java.util.concurrent.Callable} of the exit code, takes the {@link
 * org.food4j.cli.terminal.Terminal} in its constructor, and carries examples in its footer. Bad
 * input is thrown (exit code 1), wrong usage is thrown as picocli's {@code ParameterException}
 * (exit code 2). Verbs that report take {@link org.food4j.cli.command.JsonOption} as a mixin.
 *
 * <p>picocli looks at every verb's fields and methods whichever runs: a signature that names an
 * engine's type would load the engine at each start.
 *
 * <p>Depends on {@code doctor}, {@code terminal} and the library; only {@code org.food4j.cli}
 * depends on it.
 */
package org.food4j.cli.command;
