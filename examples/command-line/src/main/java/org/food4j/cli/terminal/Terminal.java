package org.food4j.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;

/**
 * Where a command prints: results on standard output, everything else on standard error, both in
 * UTF-8.
 *
 * <p>Thread-safe. Streams are never closed here.
 */
public final class Terminal {
  /** Progress lines where no terminal is: at most one in half a minute. */
  private static final long SPARSE_NANOS = 30_000_000_000L;

  /** Redrawing a status more often than ten times a second costs time and cannot be read. */
  private static final long REDRAW_NANOS = 100_000_000L;

  private final PrintStream out;
  private final StatusStream status;
  private final PrintStream err;
  private final boolean interactive;
  private final int columns;
  private final LongSupplier nanoTime;

  /**
   * @param out takes results
   * @param err takes notes, progress and errors
   * @param interactive whether {@code err} is a terminal that understands ECMA-48 control sequences
   * @param columns the terminal's width in characters, at least 20
   */
  public Terminal(OutputStream out, OutputStream err, boolean interactive, int columns) {
    this(out, err, interactive, columns, System::nanoTime);
  }

  Terminal(
      OutputStream out, OutputStream err, boolean interactive, int columns, LongSupplier nanoTime) {
    if (columns < 20) {
      throw new IllegalArgumentException("A terminal has at least 20 columns, not " + columns);
    }
    this.out = new PrintStream(out, true, StandardCharsets.UTF_8);
    this.status = new StatusStream(err);
    this.err = new PrintStream(status, true, StandardCharsets.UTF_8);
    this.interactive = interactive;
    this.columns = columns;
    this.nanoTime = nanoTime;
  }

  /**
   * The process's own terminal. From here on {@link System#out} and {@link System#err} both lead to
   * standard error, so that a library that prints cannot spoil a result.
   *
   * <p>The properties {@code food.terminal} and {@code food.columns}, set by the script that starts
   * Java, say whether standard error is a terminal and how wide: Java 17 cannot tell.
   */
  public static Terminal system() {
    Terminal terminal =
        new Terminal(
            new FileOutputStream(FileDescriptor.out),
            new FileOutputStream(FileDescriptor.err),
            Boolean.getBoolean("food.terminal"),
            Math.max(20, Integer.getInteger("food.columns", 80)));
    System.setOut(terminal.err);
    System.setErr(terminal.err);
    return terminal;
  }

  /** The stream of results. */
  public PrintStream out() {
    return out;
  }

  /** The stream of notes and errors. */
  public PrintStream err() {
    return err;
  }

  /** Prints a line of a result. */
  public void print(String line) {
    out.println(line);
  }

  /** Tells the user what is going on, on standard error. */
  public void note(String line) {
    err.println(line);
  }

  /** Prints a document as JSON on standard output; a command does so at most once. */
  public void json(Object document) {
    out.print(Json.write(document) + "\n");
    out.flush();
  }

  /**
   * Starts showing the progress of some work.
   *
   * <p>On a terminal a bar is redrawn in place; elsewhere a line without a bar is printed every
   * thirty seconds, but not just before the end. Only one work at a time is shown.
   *
   * @param title what is done: {@code "Reading photos"}
   * @param total how many units there are, or 0 when that is unknown
   * @param unit of {@code total}, in the plural: {@code "photos"}
   */
  public Progress progress(String title, long total, String unit) {
    return new ProgressBar(this, title, total, unit, nanoTime);
  }

  /** Shows a progress line: in place on a terminal, else as a line of its own. */
  void show(String line) {
    if (!interactive) {
      err.println(line);
      return;
    }
    draw(line.substring(0, Math.min(line.length(), longestLine())));
  }

  /** Takes the progress line away and leaves a last one for good. */
  void finish(String line) {
    clear();
    err.println(line);
  }

  /** Takes the progress line away, if there is one. */
  void clear() {
    if (interactive) {
      draw("");
    }
  }

  /** Whether progress is drawn in place rather than printed line by line. */
  boolean isInteractive() {
    return interactive;
  }

  /** Characters that are not cut: the last column stays free, since some terminals wrap there. */
  int longestLine() {
    return interactive ? columns - 1 : Integer.MAX_VALUE;
  }

  long nanosBetweenLines() {
    return interactive ? REDRAW_NANOS : SPARSE_NANOS;
  }

  private void draw(String text) {
    try {
      status.draw(text);
    } catch (IOException e) {
      throw new UncheckedIOException("The terminal cannot be written to", e);
    }
  }
}
