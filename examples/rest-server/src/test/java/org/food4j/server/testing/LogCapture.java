package org.food4j.server.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.slf4j.LoggerFactory;

/** What is logged meanwhile, by whatever way: nothing of it is printed. */
public final class LogCapture implements AutoCloseable {
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Logger access = (Logger) LoggerFactory.getLogger("org.food4j.server.access");
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final AppenderBase<ILoggingEvent> appender = new Appender();
  private final Handler handler = new JavaHandler();

  private LogCapture() {}

  /** Listens until it is closed. */
  public static LogCapture started() {
    LogCapture capture = new LogCapture();
    capture.appender.setContext(capture.root.getLoggerContext());
    capture.appender.start();
    capture.root.addAppender(capture.appender);
    capture.access.addAppender(capture.appender);
    java.util.logging.Logger.getLogger("").addHandler(capture.handler);
    return capture;
  }

  /** The lines of requests. */
  public List<String> requests() {
    return requests;
  }

  /** Warnings. */
  public List<String> warnings() {
    return warnings;
  }

  /** Errors, and whatever came with a stack trace. */
  public List<String> complaints() {
    return complaints;
  }

  private final class Appender extends AppenderBase<ILoggingEvent> {
    @Override
    protected void append(ILoggingEvent event) {
      if (event.getLoggerName().equals(access.getName())) {
        requests.add(event.getFormattedMessage());
      } else if (event.getLevel().equals(Level.WARN) && event.getThrowableProxy() == null) {
        warnings.add(event.getFormattedMessage());
      } else if (event.getLevel().isGreaterOrEqual(Level.ERROR)
          || event.getThrowableProxy() != null) {
        complaints.add(event.getFormattedMessage() + " " + event.getThrowableProxy());
      }
    }
  }

  /** Of libraries that log by {@code java.util.logging}. */
  private final class JavaHandler extends Handler {
    @Override
    public void publish(LogRecord logged) {
      complaints.add(logged.getMessage() + " " + logged.getThrown());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Override
  public void close() {
    java.util.logging.Logger.getLogger("").removeHandler(handler);
    root.detachAppender(appender);
    access.detachAppender(appender);
    appender.stop();
  }
}
