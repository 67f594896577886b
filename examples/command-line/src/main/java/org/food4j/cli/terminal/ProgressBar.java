package org.food4j.cli.terminal;

import java.util.Locale;
import java.util.function.LongSupplier;

/** The one kind of {@link Progress}: {@code Reading photos [====> ] 412/1000 photos, 56/s}. */
final class ProgressBar implements Progress {
  private static final int WIDTH = 20;

  private final Terminal terminal;
  private final String title;
  private final String unit;
  private final LongSupplier nanoTime;
  private final long started;
  private long total;
  private long shown;
  private long done;
  private String remark = "";
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
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    String count = total > 0 && done < total ? done + " of " + total : String.valueOf(done);
    double seconds = (nanoTime.getAsLong() - started) / 1e9;
    String words = remark.isEmpty() ? "" : ", " + remark;
    terminal.finish("%s: %s %s in %s%s".formatted(title, count, unit, duration(seconds), words));
  }

  private void showWhenDue() {
    long now = nanoTime.getAsLong();
    if (closed || now - shown < terminal.nanosBetweenLines()) {
      return;
    }
    shown = now;
    terminal.show(line((now - started) / 1e9));
  }

  private String line(double seconds) {
    StringBuilder line = new StringBuilder(title).append(' ');
    if (total > 0) {
      int filled = (int) Math.min(WIDTH, done * WIDTH / total);
      line.append('[').append("=".repeat(filled)).append(" ".repeat(WIDTH - filled)).append("] ");
      line.append(done).append('/').append(total);
    } else {
      line.append(done);
    }
    line.append(' ').append(unit);
    if (done > 0 && seconds > 0) {
      double rate = done / seconds;
      line.append(String.format(Locale.ROOT, rate < 10 ? ", %.1f/s" : ", %.0f/s", rate));
      if (total > done) {
        line.append(", ").append(duration((total - done) / rate)).append(" left");
      }
    }
    if (!remark.isEmpty()) {
      line.append(", ").append(remark);
    }
    return line.toString();
  }

  private static String duration(double seconds) {
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + " s";
    }
    if (whole < 3600) {
      return String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60);
    }
    return String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole % 3600 / 60);
  }
}
