package org.food4j.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The levels of {@code logback.xml}, raised by {@code --debug}. */
final class Logging {
  private Logging() {}

  static void raise() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
    context.getLogger("org.food4j").setLevel(Level.DEBUG);
  }
}
