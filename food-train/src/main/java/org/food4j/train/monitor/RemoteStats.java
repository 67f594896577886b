package org.food4j.train.monitor;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.deeplearning4j.core.storage.StorageType;

/**
 * Posts a training's statistics to a UI server in another process or on another machine, from a
 * thread of its own: the training never waits for the network. While the server does not answer,
 * the newest {@value #WAITING} reports wait and older ones are dropped.
 *
 * <p>In the form of DL4J's {@code RemoteUIStatsStorageRouter}, which is not used itself: it loses
 * the record at which a connection fails, without the first of which no chart is drawn, and what is
 * left when the training ends.
 */
public final class RemoteStats extends StatsSink implements AutoCloseable {
  private static final int WAITING = 200;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;

  private final URI address;
  private final Duration pause;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();

  private final Thread thread = new Thread(this::post, "statistics to a UI server");
  private final Deque<StatsRecord> waiting = new ArrayDeque<>();
  private boolean closing;
  private long dropped;

  /**
   * Asks the server whether it takes statistics.
   *
   * @param server {@code http://host:9000}
   * @throws IllegalArgumentException if that is no HTTP address
   * @throws IOException if no such server answers there
   */
  public RemoteStats(URI server) throws IOException {
    this(server, Duration.ofSeconds(5));
  }

  /**
   * @param pause between attempts
   */
  RemoteStats(URI server, Duration pause) throws IOException {
    if (!("http".equals(server.getScheme()) || "https".equals(server.getScheme()))
        || server.getHost() == null) {
      throw new IllegalArgumentException(
          "A UI server's address is like http://host:9000, not " + server);
    }
    this.pause = pause;
    address = server.resolve(BoundUiServer.REMOTE_PATH);
    requireReceiver();
    thread.setDaemon(true);
    thread.start();
  }

  private void requireReceiver() throws IOException {
    int status;
    try {
      status = send("{}".getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IOException(
          "No UI server answers at %s: start one there with food ui --remote. %s"
              .formatted(address, e),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while asking " + address, e);
    }
    if (status != BAD_REQUEST) { // which is right for an empty object
      throw new IOException(
          "What answers at %s takes no statistics (HTTP %s): start it with food ui --remote"
              .formatted(address, status));
    }
  }

  @Override
  synchronized void put(StatsRecord record) {
    if (waiting.size() >= WAITING
        && waiting.removeIf(new FirstUpdate())) { // without the others no chart is drawn
      dropped++;
    }
    waiting.addLast(record);
    notifyAll();
  }

  /** The first report of a step that it meets. */
  private static final class FirstUpdate implements java.util.function.Predicate<StatsRecord> {
    private boolean met;

    @Override
    public boolean test(StatsRecord record) {
      boolean first = !met && record.type() == StorageType.Update;
      met |= first;
      return first;
    }
  }

  private void post() {
    try {
      for (StatsRecord next = first(); !isDone(); next = first()) {
        if (isSent(next)) {
          remove(next);
        } else {
          Thread.sleep(pause.toMillis());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // by close(), which has waited long enough
    }
  }

  private boolean isSent(StatsRecord record) throws InterruptedException {
    try {
      int status = send(record.toJson());
      return status == OK || status == BAD_REQUEST; // which no further attempt changes
    } catch (IOException e) {
      return false; // tried again; close() tells how many were not sent
    }
  }

  private int send(byte[] json) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(json))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private synchronized StatsRecord first() throws InterruptedException {
    while (waiting.isEmpty() && !closing) {
      wait();
    }
    return waiting.peekFirst();
  }

  private synchronized boolean isDone() {
    return waiting.isEmpty() && closing;
  }

  private synchronized void remove(StatsRecord record) {
    waiting.remove(record); // it may have been dropped meanwhile
  }

  /** How many reports the server did not get, so far. */
  public synchronized long undelivered() {
    return dropped + waiting.size();
  }

  /** Sends what waits, for ten seconds at most. */
  @Override
  public void close() {
    synchronized (this) {
      closing = true;
      notifyAll();
    }
    try {
      thread.join(TIMEOUT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
  }
}
