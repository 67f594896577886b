package org.food4j.server.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

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

  @Test
  void run_moreThanItsWidth_nextBeginsWhenOneIsDoneHoweverItEnded() {
    List<CompletableFuture<Integer>> answers = Window.run(2, works(4));
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
    List<CompletableFuture<Integer>> answers = Window.run(1, works);
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

    List<CompletableFuture<Integer>> answers = Window.run(3, works);

    assertThat(answers).hasSize(many);
    assertThat(answers.get(many - 1)).isCompletedWithValue(many - 1);
  }
}
