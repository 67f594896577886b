package org.food4j.server.http;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes connections whose request does not come to the end of its headers in time, or whose answer
 * is not read in time. The connector's idle timeout does not see those that send a byte now and
 * then (Slowloris). And where all connections are taken, it closes those that nothing comes on:
 * others wait for them, and among them those who ask whether the server lives.
 */
final class SlowConnections extends AbstractLifeCycle implements Connection.Listener {
  /** An answer has as often the time that a request's headers have. */
  private static final int WRITING = 3;

  /** How long a connection may do nothing while others wait for one. */
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final Logger LOG = LoggerFactory.getLogger(SlowConnections.class);

  private final long mostNanos;
  private final int mostConnections;
  private final Scheduler scheduler;
  private final Map<Connection, State> states = new ConcurrentHashMap<>();

  SlowConnections(HttpLimits limits, Scheduler scheduler) {
    mostNanos = limits.headers().toNanos();
    mostConnections = limits.connections();
    this.scheduler = scheduler;
  }

  private static final class State {
    private volatile boolean answering;
    private volatile long bytesBefore;

    /** When an answer began to be written; 0 while none is. */
    private volatile long writing;

    /** When the first byte of the request at hand was seen; 0 before. */
    private volatile long begun = System.nanoTime();

    /** Since when it waits for a request. */
    private volatile long waiting = System.nanoTime();
  }

  @Override
  protected void doStart() {
    scheduler.schedule(this::look, 1, TimeUnit.SECONDS);
  }

  @Override
  public void onOpened(Connection connection) {
    states.put(connection, new State());
  }

  @Override
  public void onClosed(Connection connection) {
    states.remove(connection);
  }

  /** A request's headers have come. */
  void arrived(Connection connection) {
    State state = states.get(connection);
    if (state != null) {
      state.answering = true;
    }
  }

  /** The request's answer is there, and takes as long as its client takes to read it. */
  void writing(Connection connection) {
    State state = states.get(connection);
    if (state != null) {
      state.writing = System.nanoTime();
    }
  }

  /** The request has been answered; the next one may take its time until its first byte. */
  void answered(Connection connection) {
    State state = states.get(connection);
    if (state != null) {
      state.bytesBefore = connection.getBytesIn();
      state.begun = 0;
      state.waiting = System.nanoTime();
      state.writing = 0;
      state.answering = false;
    }
  }

  /** The connections that are open. */
  Set<Connection> open() {
    return Set.copyOf(states.keySet());
  }

  /** How many of them have a request that is not answered yet, or came in part. */
  long busy() {
    return states.entrySet().stream()
        .filter(
            entry ->
                entry.getValue().answering
                    || entry.getKey().getBytesIn() > entry.getValue().bytesBefore)
        .count();
  }

  private void look() {
    try {
      long now = System.nanoTime();
      boolean full = states.size() >= mostConnections;
      states.forEach(
          (connection, state) -> {
            try {
              look(connection, state, full, now);
            } catch (RuntimeException e) { // of one connection: the others are looked at as ever
              LOG.warn("{} cannot be looked after", connection, e);
            }
          });
    } finally { // whatever happened, or slow clients were safe for ever
      if (isRunning() || isStarting()) {
        scheduler.schedule(this::look, 1, TimeUnit.SECONDS);
      }
    }
  }

  private void look(Connection connection, State state, boolean full, long now) {
    if (state.answering) {
      long since = state.writing;
      if (since != 0 && now - since > WRITING * mostNanos) {
        connection.getEndPoint().close(); // not in order: what is written waits for its reader
      }
      return;
    }
    boolean nothing = connection.getBytesIn() == state.bytesBefore;
    if (full && nothing && now - state.waiting > IDLE_NANOS) {
      connection.close();
      return;
    }
    if (state.begun == 0 && !nothing) {
      state.begun = now;
    }
    if (state.begun != 0 && now - state.begun > mostNanos) {
      connection.close();
    }
  }
}
