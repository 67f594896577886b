package org.food4j.cli.terminal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** A terminal for tests: keeps what was printed, and its clock stands until it is moved. */
public final class Screen {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final AtomicLong nanos = new AtomicLong();
  private final Terminal terminal;

  private Screen(boolean interactive) {
    terminal = new Terminal(out, err, interactive, 80, nanos::get);
  }

  /** Standard error is a terminal. */
  public static Screen interactive() {
    return new Screen(true);
  }

  /** Standard error is a file or a pipe. */
  public static Screen piped() {
    return new Screen(false);
  }

  public Terminal terminal() {
    return terminal;
  }

  /** All of standard output so far. */
  public String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  /** All of standard error so far. */
  public String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  void passSeconds(double seconds) {
    nanos.addAndGet((long) (seconds * 1e9));
  }
}
