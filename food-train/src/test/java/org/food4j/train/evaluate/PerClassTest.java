package org.food4j.train.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.food4j.data.manifest.Label;
import org.food4j.data.manifest.Labels;
import org.junit.jupiter.api.Test;

class PerClassTest {
  /**
   * Ten photos, by hand: naan is right 3 times of 4 and taken for chai once; chai is right 2 times
   * of 5 and taken for naan 3 times; pizza has one photo, taken for chai; taco has none and is
   * never answered.
   */
  private static Evaluation evaluation() {
    int[][] pairs = {
      {0, 0}, {0, 0}, {0, 0}, {0, 1}, {1, 1}, {1, 1}, {1, 0}, {1, 0}, {1, 0}, {2, 1}
    };
    List<PhotoResult> results = new ArrayList<>();
    for (int[] pair : pairs) {
      results.add(new PhotoResult("p" + results.size(), pair[0], List.of(pair[1]), List.of(0.5f)));
    }
    return new Evaluation(
        Labels.of(List.of("naan", "chai", "pizza", "taco")), "test", 1.0, results);
  }

  @Test
  void of_anEvaluation_givesTheFiguresComputedByHand() {
    List<PerClass> classes = PerClass.of(evaluation());

    PerClass naan = classes.get(0);
    assertThat(naan.photos()).isEqualTo(4);
    assertThat(naan.answered()).isEqualTo(6);
    assertThat(naan.precision()).hasValue(3 / 6.0);
    assertThat(naan.recall()).hasValue(3 / 4.0);
    assertThat(naan.f1()).hasValue(0.6);
    PerClass chai = classes.get(1);
    assertThat(chai.precision()).hasValue(2 / 4.0);
    assertThat(chai.recall()).hasValue(2 / 5.0);
    assertThat(chai.f1().orElseThrow()).isCloseTo(2 * 0.5 * 0.4 / 0.9, within(1e-12));
  }

  @Test
  void figures_thatWouldDivideByZero_areEmpty() {
    List<PerClass> classes = PerClass.of(evaluation());

    assertThat(classes.get(2).precision()).isEmpty();
    assertThat(classes.get(2).recall()).hasValue(0);
    assertThat(classes.get(2).f1()).hasValue(0);
    assertThat(classes.get(3).recall()).isEmpty();
    assertThat(classes.get(3).f1()).isEmpty();
  }

  @Test
  void mistakes_areCountedForBothClasses() {
    PerClass chai = PerClass.of(evaluation()).get(1);

    assertThat(chai.falsePositives()).isEqualTo(2); // a naan and a pizza
    assertThat(chai.falseNegatives()).isEqualTo(3);
  }

  @Test
  void perClass_withMoreCorrectThanPhotos_isRefused() {
    Label naan = Labels.of(List.of("naan")).get(0);

    assertThatThrownBy(() -> new PerClass(naan, 1, 5, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("naan: 1 photos, 5 answers, of which 2 correct");
  }

  @Test
  void confusions_areTheMistakesTheMostFrequentFirst() {
    List<Confusion> confusions = Confusion.of(evaluation());

    assertThat(confusions)
        .extracting(c -> c.actual().name() + ">" + c.predicted().name() + " " + c.photos())
        .containsExactly("chai>naan 3", "naan>chai 1", "pizza>chai 1");
    assertThat(confusions.get(0).share()).isEqualTo(0.6);
    assertThat(confusions.get(0).reverse()).isEqualTo(1);
    assertThat(confusions.get(2).reverse()).isZero();
  }
}
