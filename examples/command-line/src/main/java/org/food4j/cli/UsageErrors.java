package org.food4j.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what is wrong with the arguments, what may have been meant, where help is. */
final class UsageErrors implements IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException exception, String[] arguments) {
    CommandLine command = exception.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    PrintWriter err = command.getErr();
    err.println("food: " + reason(exception, command, name));
    if (!(command.getCommand() instanceof Callable)
        && !(exception instanceof UnmatchedArgumentException)) {
      // A group alone, most often by someone who wants to see what there is.
      command.usage(err);
    } else {
      UnmatchedArgumentException.printSuggestions(exception, err);
      err.println("Try: " + name + " --help");
    }
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static String reason(ParameterException exception, CommandLine command, String name) {
    if (exception instanceof UnmatchedArgumentException unmatched
        && !unmatched.isUnknownOption()
        && command.getCommandSpec().positionalParameters().isEmpty()) {
      String given = unmatched.getUnmatched().get(0);
      return command.getSubcommands().isEmpty()
          ? "%s takes no argument such as '%s'".formatted(name, given)
          : "There is no command %s %s".formatted(name, given);
    }
    return Failure.oneLine(exception.getMessage());
  }
}
