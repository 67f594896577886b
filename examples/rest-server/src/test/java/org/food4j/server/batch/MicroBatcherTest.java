package org.food4j.server.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MicroBatcherTest {
  private static final BatchObserver NOBODY = (rows, wait, nanos) -> {};

  /** Doubles numbers, once it is let; remembers the sizes of batches. */
  private static final class Gate implements MicroBatcher.Computation<Integer, Integer> {
    private final List<Integer> sizes = new CopyOnWriteArrayList<>();
    private final Semaphore begun = new Semaphore(0);
    private final Semaphore let = new Semaphore(0);

    @Override
    public List<Integer> compute(List<Integer> rows) {
      sizes.add(rows.size());
      begun.release();
      let.acquireUninterruptibly();
      return rows.stream().map(row -> 2 * row).toList();
    }
  }

  private static MicroBatcher<Integer, Integer> batcher(
      MicroBatcher.Computation<Integer, Integer> computation, int rows, int capacity) {
    return new MicroBatcher<>(
        "test", computation, rows, capacity, new Semaphore(1), Runnable::run, NOBODY);
  }

  private static long soon() {
    return System.nanoTime() + Duration.ofMinutes(1).toNanos();
  }

  private static List<Integer> numbers(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  @Test
  void submit_idle_isComputedAtOnceAndAlone() throws Exception {
    Gate gate = new Gate();
    try (MicroBatcher<Integer, Integer> batcher = batcher(gate, 16, 64)) {
      CompletableFuture<Integer> answer = batcher.submit(List.of(21), soon()).get(0);

      // the computation has begun although nothing else has come, nor will
      assertThat(gate.begun.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
      assertThat(batcher.waiting()).isZero();
      gate.let.release();
      assertThat(answer.get()).isEqualTo(42);
      assertThat(gate.sizes).containsExactly(1);
    }
  }

  @Test
  void submit_whileComputing_isTheNextBatchUpToTheLargest() throws Exception {
    Gate gate = new Gate();
    try (MicroBatcher<Integer, Integer> batcher = batcher(gate, 4, 64)) {
      batcher.submit(List.of(0), soon());
      gate.begun.acquire();
      List<CompletableFuture<Integer>> answers = batcher.submit(numbers(1, 8), soon());
      assertThat(batcher.waiting()).isEqualTo(7);
      gate.let.release(10);

      for (int i = 0; i < answers.size(); i++) {
        assertThat(answers.get(i).get()).isEqualTo(2 * (i + 1));
      }
      assertThat(gate.sizes).containsExactly(1, 4, 3);
    }
  }

  @Test
  void submit_moreThanMayWait_isRefusedWhole() throws Exception {
    Gate gate = new Gate();
    try (MicroBatcher<Integer, Integer> batcher = batcher(gate, 4, 5)) {
      batcher.submit(List.of(0), soon());
      gate.begun.acquire();
      batcher.submit(numbers(0, 4), soon());

      assertThatThrownBy(() -> batcher.submit(numbers(0, 2), soon()))
          .isInstanceOf(OverloadedException.class);
      assertThat(batcher.waiting()).isEqualTo(4);
      CompletableFuture<Integer> last = batcher.submit(List.of(9), soon()).get(0);
      gate.let.release(10);
      assertThat(last.get()).isEqualTo(18);
    }
  }

  @Test
  void submit_deadlineOverBeforeItsTurn_failsWithoutComputing() throws Exception {
    Gate gate = new Gate();
    try (MicroBatcher<Integer, Integer> batcher = batcher(gate, 4, 8)) {
      batcher.submit(List.of(0), soon());
      gate.begun.acquire();
      CompletableFuture<Integer> late = batcher.submit(List.of(1), System.nanoTime()).get(0);
      CompletableFuture<Integer> early = batcher.submit(List.of(2), soon()).get(0);
      gate.let.release(10);

      assertThat(early.get()).isEqualTo(4);
      assertThatThrownBy(late::get).hasCauseInstanceOf(OverloadedException.class);
      assertThat(gate.sizes).containsExactly(1, 1);
    }
  }

  @Test
  void compute_fails_onlyItsBatchFails() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    MicroBatcher.Computation<Integer, Integer> once =
        rows -> {
          if (calls.incrementAndGet() == 1) {
            throw new OutOfMemoryError("no room");
          }
          return rows;
        };
    try (MicroBatcher<Integer, Integer> batcher = batcher(once, 4, 8)) {
      CompletableFuture<Integer> failed = batcher.submit(List.of(1), soon()).get(0);
      assertThatThrownBy(failed::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(OutOfMemoryError.class);
      assertThat(batcher.submit(List.of(2), soon()).get(0).get()).isEqualTo(2);
    }
  }

  @Test
  void compute_tooFewAnswers_nobodyWaitsForever() throws Exception {
    try (MicroBatcher<Integer, Integer> batcher = batcher(rows -> List.of(), 4, 8)) {
      assertThatThrownBy(() -> batcher.submit(List.of(1), soon()).get(0).get(10, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class);
    }
  }

  @Test
  void observer_fails_batchesGoOn() throws Exception {
    BatchObserver broken =
        (rows, wait, nanos) -> {
          throw new IllegalStateException("the observer is broken: this belongs to a test");
        };
    try (MicroBatcher<Integer, Integer> batcher =
        new MicroBatcher<>("test", rows -> rows, 4, 8, new Semaphore(1), Runnable::run, broken)) {
      for (int i = 0; i < 3; i++) {
        assertThat(batcher.submit(List.of(i), soon()).get(0).get(10, TimeUnit.SECONDS))
            .isEqualTo(i);
      }
    }
  }

  @Test
  void answers_executorHasEnded_areStillGiven() throws Exception {
    ExecutorService ended = Executors.newSingleThreadExecutor();
    ended.shutdown();
    try (MicroBatcher<Integer, Integer> batcher =
        new MicroBatcher<>("test", rows -> rows, 4, 8, new Semaphore(1), ended, NOBODY)) {
      assertThat(batcher.submit(List.of(3), soon()).get(0).get(10, TimeUnit.SECONDS)).isEqualTo(3);
    }
  }

  @Test
  void close_rowsWait_areComputedFirst() throws Exception {
    Gate gate = new Gate();
    MicroBatcher<Integer, Integer> batcher = batcher(gate, 2, 8);
    batcher.submit(List.of(0), soon());
    gate.begun.acquire();
    List<CompletableFuture<Integer>> answers = batcher.submit(numbers(1, 6), soon());
    gate.let.release(10);
    batcher.close();

    assertThat(answers).allMatch(CompletableFuture::isDone);
    assertThat(answers.get(4).get()).isEqualTo(10);
    assertThatThrownBy(() -> batcher.submit(List.of(1), soon()))
        .isInstanceOf(IllegalStateException.class);
    batcher.close();
  }

  @Test
  void lanes_twoBatchersShareOne_computeOneAfterTheOther() throws Exception {
    Semaphore lanes = new Semaphore(1, true);
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    MicroBatcher.Computation<Integer, Integer> computation =
        rows -> {
          most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
          Thread.yield();
          atOnce.decrementAndGet();
          return rows;
        };
    try (MicroBatcher<Integer, Integer> one =
            new MicroBatcher<>("one", computation, 2, 999, lanes, Runnable::run, NOBODY);
        MicroBatcher<Integer, Integer> other =
            new MicroBatcher<>("other", computation, 2, 999, lanes, Runnable::run, NOBODY)) {
      List<CompletableFuture<Integer>> all = new java.util.ArrayList<>();
      all.addAll(one.submit(numbers(0, 300), soon()));
      all.addAll(other.submit(numbers(0, 300), soon()));
      CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
    }
    assertThat(most).hasValue(1);
    assertThat(lanes.availablePermits()).isOne();
  }

  @Test
  void submit_manyThreads_everyRowGetsItsOwnAnswer() throws Exception {
    AtomicInteger wrong = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    MicroBatcher.Computation<Integer, Integer> computation =
        rows -> {
          most.accumulateAndGet(rows.size(), Math::max);
          return rows.stream().map(row -> 2 * row).toList();
        };
    try (MicroBatcher<Integer, Integer> batcher = batcher(computation, 8, 999)) {
      CountDownLatch done = new CountDownLatch(4);
      for (int t = 0; t < 4; t++) {
        int from = t * 1000;
        new Thread(
                () -> {
                  for (int i = from; i < from + 1000; i++) {
                    if (batcher.submit(List.of(i), soon()).get(0).join() != 2 * i) {
                      wrong.incrementAndGet();
                    }
                  }
                  done.countDown();
                })
            .start();
      }
      assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(batcher.waiting()).isZero();
    }
    assertThat(wrong).hasValue(0);
    assertThat(most.get()).isBetween(1, 8);
  }
}
