package org.food4j.server.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.food4j.server.answer.AnswerCache.Found;
import org.food4j.server.answer.AnswerCache.Key;
import org.food4j.server.batch.OverloadedException;
import org.food4j.server.testing.LogCapture;
import org.junit.jupiter.api.Test;

class AnswerCacheTest {
  private static final Key KEY = new Key("photo", "food/1", "predict/5");

  private final AnswerCache cache = new AnswerCache(100_000);
  private final Deque<CompletableFuture<byte[]>> begun = new ArrayDeque<>();

  private Found get(Key key) {
    return cache.get(
        key,
        () -> {
          begun.add(new CompletableFuture<>());
          return begun.getLast();
        });
  }

  @Test
  void get_askedTwiceMeanwhile_isComputedOnce() {
    Found first = get(KEY);
    Found second = get(KEY);
    assertThat(begun).hasSize(1);
    assertThat(second.answer()).isNotDone();
    begun.getLast().complete(new byte[] {7});

    assertThat(first.answer().join()).containsExactly(7);
    assertThat(second.answer().join()).containsExactly(7);
    assertThat(get(KEY).answer().join()).containsExactly(7);
    assertThat(begun).hasSize(1);
    assertThat(List.of(first.hit(), second.hit(), get(KEY).hit()))
        .containsExactly(false, true, true);
  }

  @Test
  void get_otherModelVersionOrSettings_isAnotherAnswer() {
    get(KEY);
    get(new Key("photo", "food/2", "predict/5"));
    get(new Key("photo", "food/1", "predict/3"));
    get(new Key("other", "food/1", "predict/5"));
    assertThat(begun).hasSize(4);
  }

  @Test
  void get_computationFails_isForgottenAndNotLogged() {
    try (LogCapture log = LogCapture.started()) {
      Found first = get(KEY);
      Found second = get(KEY);
      begun.getLast().completeExceptionally(new IllegalStateException("damaged"));

      assertThatThrownBy(first.answer()::join).hasRootCauseMessage("damaged");
      assertThatThrownBy(second.answer()::join).hasRootCauseMessage("damaged");
      assertThat(begun).hasSize(1);
      Found third = get(KEY);
      assertThat(third.hit()).isFalse();
      begun.getLast().complete(new byte[] {1});
      assertThat(third.answer().join()).containsExactly(1);
      assertThat(log.complaints()).isEmpty();
    }
  }

  @Test
  void get_computationThrowsAtOnce_isForgotten() {
    Found thrown =
        cache.get(
            KEY,
            () -> {
              throw new IllegalStateException("at once");
            });
    assertThatThrownBy(thrown.answer()::join).hasRootCauseMessage("at once");
    Found next = get(KEY);
    begun.getLast().complete(new byte[] {1});
    assertThat(next.answer().join()).containsExactly(1);
  }

  @Test
  void get_leaderHadNoTime_followersTryByThemselvesOnceTogether() {
    Found leader = get(KEY);
    List<Found> followers = List.of(get(KEY), get(KEY), get(KEY));
    begun.getLast().completeExceptionally(new CompletionException(new OverloadedException("late")));

    assertThatThrownBy(leader.answer()::join).hasRootCauseInstanceOf(OverloadedException.class);
    assertThat(begun).hasSize(2);
    assertThat(followers).noneMatch(follower -> follower.answer().isDone());
    begun.getLast().complete(new byte[] {3});
    assertThat(followers).allMatch(follower -> follower.answer().join()[0] == 3);
  }

  @Test
  void get_noRoomForAnybody_everybodyIsToldSo() {
    CompletableFuture<byte[]> leading = new CompletableFuture<>();
    cache.get(KEY, () -> leading);
    List<Found> followers = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      followers.add(
          cache.get(KEY, () -> CompletableFuture.failedFuture(new OverloadedException("no room"))));
    }
    leading.completeExceptionally(new OverloadedException("no room"));
    assertThat(followers).allMatch(follower -> follower.answer().isCompletedExceptionally());
  }

  @Test
  void get_moreThanItsBytes_givesUpTheOldest() {
    for (int i = 0; i < 1000; i++) {
      Found found = get(new Key("photo" + i, "food/1", "predict/5"));
      begun.getLast().complete(new byte[800]);
      found.answer().join();
    }
    assertThat(cache.entries()).isBetween(50L, 100L);
    assertThat(cache.stats().evictionCount()).isGreaterThan(890);
  }

  @Test
  void stats_oneMissAndTwoHits_areCountedOnceEach() {
    get(KEY);
    get(KEY);
    begun.getLast().complete(new byte[1]);
    get(KEY);
    assertThat(cache.stats().missCount()).isEqualTo(1);
    assertThat(cache.stats().hitCount()).isEqualTo(2);
  }

  @Test
  void isOn_withoutBytes_isNot() {
    AnswerCache none = new AnswerCache(0);
    assertThat(none.isOn()).isFalse();
    assertThat(none.entries()).isZero();
    assertThat(new AnswerCache(1).isOn()).isTrue();
  }
}
