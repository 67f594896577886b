package org.food4j.server.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/**
 * Clients with a connection each that they keep. They ask one after the other, or at given times
 * whether the server has answered the others or not.
 */
public final class Load {
  private final URI address;
  private final LongFunction<byte[]> requests;
  private final AtomicLong asked = new AtomicLong();
  private final AtomicBoolean over = new AtomicBoolean();
  private final List<Outcome> outcomes = new CopyOnWriteArrayList<>();
  private final List<String> lost = new CopyOnWriteArrayList<>();
  private final List<Thread> clients = new ArrayList<>();

  /** What one client saw. */
  private static final class Outcome {
    private final List<long[]> answers = new ArrayList<>();
    private final List<String> odd = new ArrayList<>();
  }

  /**
   * What all clients saw.
   *
   * @param answered by status, number of answers
   * @param slowest successful answer
   * @param odd answers that are neither good nor a proper 503
   * @param lost requests that were sent whole on an open connection, and not answered
   * @param seconds it took
   */
  public record Report(
      Map<Integer, Long> answered,
      Duration slowest,
      List<String> odd,
      List<String> lost,
      double seconds) {
    /** Answers of a status. */
    public long of(int status) {
      return answered.getOrDefault(status, 0L);
    }
  }

  /**
   * @param requests the bytes of each by its number
   */
  public Load(URI address, LongFunction<byte[]> requests) {
    this.address = address;
    this.requests = requests;
  }

  /** So many clients ask one request after the other, this many together. */
  public Report count(int connections, long most) throws InterruptedException {
    return run(connections, most, 0, Duration.ofDays(1));
  }

  /** So many clients ask one request after the other. */
  public Report closed(int connections, Duration time) throws InterruptedException {
    return run(connections, Long.MAX_VALUE, 0, time);
  }

  /**
   * So many requests a second are asked, as long as there is a client that is not waiting.
   *
   * @param connections as many as the rate times the longest answer, or more
   */
  public Report open(int connections, double perSecond, Duration time) throws InterruptedException {
    return run(connections, Long.MAX_VALUE, perSecond, time);
  }

  /** Clients that ask until the server takes no more; {@link #report} tells how it went. */
  public void start(int connections) {
    for (int i = 0; i < connections; i++) {
      Thread client = new Thread(() -> ask(Long.MAX_VALUE, 0, System.nanoTime()), "client-" + i);
      client.start();
      clients.add(client);
    }
  }

  /** Waits for all clients. */
  public Report report() throws InterruptedException {
    long begun = System.nanoTime();
    for (Thread client : clients) {
      client.join(60_000);
      if (client.isAlive()) {
        lost.add("a client waits for ever");
      }
    }
    Map<Integer, Long> answered = new java.util.TreeMap<>();
    List<String> odd = new ArrayList<>();
    long slowest = 0;
    for (Outcome outcome : outcomes) {
      odd.addAll(outcome.odd);
      for (long[] answer : outcome.answers) {
        answered.merge((int) answer[0], 1L, Long::sum);
        slowest = answer[0] == 200 ? Math.max(slowest, answer[1]) : slowest;
      }
    }
    return new Report(
        answered,
        Duration.ofNanos(slowest),
        odd,
        List.copyOf(lost),
        (System.nanoTime() - begun) / 1e9);
  }

  private Report run(int connections, long most, double perSecond, Duration time)
      throws InterruptedException {
    long begun = System.nanoTime();
    for (int i = 0; i < connections; i++) {
      Thread client = new Thread(() -> ask(most, perSecond, begun), "client-" + i);
      client.start();
      clients.add(client);
    }
    long end = begun + time.toNanos();
    while (System.nanoTime() - end < 0 && clients.stream().anyMatch(Thread::isAlive)) {
      Thread.sleep(20);
    }
    over.set(true);
    Report report = report();
    return new Report(
        report.answered,
        report.slowest,
        report.odd,
        report.lost,
        (System.nanoTime() - begun) / 1e9);
  }

  /** Connects when there is something to ask, and again where the server ended a connection. */
  private void ask(long most, double perSecond, long begun) {
    Outcome outcome = new Outcome();
    outcomes.add(outcome);
    Optional<RawClient> client = Optional.empty();
    while (!over.get()) {
      long number = asked.getAndIncrement();
      if (number >= most) {
        break;
      }
      if (perSecond > 0) {
        sleepUntil(begun + (long) (1e9 * number / perSecond));
      }
      if (client.isEmpty()) {
        client = connected();
      }
      if (client.isEmpty() || over.get()) {
        break; // no connection is to be had any more: nothing was asked
      }
      if (!isKept(client.get(), number, outcome)) {
        client.ifPresent(Load::close);
        client = Optional.empty();
      }
    }
    client.ifPresent(Load::close);
  }

  private Optional<RawClient> connected() {
    try {
      return Optional.of(new RawClient(address, 30_000));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static void close(RawClient client) {
    try {
      client.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks once; whether the connection is open still. */
  private boolean isKept(RawClient client, long number, Outcome outcome) {
    long sent = System.nanoTime();
    try {
      client.send(requests.apply(number));
      Optional<Answered> answer = client.read();
      if (answer.isEmpty()) {
        lost.add("request " + number + ": closed without an answer");
        return false;
      }
      outcome.answers.add(new long[] {answer.get().status(), System.nanoTime() - sent});
      if (!isProper(answer.get())) {
        outcome.odd.add(answer.get().toString());
      }
      return !answer.get().header("connection").equals(Optional.of("close"));
    } catch (IOException e) {
      lost.add("request " + number + ": " + e);
      return false;
    }
  }

  private static boolean isProper(Answered answer) {
    return answer.status() < 500
        || answer.status() == 503 && answer.header("retry-after").isPresent();
  }

  private static void sleepUntil(long nanoTime) {
    long left = nanoTime - System.nanoTime();
    if (left > 0) {
      try {
        Thread.sleep(left / 1_000_000, (int) (left % 1_000_000));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Requests for predictions of photos that all differ, from a few that are drawn. */
  public static LongFunction<byte[]> photos(int width, int height) {
    byte[][] drawn = new byte[16][];
    Arrays.setAll(
        drawn, i -> DrawnPhoto.jpeg(width, height, new java.awt.Color(i * 999_331), i + 1));
    return number ->
        RawClient.request(
            "POST",
            "/predict",
            Map.of("Content-Type", "image/jpeg"),
            DrawnPhoto.numbered(drawn[(int) (number % drawn.length)], number));
  }
}
