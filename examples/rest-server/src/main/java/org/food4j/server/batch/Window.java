package org.food4j.server.batch;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Much work of one asker, of which only so much is under way at a time: the rest does not take
 * others' places in a queue, and what finds the queue full tries again while there is time.
 * Thread-safe.
 *
 * @param <A> what a piece of work gives
 */
public final class Window<A> {
  private static final Executor LATER =
      CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS);

  private final List<Supplier<CompletableFuture<A>>> works;
  private final Predicate<Throwable> overloaded;
  private final long deadline;
  private final List<CompletableFuture<A>> answers;
  private final AtomicInteger next = new AtomicInteger();

  private Window(
      List<Supplier<CompletableFuture<A>>> works, Predicate<Throwable> overloaded, long deadline) {
    this.works = works;
    this.overloaded = overloaded;
    this.deadline = deadline;
    answers = Stream.generate(() -> new CompletableFuture<A>()).limit(works.size()).toList();
  }

  /**
   * Begins work in its order, and goes on whenever a piece of it is done, however it ended.
   *
   * @param width pieces under way at a time, at least 1
   * @param overloaded whether what a piece failed with is a lack of room, and so worth another try
   * @param deadline until which pieces are tried again, as {@link System#nanoTime} tells it
   * @return a future for each piece, in their order
   */
  public static <A> List<CompletableFuture<A>> run(
      int width,
      List<Supplier<CompletableFuture<A>>> works,
      Predicate<Throwable> overloaded,
      long deadline) {
    if (width < 1) {
      throw new IllegalArgumentException("A window is at least 1 wide, not " + width);
    }
    Window<A> window = new Window<>(List.copyOf(works), overloaded, deadline);
    for (int i = 0; i < width; i++) {
      window.go();
    }
    return window.answers;
  }

  /** A loop where work is done at once, so that the stack stays flat however much there is. */
  private void go() {
    boolean done = true;
    while (done) {
      int i = next.getAndIncrement();
      done = i < works.size() && begin(i);
    }
  }

  /** Returns whether it is done already; if not, whoever ends it goes on. */
  private boolean begin(int i) {
    CompletableFuture<A> work;
    try {
      work = works.get(i).get();
    } catch (RuntimeException | Error e) {
      work = CompletableFuture.failedFuture(e);
    }
    if (work.isDone()) {
      return end(i, work);
    }
    CompletableFuture<A> soon = work;
    work.whenComplete(
        (answer, thrown) -> {
          if (end(i, soon)) {
            go();
          }
        });
    return false;
  }

  /** Hands on how a piece ended, unless it is tried again: then it keeps its place. */
  private boolean end(int i, CompletableFuture<A> work) {
    Throwable failure = work.handle((answer, thrown) -> thrown).join();
    if (failure == null) {
      answers.get(i).complete(work.join());
    } else if (overloaded.test(failure) && System.nanoTime() - deadline < 0) {
      LATER.execute(
          () -> {
            if (begin(i)) {
              go();
            }
          });
      return false;
    } else {
      answers.get(i).completeExceptionally(failure);
    }
    return true;
  }
}
