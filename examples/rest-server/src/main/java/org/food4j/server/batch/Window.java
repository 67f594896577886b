package org.food4j.server.batch;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Much work of one asker, of which only so much is under way at a time: the rest does not take
 * others' places in a queue. Thread-safe.
 *
 * @param <A> what a piece of work gives
 */
public final class Window<A> {
  private final List<Supplier<CompletableFuture<A>>> works;
  private final List<CompletableFuture<A>> answers;
  private final AtomicInteger next = new AtomicInteger();

  private Window(List<Supplier<CompletableFuture<A>>> works) {
    this.works = works;
    answers = Stream.generate(() -> new CompletableFuture<A>()).limit(works.size()).toList();
  }

  /**
   * Begins work in its order, and goes on whenever a piece of it is done, however it ended.
   *
   * @param width pieces under way at a time, at least 1
   * @return a future for each piece
   */
  public static <A> List<CompletableFuture<A>> run(
      int width, List<Supplier<CompletableFuture<A>>> works) {
    if (width < 1) {
      throw new IllegalArgumentException("A window is at least 1 wide, not " + width);
    }
    Window<A> window = new Window<>(List.copyOf(works));
    for (int i = 0; i < width; i++) {
      window.go();
    }
    return window.answers;
  }

  /** A loop where work is done at once, so that the stack stays flat however much there is. */
  private void go() {
    for (int i = next.getAndIncrement(); i < works.size(); i = next.getAndIncrement()) {
      CompletableFuture<A> mine = answers.get(i);
      CompletableFuture<A> work;
      try {
        work = works.get(i).get();
      } catch (RuntimeException | Error e) {
        mine.completeExceptionally(e);
        continue;
      }
      boolean done = work.isDone();
      work.whenComplete(
          (answer, thrown) -> {
            if (thrown == null) {
              mine.complete(answer);
            } else {
              mine.completeExceptionally(thrown);
            }
            if (!done) {
              go();
            }
          });
      if (!done) {
        return;
      }
    }
  }
}
