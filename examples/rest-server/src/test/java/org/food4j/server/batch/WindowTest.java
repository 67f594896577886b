package org.food4j.server.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WindowTest {
  private final List<CompletableFuture<Integer>> begun = new ArrayList<>();

  private Supplier<CompletableFuture<Integer>> begins() {
    return () -> {
      begun.add(new CompletableFuture<>());
      return begun.get(begun.size() - 1);
    };
  }

  private List<Supplier<CompletableFuture<Integer>>> works(int count) {
    return IntStream.range(0, count).mapToObj(i -> begins()).toList();
  }

  private static List<CompletableFuture<Integer>> run(
      int width, List<Supplier<CompletableFuture<Integer>>> works, long milliseconds) {
    return Window.run(
        width,
        works,
        thrown -> thrown instanceof OverloadedException,
        System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds));
  }

  /** Fails so often for want of room, then gives a number. */
  private static Supplier<CompletableFuture<Integer>> full(int times, int number) {
    AtomicInteger tries = new AtomicInteger();
    return () ->
        tries.getAndIncrement() < times
            ? CompletableFuture.failedFuture(new OverloadedException("no room"))
            : CompletableFuture.completedFuture(number);
  }

  @Test
  @Timeout(30)
  void run_noRoomForAMoment_triesAgainAndLosesNothing() {
    List<CompletableFuture<Integer>> answers =
        run(2, List.of(full(3, 1), full(0, 2), full(2, 3), full(1, 4)), 20_000);
    assertThat(answers.stream().map(CompletableFuture::join)).containsExactly(1, 2, 3, 4);
  }

  @Test
  @Timeout(30)
  void run_noRoomUntilTheDeadline_failsThen() {
    long begun = System.nanoTime();
    List<CompletableFuture<Integer>> answers =
        run(1, List.of(full(Integer.MAX_VALUE, 1), full(0, 2)), 200);
    assertThatThrownBy(answers.get(0)::join).hasCauseInstanceOf(OverloadedException.class);
    assertThat(System.nanoTime() - begun).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(200));
    assertThat(answers.get(1).join()).isEqualTo(2);
  }

  @Test
  void run_moreThanItsWidth_nextBeginsWhenOneIsDoneHoweverItEnded() {
    List<CompletableFuture<Integer>> answers = run(2, works(4), 0);
    assertThat(begun).hasSize(2);
    begun.get(1).complete(11);
    assertThat(begun).hasSize(3);
    begun.get(0).completeExceptionally(new OverloadedException("no room"));
    assertThat(begun).hasSize(4);
    begun.get(2).complete(12);
    begun.get(3).complete(13);

    assertThat(answers.get(1)).isCompletedWithValue(11);
    assertThat(answers.get(2)).isCompletedWithValue(12);
    assertThat(answers.get(3)).isCompletedWithValue(13);
    assertThatThrownBy(answers.get(0)::join).hasCauseInstanceOf(OverloadedException.class);
  }

  @Test
  void run_workCannotBegin_failsAloneAndTheRestIsDone() {
    List<Supplier<CompletableFuture<Integer>>> works = new ArrayList<>(works(1));
    works.add(
        0,
        () -> {
          throw new IllegalStateException("cannot begin");
        });
    List<CompletableFuture<Integer>> answers = run(1, works, 0);
    begun.get(0).complete(7);

    assertThatThrownBy(answers.get(0)::join).hasCauseInstanceOf(IllegalStateException.class);
    assertThat(answers.get(1)).isCompletedWithValue(7);
  }

  @Test
  void run_allDoneAtOnce_needsNoDeepStack() {
    int many = 100_000;
    List<Supplier<CompletableFuture<Integer>>> works =
        IntStream.range(0, many)
            .<Supplier<CompletableFuture<Integer>>>mapToObj(
                i -> () -> CompletableFuture.completedFuture(i))
            .toList();

    List<CompletableFuture<Integer>> answers = run(3, works, 0);

    assertThat(answers).hasSize(many);
    assertThat(answers.get(many - 1)).isCompletedWithValue(many - 1);
  }
}
