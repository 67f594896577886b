package org.food4j.train.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.RecipeFile;
import org.junit.jupiter.api.Test;

class EarlyStoppingTest {
  @Test
  void ends_afterPatienceWithoutImprovement() {
    EarlyStopping stopping = new EarlyStopping(2, 0, 0);
    assertThat(stopping.improves(epoch(1, 0.3, 2))).isTrue();
    assertThat(stopping.improves(epoch(2, 0.2, 2))).isFalse();
    assertThat(stopping.ends(2)).isFalse();
    assertThat(stopping.improves(epoch(3, 0.25, 2))).isFalse();
    assertThat(stopping.ends(3)).isTrue();
    assertThat(stopping.best().epoch()).isEqualTo(1);
  }

  @Test
  void improves_amongEqualTop1_prefersTheLowerLoss() {
    EarlyStopping stopping = new EarlyStopping(5, 0, 0);
    stopping.improves(epoch(1, 0.3, 2));
    assertThat(stopping.improves(epoch(2, 0.3, 1.5))).isTrue();
    assertThat(stopping.improves(epoch(3, 0.3, 1.6))).isFalse();
    assertThat(stopping.best().epoch()).isEqualTo(2);
  }

  @Test
  void ends_withTooSmallImprovements_countsThemAsNone() {
    EarlyStopping stopping = new EarlyStopping(2, 0.05, 0);
    stopping.improves(epoch(1, 0.30, 2));
    assertThat(stopping.improves(epoch(2, 0.32, 2))).isTrue(); // still the best weights so far
    stopping.improves(epoch(3, 0.34, 2));
    assertThat(stopping.ends(3)).isTrue();
    assertThat(stopping.best().epoch()).isEqualTo(3);
  }

  @Test
  void ends_whileLaterEpochsTrainMore_notYet() {
    EarlyStopping stopping = new EarlyStopping(2, 0, 5);
    stopping.improves(epoch(1, 0.5, 1));
    assertThat(stopping.ends(6)).isFalse();
    assertThat(stopping.ends(7)).isTrue();
  }

  @Test
  void ends_withPatienceZero_never() {
    EarlyStopping stopping = new EarlyStopping(0, 0, 0);
    stopping.improves(epoch(1, 0.5, 1));
    assertThat(stopping.ends(1000)).isFalse();
  }

  @Test
  void isOver_ofATraining_isWithItsLastEpochOrItsPatience() throws Exception {
    Recipe recipe =
        RecipeFile.read(
            "scratch", List.of("epochs=9", "warm_up_epochs=0", "early_stopping_patience=2"));
    List<EpochMetrics> epochs = List.of(epoch(1, 0.3, 2), epoch(2, 0.2, 2), epoch(3, 0.2, 2));
    assertThat(TrainingResult.isOver(recipe, epochs)).isTrue();
    assertThat(TrainingResult.isOver(recipe, epochs.subList(0, 2))).isFalse();
    assertThat(
            TrainingResult.isOver(
                RecipeFile.read("scratch", List.of("epochs=2", "warm_up_epochs=0")),
                epochs.subList(0, 2)))
        .isTrue();
  }

  private static EpochMetrics epoch(int number, double top1, double loss) {
    return new EpochMetrics(number, 1, loss, top1, 0.1, 1, 1, 32);
  }
}
