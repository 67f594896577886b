package org.food4j.models.weights.catalogue;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A stream that ends with an error when nothing comes for some time, which Java's HTTP client
 * offers for headers only. Read by one thread.
 */
final class StallGuard extends FilterInputStream {
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "food4j-download-watch");
            thread.setDaemon(true);
            return thread;
          });
  private final Duration patience;
  private volatile long lastNanos = System.nanoTime();
  private volatile boolean stalled;

  StallGuard(InputStream in, Duration patience) {
    super(in);
    this.patience = patience;
    long period = Math.max(1, patience.toMillis() / 4);
    watch.scheduleWithFixedDelay(this::look, period, period, TimeUnit.MILLISECONDS);
  }

  private void look() {
    if (System.nanoTime() - lastNanos > patience.toNanos()) {
      stalled = true;
      try {
        in.close(); // which wakes the reader
      } catch (IOException e) {
        // the reader fails anyhow, with the reason below
      }
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      int count = super.read(bytes, offset, length);
      lastNanos = System.nanoTime();
      if (count < 0 && stalled) {
        throw silence();
      }
      return count;
    } catch (IOException e) {
      if (!stalled) {
        throw e;
      }
      IOException reason = silence();
      reason.addSuppressed(e);
      throw reason;
    }
  }

  private IOException silence() {
    return new IOException("nothing came for " + patience.toMillis() + " ms");
  }

  @Override
  public void close() throws IOException {
    watch.shutdownNow();
    super.close();
  }
}
