package org.food4j.server.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.food4j.data.photo.PhotoException;
import org.food4j.server.batch.OverloadedException;
import org.food4j.server.http.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PredictionsTest {
  private static long in(Duration time) {
    return System.nanoTime() + time.toNanos();
  }

  private static Throwable problem(Throwable cause) {
    CompletableFuture<String> answer =
        Predictions.problems(CompletableFuture.failedFuture(new CompletionException(cause)));
    return answer.handle((none, thrown) -> thrown).join().getCause();
  }

  @Test
  void problems_photoCannotBeUsed_is422WithItsReason() {
    ProblemException problem = (ProblemException) problem(new PhotoException("not a photo: text"));
    assertThat(problem.problem().status()).isEqualTo(422);
    assertThat(problem).hasMessage("not a photo: text");
  }

  @Test
  void problems_noTimeOrRoom_is503WithATimeToTryAgain() {
    ProblemException problem = (ProblemException) problem(new OverloadedException("64 wait"));
    assertThat(problem.problem().status()).isEqualTo(503);
    assertThat(problem.headers()).containsKey("Retry-After");
  }

  @Test
  void problems_faultsAndErrors_stayWhatTheyAre() {
    assertThat(problem(new IllegalStateException("x"))).isInstanceOf(IllegalStateException.class);
    assertThat(problem(new OutOfMemoryError("x"))).isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void decoding_noRoomOrTime_failsAtOnceAndTheRestIsDone() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    try (DecodingPool pool = new DecodingPool(1, 2)) {
      CountDownLatch begun = new CountDownLatch(1);
      CompletableFuture<Integer> first =
          pool.submit(
              () -> {
                begun.countDown();
                gate.await();
                return 1;
              },
              in(Duration.ofMinutes(1)));
      begun.await();
      CompletableFuture<Integer> late = pool.submit(() -> 2, System.nanoTime());
      CompletableFuture<Integer> waits = pool.submit(() -> 3, in(Duration.ofMinutes(1)));
      assertThat(pool.waiting()).isEqualTo(2);
      CompletableFuture<Integer> refused = pool.submit(() -> 4, in(Duration.ofMinutes(1)));
      assertThat(refused).isCompletedExceptionally();
      assertThatThrownBy(refused::join).hasCauseInstanceOf(OverloadedException.class);
      gate.countDown();

      assertThat(first.get()).isEqualTo(1);
      assertThat(waits.get()).isEqualTo(3);
      assertThatThrownBy(late::join).hasCauseInstanceOf(OverloadedException.class);
    }
  }

  @Test
  void decoding_failsByAnError_theThreadGoesOn() throws Exception {
    try (DecodingPool pool = new DecodingPool(1, 2)) {
      CompletableFuture<Integer> failed =
          pool.submit(
              () -> {
                throw new OutOfMemoryError("a large photo");
              },
              in(Duration.ofMinutes(1)));
      assertThatThrownBy(failed::join).hasCauseInstanceOf(OutOfMemoryError.class);
      assertThat(pool.submit(() -> 5, in(Duration.ofMinutes(1))).get(10, TimeUnit.SECONDS))
          .isEqualTo(5);
    }
  }
}
