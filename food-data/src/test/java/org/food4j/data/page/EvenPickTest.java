package org.food4j.data.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvenPickTest {
  @Test
  void of_aLongList_takesTheMiddleOfEachPart() {
    List<Integer> all = IntStream.range(0, 90).boxed().toList();
    assertThat(EvenPick.of(all, 3)).containsExactly(15, 45, 75);
    assertThat(EvenPick.of(all, 1)).containsExactly(45);
    assertThat(EvenPick.of(all, 0)).isEmpty();
  }

  @Test
  void of_aListNotLongerThanAsked_isAllOfIt() {
    assertThat(EvenPick.of(List.of("a", "b"), 2)).containsExactly("a", "b");
    assertThat(EvenPick.of(List.of("a", "b"), 9)).containsExactly("a", "b");
    assertThat(EvenPick.of(List.of(), 9)).isEmpty();
  }

  @Test
  void of_anyCount_neverTakesAnElementTwice() {
    List<Integer> all = IntStream.range(0, 17).boxed().toList();
    for (int count = 1; count < 17; count++) {
      assertThat(EvenPick.of(all, count)).hasSize(count).doesNotHaveDuplicates().isSorted();
    }
  }
}
