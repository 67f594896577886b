package org.food4j.data.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchShareTest {
  private static List<Integer> numbers(BatchShare share, int batches) {
    List<Integer> numbers = new ArrayList<>();
    for (int batch = 0; batch < share.left(batches); batch++) {
      numbers.add(share.number(batch));
    }
    return numbers;
  }

  @Test
  void all_isEveryBatch() {
    assertThat(numbers(BatchShare.ALL, 4)).containsExactly(0, 1, 2, 3);
  }

  @Test
  void shares_takeTurns_andLeaveTheRestOut() {
    assertThat(numbers(new BatchShare(0, 3, 0), 8)).containsExactly(0, 3);
    assertThat(numbers(new BatchShare(1, 3, 0), 8)).containsExactly(1, 4);
    assertThat(numbers(new BatchShare(2, 3, 0), 8)).containsExactly(2, 5);
  }

  @Test
  void share_inTheMiddle_goesOnWhereItWas() {
    assertThat(numbers(new BatchShare(1, 2, 2), 9)).containsExactly(5, 7);
    assertThat(numbers(new BatchShare(1, 2, 5), 9)).isEmpty();
  }

  @Test
  void workerThatIsNotThere_isRefused() {
    assertThatThrownBy(() -> new BatchShare(2, 2, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("worker 2 of 2");
    assertThatThrownBy(() -> new BatchShare(0, 1, -1)).isInstanceOf(IllegalArgumentException.class);
  }
}
