package org.food4j.train.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.food4j.train.optimizer.Adam;
import org.food4j.train.optimizer.AdamW;
import org.food4j.train.optimizer.Sgd;
import org.food4j.train.schedule.CosineRestartsSchedule;
import org.food4j.train.schedule.CosineSchedule;
import org.food4j.train.schedule.MultiStepSchedule;
import org.food4j.train.schedule.OneCycleSchedule;
import org.food4j.train.schedule.PolynomialSchedule;
import org.food4j.train.schedule.WarmUpSchedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.StepSchedule;

/** Optimisers and schedules as recipes name them. */
class OptimizationRecipeTest {
  @TempDir Path folder;

  private static Recipe scratch(String... settings) throws Exception {
    return RecipeFile.read(RecipeFile.DEFAULT, List.of(settings));
  }

  /** Ten steps per epoch, ten epochs, one of them warm-up. */
  private static ISchedule schedule(String... settings) throws Exception {
    String[] all = new String[settings.length + 3];
    System.arraycopy(settings, 0, all, 3, settings.length);
    all[0] = "epochs=10";
    all[1] = "warm_up_epochs=1";
    all[2] = "learning_rate=0.4";
    return scratch(all).schedule(10);
  }

  @Test
  void optimizer_ofEachName_isBuiltWithItsSettings() throws Exception {
    ISchedule rate = new FixedSchedule(1);
    assertThat(scratch().optimizer(rate)).isEqualTo(new AdamW(rate, 0.05));
    assertThat(scratch("optimizer=adam", "weight_decay=0.1").optimizer(rate))
        .isEqualTo(new Adam(rate, 0.1));
    assertThat(scratch("optimizer=sgd", "momentum=0.8", "nesterov=true").optimizer(rate))
        .isEqualTo(new Sgd(rate, 0.8, true, 0.05));
  }

  @Test
  void schedule_ofEachName_isBuiltWithItsSettings() throws Exception {
    assertThat(schedule()).isEqualTo(new CosineSchedule(0.4, 0, 10, 100));
    assertThat(schedule("restarts=3")).isEqualTo(warm(new CosineRestartsSchedule(0.4, 0, 23, 1)));
    assertThat(schedule("schedule=constant")).isEqualTo(warm(new FixedSchedule(0.4)));
    assertThat(schedule("schedule=constant", "warm_up_epochs=0")).isEqualTo(new FixedSchedule(0.4));
    assertThat(schedule("schedule=step", "step_epochs=2.5", "step_factor=0.5"))
        .isEqualTo(warm(new StepSchedule(ScheduleType.ITERATION, 0.4, 0.5, 25)));
    assertThat(schedule("schedule=multi_step", "milestones=[4, 7.5]"))
        .isEqualTo(warm(new MultiStepSchedule(0.4, 0.1, List.of(30, 65))));
    assertThat(schedule("schedule=one_cycle", "warm_up_epochs=3"))
        .isEqualTo(new OneCycleSchedule(0.4, 30, 100));
    assertThat(schedule("schedule=polynomial", "polynomial_power=2"))
        .isEqualTo(warm(new PolynomialSchedule(0.4, 2, 90)));
  }

  @Test
  void milestone_ofARecipe_isTheFirstEpochWithTheLowerRate() throws Exception {
    ISchedule rate = schedule("schedule=multi_step", "milestones=[4]");
    assertThat(rate.valueAt(39, 3)).isEqualTo(0.4);
    assertThat(rate.valueAt(40, 4)).isEqualTo(0.4 * 0.1);
  }

  @Test
  void recipe_ofAllKeys_isWrittenAndRead() throws Exception {
    Recipe recipe =
        scratch(
            "optimizer=sgd",
            "momentum=0.85",
            "nesterov=true",
            "schedule=multi_step",
            "milestones=[20, 30.5]",
            "step_factor=0.2");
    Path file = Files.writeString(folder.resolve("recipe.yaml"), RecipeFile.write(recipe));
    assertThat(RecipeFile.read(file.toString(), List.of())).isEqualTo(recipe);
    assertThat(RecipeFile.write(recipe))
        .contains("\noptimizer: sgd\nmomentum: 0.85\nnesterov: true\nclip_norm: 0.0\n")
        .contains("\nschedule: multi_step\nrestarts: 0\n")
        .doesNotContain("optimization", "annealing");
    assertThat(RecipeFile.describe(recipe)).containsEntry("milestones", "[20.0, 30.5]");
  }

  @Test
  void settings_withoutEffectOrSense_areRefusedWithTheWayOut() {
    refused("set optimizer to sgd", "nesterov=true");
    refused("set momentum above 0", "optimizer=sgd", "momentum=0", "nesterov=true");
    refused("restarts without schedule cosine", "schedule=step", "restarts=2");
    refused("milestones belong to schedule multi_step", "milestones=[5]");
    refused("milestones belong to schedule multi_step", "schedule=multi_step");
    refused(
        "milestones rise between warm_up_epochs (3.0) and epochs (40)",
        "schedule=multi_step",
        "milestones=[30, 20]");
    refused("set warm_up_epochs above 0", "schedule=one_cycle", "warm_up_epochs=0");
    refused("optimizer: 'lamb' is none of adamw, adam, sgd", "optimizer=lamb");
    refused("schedule: 'cos' is none of cosine, constant, step", "schedule=cos");
  }

  @Test
  void trainings_tooShortForTheirSchedule_areRefused() throws Exception {
    Recipe restarts = scratch("epochs=2", "warm_up_epochs=0", "restarts=6");
    assertThatThrownBy(() -> restarts.schedule(4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "8 steps after the warm-up are too few for 6 restarts: set fewer restarts, or more epochs");
    Recipe milestones = scratch("schedule=multi_step", "milestones=[5.1, 5.2]");
    assertThatThrownBy(() -> milestones.schedule(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("set them further apart");
    Recipe warmUp = scratch("epochs=2", "warm_up_epochs=1.9");
    assertThatThrownBy(() -> warmUp.schedule(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("warm_up_epochs 1.9 rounds to all 4 steps");
  }

  private static WarmUpSchedule warm(ISchedule schedule) {
    return new WarmUpSchedule(schedule, 10);
  }

  private static void refused(String message, String... settings) {
    assertThatThrownBy(() -> scratch(settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
