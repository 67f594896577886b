package org.food4j.models.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryEstimateTest {
  private static VertexCosts vertex(
      String name, long activationBytes, long keptBytes, String... inputs) {
    return new VertexCosts(
        name,
        List.of(inputs),
        VertexKind.CONVOLUTION,
        "",
        List.of(),
        3,
        5,
        0,
        activationBytes,
        keptBytes);
  }

  @Test
  void estimate_ofAResidualBlock_isCountedByHand() {
    MemoryEstimate estimate =
        MemoryEstimate.of(
            List.of(
                vertex("a", 100, 200, "input"),
                vertex("b", 40, 40, "a"),
                vertex("c", 100, 300, "b"),
                vertex("sum", 100, 100, "c", "a")),
            10);
    assertThat(estimate.parameterBytes()).isEqualTo(4 * 4 * 5);
    assertThat(estimate.trainableBytes()).isEqualTo(4 * 4 * 3);
    // the photo; then places of: the photo and later b and sum, a, c
    assertThat(estimate.inferenceBytesPerPhoto()).isEqualTo(10 + 100 + 100 + 100);
    // two photos, 640 kept; gradients: both of sum's inputs stay until a is done, c's and b's
    // take a place each; c's backward pass works on 100
    assertThat(estimate.trainingBytesPerPhoto()).isEqualTo(20 + 640 + 200 + 40 + 100 + 100);
    assertThat(estimate.inference(3)).isEqualTo(80 + 3 * 310);
    assertThat(estimate.training(2)).isEqualTo(2 * 80 + 2 * 48 + 2 * 1100);
  }

  @Test
  void places_freed_areTakenAgainLastFirst() {
    ArrayPool pool = new ArrayPool();
    pool.put(10, 1);
    pool.endStep(0);
    pool.put(30, 1);
    pool.endStep(1);
    pool.put(20, 2);
    assertThat(pool.bytes()).isEqualTo(10 + 30);
    pool.put(20, 2);
    assertThat(pool.bytes()).isEqualTo(20 + 30);
  }

  @Test
  void estimate_forNoPhotos_isRefused() {
    MemoryEstimate estimate = new MemoryEstimate(1, 1, 1, 1);
    assertThatThrownBy(() -> estimate.training(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A batch holds at least one photo, not 0");
  }
}
