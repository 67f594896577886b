/**
 * What starts the command where no bash is: {@code examples/food.cmd} has Java run {@link
 * org.food4j.cli.launch.Launch} from its source file, before anything is built.
 *
 * <p>That is why the class stands alone: it imports nothing but the JDK's, and nothing depends on
 * it.
 */
package org.food4j.cli.launch;
