package org.food4j.samples;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.FileSystemException;
import java.util.List;

/** Starts the sample that is named, and says in one line what is wrong with what it was given. */
public final class RunSample {
  private RunSample() {}

  /**
   * Ends with 0, or with 1 if the sample cannot work on what it was given.
   *
   * @param arguments the name of a sample's class, and the sample's own
   */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    System.exit(run(List.of(arguments), System.err));
  }

  /** Runs it; exceptions that are no fault of the input are thrown on. */
  static int run(List<String> arguments, PrintStream errors) throws ReflectiveOperationException {
    String[] own = arguments.subList(1, arguments.size()).toArray(String[]::new);
    try {
      Class.forName(RunSample.class.getPackageName() + "." + arguments.get(0))
          .getMethod("main", String[].class)
          .invoke(null, (Object) own);
      return 0;
    } catch (InvocationTargetException e) {
      if (!isOfTheInput(e.getCause())) {
        throw e;
      }
      errors.println(arguments.get(0) + ": " + words(e.getCause()));
      return 1;
    }
  }

  private static boolean isOfTheInput(Throwable thrown) {
    return thrown.getMessage() != null
        && (thrown instanceof IOException
            || thrown instanceof UncheckedIOException
            || thrown instanceof IllegalArgumentException
            || thrown instanceof IllegalStateException);
  }

  private static String words(Throwable thrown) {
    String message = thrown.getMessage().strip().replaceAll("\\s*\\R\\s*", " ");
    // the message of these is often the path alone
    return thrown instanceof FileSystemException
        ? thrown.getClass().getSimpleName() + ": " + message
        : message;
  }
}
