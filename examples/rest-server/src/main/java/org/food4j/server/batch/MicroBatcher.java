package org.food4j.server.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Computes rows in batches. Whoever comes while nothing is computed is computed at once, alone;
 * what comes meanwhile waits in a bounded queue and is the next batch, up to the largest. So an
 * idle server adds no delay, and a busy one has the throughput of batches as large as its load.
 *
 * <p>Thread-safe.
 *
 * @param <R> a row
 * @param <A> its answer
 */
public final class MicroBatcher<R, A> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MicroBatcher.class);

  private final Computation<R, A> computation;
  private final int mostRows;
  private final int capacity;
  private final Semaphore lanes;
  private final Executor answers;
  private final BatchObserver observer;
  private final LinkedBlockingQueue<Row<R, A>> queue = new LinkedBlockingQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final Row<R, A> end = new Row<>(null, 0, 0, new CompletableFuture<>());
  private final Thread worker;
  private boolean closed;

  private record Row<R, A>(R row, long begun, long deadline, CompletableFuture<A> answer) {}

  /**
   * Computes a batch.
   *
   * @param <R> a row
   * @param <A> its answer
   */
  @FunctionalInterface
  public interface Computation<R, A> {
    /** An answer for each row, in their order. */
    List<A> compute(List<R> rows);
  }

  /**
   * @param name of the thread
   * @param mostRows of a batch, at least 1
   * @param capacity rows that may wait, at least 1
   * @param lanes permits to compute, shared by all batchers of a processor
   * @param answers runs what follows an answer, so that the next batch need not wait for it
   */
  public MicroBatcher(
      String name,
      Computation<R, A> computation,
      int mostRows,
      int capacity,
      Semaphore lanes,
      Executor answers,
      BatchObserver observer) {
    this.computation = computation;
    this.mostRows = mostRows;
    this.capacity = capacity;
    this.lanes = lanes;
    this.answers = answers;
    this.observer = observer;
    worker = new Thread(this::work, name);
    worker.setDaemon(true);
    worker.start();
  }

  /**
   * Asks for answers to rows that may be computed in different batches.
   *
   * @param deadline until which computing begins, as {@link System#nanoTime} tells it
   * @return an answer for each; they fail with {@link OverloadedException} if their time is over
   * @throws OverloadedException if there is no room for all of them
   */
  public List<CompletableFuture<A>> submit(List<R> rows, long deadline) {
    if (waiting.addAndGet(rows.size()) > capacity) {
      waiting.addAndGet(-rows.size());
      throw new OverloadedException("%d rows wait already".formatted(capacity));
    }
    long now = System.nanoTime();
    List<Row<R, A>> asked = new ArrayList<>();
    for (R row : rows) {
      asked.add(new Row<>(row, now, deadline, new CompletableFuture<>()));
    }
    synchronized (this) {
      if (closed) {
        waiting.addAndGet(-rows.size());
        throw new IllegalStateException("This batcher has been closed");
      }
      queue.addAll(asked);
    }
    return asked.stream().map(Row::answer).toList();
  }

  /** Rows that wait. */
  public int waiting() {
    return waiting.get();
  }

  private void work() {
    List<Row<R, A>> batch = new ArrayList<>();
    try {
      while (true) {
        batch.add(queue.take());
        lanes.acquire();
        try {
          queue.drainTo(batch, mostRows - 1); // as late as can be: more have come meanwhile
          boolean last = batch.remove(end);
          waiting.addAndGet(-batch.size());
          compute(batch);
          batch.clear(); // answered, though perhaps by another hand and a little later
          if (last) {
            return;
          }
        } finally {
          lanes.release();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      synchronized (this) {
        closed = true; // nobody may wait for a thread that is gone
      }
      batch.addAll(queue);
      batch.forEach(
          row -> row.answer.completeExceptionally(new OverloadedException("the server is ending")));
    }
  }

  private void compute(List<Row<R, A>> batch) {
    long now = System.nanoTime();
    List<Row<R, A>> alive = new ArrayList<>(batch.size());
    for (Row<R, A> row : batch) {
      if (now - row.deadline > 0) {
        answer(row, null, new OverloadedException("its time was over before its turn"));
      } else {
        alive.add(row);
      }
    }
    if (alive.isEmpty()) {
      return;
    }
    try {
      List<A> computed = computation.compute(alive.stream().map(Row::row).toList());
      for (int i = 0; i < alive.size(); i++) {
        answer(alive.get(i), computed.get(i), null);
      }
    } catch (RuntimeException | Error e) {
      alive.forEach(row -> answer(row, null, e));
    }
    try {
      observer.computed(alive.size(), now - alive.get(0).begun, System.nanoTime() - now);
    } catch (RuntimeException e) { // who only looks on may not end the thread
      LOG.error("A batch could not be counted", e);
    }
  }

  private void answer(Row<R, A> row, A answer, Throwable thrown) {
    Runnable completion =
        () -> {
          if (thrown != null) {
            row.answer.completeExceptionally(thrown);
          } else {
            row.answer.complete(answer);
          }
        };
    try {
      answers.execute(completion);
    } catch (RejectedExecutionException e) { // the server is ending: whoever waits is still told
      completion.run();
    }
  }

  /** Takes no more rows, computes those that wait, and returns when they are. */
  @Override
  public void close() {
    synchronized (this) {
      if (!closed) {
        closed = true;
        queue.add(end);
      }
    }
    try {
      worker.join(TimeUnit.SECONDS.toMillis(60));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
