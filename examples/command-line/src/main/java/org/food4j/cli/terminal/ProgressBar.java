package org.food4j.cli.terminal;

import java.util.Locale;
import java.util.function.LongSupplier;

/** The one kind of {@link Progress}: {@code Reading photos [====> ] 412/1000 photos, 56/s}. */
final class ProgressBar implements Progress {
  private static final int WIDTH = 20;

  /** Of a bar that makes room for the words beside it. */
  private static final int NARROWEST = 4;

  /** In a log, work that ends this soon is told by its last line alone. */
  private static final double SOON_SECONDS = 10;

  private final Terminal terminal;
  private final String title;
  private final String unit;
  private final LongSupplier nanoTime;
  private final long started;
  private long total;
  private long shown;
  private long done;
  private String remark = "";
  private String pace = "";
  private boolean closed;

  ProgressBar(Terminal terminal, String title, long total, String unit, LongSupplier nanoTime) {
    if (total < 0) {
      throw new IllegalArgumentException(
          title + ": the total is 0 (unknown) or more, not " + total);
    }
    this.terminal = terminal;
    this.title = title;
    this.total = total;
    this.unit = unit;
    this.nanoTime = nanoTime;
    this.started = nanoTime.getAsLong();
    this.shown = started;
  }

  @Override
  public synchronized void update(long value) {
    done = value;
    showWhenDue();
  }

  @Override
  public synchronized void update(long value, long of) {
    total = of;
    done = value;
    showWhenDue();
  }

  @Override
  public synchronized void step() {
    done++;
    showWhenDue();
  }

  @Override
  public synchronized void remark(String words) {
    remark = words;
    showWhenDue();
  }

  @Override
  public synchronized void pace(String words) {
    pace = words;
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (done == 0 && total == 0) {
      terminal.clear(); // it failed before there was anything to count
      return;
    }
    String count = total > 0 && done < total ? done + " of " + total : String.valueOf(done);
    double seconds = (nanoTime.getAsLong() - started) / 1e9;
    String words = remark.isEmpty() ? "" : ", " + remark;
    terminal.finish(
        "%s: %s %s in %s%s".formatted(title, count, unit, Durations.words(seconds), words));
  }

  private void showWhenDue() {
    long now = nanoTime.getAsLong();
    if (closed || now - shown < terminal.nanosBetweenLines()) {
      return;
    }
    double seconds = (now - started) / 1e9;
    if (!terminal.isInteractive() && total > 0 && secondsLeft(seconds) < SOON_SECONDS) {
      return;
    }
    shown = now;
    String line = line(seconds, WIDTH);
    int excess = Math.max(0, line.length() - terminal.longestLine());
    terminal.show(excess == 0 ? line : line(seconds, Math.max(NARROWEST, WIDTH - excess)));
  }

  /** Infinite while nothing is done. */
  private double secondsLeft(double seconds) {
    return Math.max(0, total - done) * seconds / done;
  }

  private String line(double seconds, int width) {
    StringBuilder line = new StringBuilder(title).append(terminal.isInteractive() ? " " : ": ");
    if (total > 0 && terminal.isInteractive()) {
      int filled = (int) Math.min(width, done * width / total);
      line.append('[').append("=".repeat(filled)).append(" ".repeat(width - filled)).append("] ");
    }
    line.append(done);
    if (total > 0) {
      line.append('/').append(total);
    }
    line.append(' ').append(unit);
    if (!pace.isEmpty()) {
      line.append(", ").append(pace);
    } else if (done > 0 && seconds > 0) {
      double rate = done / seconds;
      line.append(String.format(Locale.ROOT, rate < 10 ? ", %.1f/s" : ", %.0f/s", rate));
      if (total > done) {
        line.append(", ").append(Durations.words(secondsLeft(seconds))).append(" left");
      }
    }
    if (!remark.isEmpty()) {
      line.append(", ").append(remark);
    }
    return line.toString();
  }
}
