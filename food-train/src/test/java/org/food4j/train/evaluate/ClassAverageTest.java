package org.food4j.train.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.food4j.data.manifest.Labels;
import org.junit.jupiter.api.Test;

class ClassAverageTest {
  private static final Labels LABELS = Labels.of(List.of("naan", "chai", "pizza", "taco", "idli"));

  /**
   * Naan: 4 photos, 6 answers, 3 right. Chai: 5, 4, 2. Pizza: 1 photo, never answered. Taco: no
   * photo, never answered. Idli: no photo, answered once.
   */
  private static final List<PerClass> CLASSES =
      List.of(
          new PerClass(LABELS.get(0), 4, 6, 3),
          new PerClass(LABELS.get(1), 5, 4, 2),
          new PerClass(LABELS.get(2), 1, 0, 0),
          new PerClass(LABELS.get(3), 0, 0, 0),
          new PerClass(LABELS.get(4), 0, 1, 0));

  @Test
  void macro_weighsClassesAlike() {
    ClassAverage macro = ClassAverage.macro(CLASSES);

    // four of the five take part; what would divide by zero is 0
    assertThat(macro.precision()).isCloseTo((3 / 6.0 + 2 / 4.0 + 0 + 0) / 4, within(1e-12));
    assertThat(macro.recall()).isCloseTo((3 / 4.0 + 2 / 5.0 + 0 + 0) / 4, within(1e-12));
    assertThat(macro.f1()).isCloseTo((6 / 10.0 + 4 / 9.0 + 0 + 0) / 4, within(1e-12));
  }

  @Test
  void weighted_weighsClassesByTheirPhotos() {
    ClassAverage weighted = ClassAverage.weighted(CLASSES);

    assertThat(weighted.precision()).isCloseTo((4 * 0.5 + 5 * 0.5 + 0) / 10, within(1e-12));
    assertThat(weighted.recall()).isCloseTo(5 / 10.0, within(1e-12)); // top-1
    assertThat(weighted.f1()).isCloseTo((4 * 0.6 + 5 * 4 / 9.0 + 0) / 10, within(1e-12));
  }

  /** The example of scikit-learn's user guide, "Multiclass and multilabel classification". */
  @Test
  void averages_ofScikitLearnsExample_areItsNumbers() {
    Labels labels = Labels.of(List.of("0", "1", "2"));
    // y_true = [0, 1, 2, 0, 1, 2], y_pred = [0, 2, 1, 0, 0, 1]
    List<PerClass> classes =
        List.of(
            new PerClass(labels.get(0), 2, 3, 2),
            new PerClass(labels.get(1), 2, 2, 0),
            new PerClass(labels.get(2), 2, 1, 0));

    for (ClassAverage average :
        List.of(ClassAverage.macro(classes), ClassAverage.weighted(classes))) {
      assertThat(average.precision()).isCloseTo(0.22, within(0.005));
      assertThat(average.recall()).isCloseTo(0.33, within(0.005));
      assertThat(average.f1()).isCloseTo(0.26, within(0.01));
    }
  }

  @Test
  void averages_withoutPhotos_areRefused() {
    List<PerClass> none = List.of(new PerClass(LABELS.get(0), 0, 0, 0));

    assertThatThrownBy(() -> ClassAverage.macro(none)).hasMessage("No class has a photo");
    assertThatThrownBy(() -> ClassAverage.weighted(none)).hasMessage("No class has a photo");
  }
}
