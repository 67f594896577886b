package org.food4j.train.cluster;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** This machine's files, behind a connection that breaks: {@code unreliable:/tmp/...}. */
public final class UnreliableFiles extends RawLocalFileSystem {
  /** How often reading fails from here on. */
  static final AtomicInteger FAILURES = new AtomicInteger();

  /** Counted down when reading begins, in front of {@link #gate}. */
  static volatile CountDownLatch arrival = new CountDownLatch(0);

  /** What reading waits for. */
  static volatile CountDownLatch gate = new CountDownLatch(0);

  /**
   * Holds readers at the gate, and interrupts the thread that calls this once the first is there.
   *
   * @return to be waited for after the gate was opened
   */
  static Thread interruptAtTheGate() {
    arrival = new CountDownLatch(1);
    gate = new CountDownLatch(1);
    Thread caller = Thread.currentThread();
    Thread other =
        new Thread(
            () -> {
              try {
                if (arrival.await(60, TimeUnit.SECONDS)) {
                  caller.interrupt();
                }
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    other.start();
    return other;
  }

  @Override
  public URI getUri() {
    return URI.create("unreliable:///");
  }

  @Override
  public String getScheme() {
    return "unreliable";
  }

  /** The superclass's own look up permissions by the scheme {@code file:}. */
  @Override
  public FileStatus[] listStatus(Path folder) throws IOException {
    FileStatus[] all = super.listStatus(folder);
    for (int i = 0; i < all.length; i++) {
      FileStatus one = all[i];
      all[i] = new FileStatus(one.getLen(), one.isDirectory(), 1, 1, 0, one.getPath());
    }
    return all;
  }

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    arrival.countDown();
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
    if (FAILURES.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new IOException("connection reset");
    }
    return super.open(file, bufferSize);
  }
}
