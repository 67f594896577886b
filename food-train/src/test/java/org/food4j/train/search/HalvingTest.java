package org.food4j.train.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalDouble;
import org.food4j.train.search.Halving.Result;
import org.food4j.train.search.Halving.Rung;
import org.junit.jupiter.api.Test;

class HalvingTest {
  private static Result result(double top1, double loss) {
    return new Result(OptionalDouble.of(top1), loss);
  }

  private static final Result FAILED = new Result(OptionalDouble.empty(), Double.NaN);

  @Test
  void rungs_multiplyEpochsAsTheyDivideCandidates() {
    assertThat(Halving.rungs(27, 27, 3, 1))
        .containsExactly(new Rung(27, 1), new Rung(9, 3), new Rung(3, 9), new Rung(1, 27));
    assertThat(Halving.rungs(20, 40, 3, 4))
        .containsExactly(new Rung(20, 4), new Rung(6, 13), new Rung(2, 40));
    assertThat(Halving.rungs(4, 100, 2, 1))
        .containsExactly(new Rung(4, 25), new Rung(2, 50), new Rung(1, 100));
  }

  @Test
  void rungs_withoutRoomToHalve_sayWhatIsNeeded() {
    assertThatThrownBy(() -> Halving.rungs(2, 40, 3, 1))
        .hasMessageContaining("at least 3 candidates");
    assertThatThrownBy(() -> Halving.rungs(9, 5, 3, 2)).hasMessageContaining("6 epochs");
  }

  @Test
  void best_isByTop1ThenLossThenOrder_andNeverAFailure() {
    List<Result> results =
        List.of(result(0.5, 1), result(0.7, 2), FAILED, result(0.7, 1), result(0.5, 1));

    assertThat(Halving.best(results, 1)).containsExactly(3);
    assertThat(Halving.best(results, 2)).containsExactly(1, 3);
    assertThat(Halving.best(results, 3)).containsExactly(0, 1, 3);
    assertThat(Halving.best(results, 5)).containsExactly(0, 1, 3, 4);
  }
}
