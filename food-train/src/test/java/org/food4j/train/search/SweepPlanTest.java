package org.food4j.train.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.RecipeFile;
import org.junit.jupiter.api.Test;

class SweepPlanTest {
  private static SweepPlan plan(SweepSettings settings, String... space) throws IOException {
    return SweepPlan.of(
        SearchSpace.parse(List.of(space)), settings, chosen -> RecipeFile.read("scratch", chosen));
  }

  private static SweepSettings halving(int eta) {
    return new SweepSettings(SweepStrategy.HALVING, OptionalInt.empty(), 1, eta, 1);
  }

  private static List<Trial> trials(Candidate candidate) {
    return candidate.rungs().stream().flatMap(List::stream).toList();
  }

  @Test
  void of_aGrid_hasARecipePerCombinationAndSeed() throws Exception {
    SweepPlan plan =
        plan(
            SweepSettings.GRID,
            "model=se_cnn,attention_cnn",
            "schedule=multi_step",
            "warm_up_epochs=1",
            "milestones=[20,30],[25, 35.5]",
            "seed=1,2");

    assertThat(plan.candidates().stream().map(Candidate::name))
        .containsExactly(
            "01-model-se_cnn-milestones-20_30",
            "02-model-se_cnn-milestones-25_35.5",
            "03-model-attention_cnn-milestones-20_30",
            "04-model-attention_cnn-milestones-25_35.5");
    List<Trial> last = trials(plan.candidates().get(3));
    assertThat(last.stream().map(Trial::name))
        .containsExactly(
            "04-model-attention_cnn-milestones-25_35.5-seed-1",
            "04-model-attention_cnn-milestones-25_35.5-seed-2");
    assertThat(last.get(1).recipe().model()).isEqualTo("attention_cnn");
    assertThat(last.get(1).recipe().seed()).isEqualTo(2);
    assertThat(last.get(1).recipe().annealing().milestones()).containsExactly(25.0, 35.5);
    assertThat(plan.recipes()).hasSize(8);
  }

  @Test
  void of_aHalving_continuesWhatDoesNotDependOnTheEpochs_andStartsTheRestAnew() throws Exception {
    SweepPlan plan = plan(halving(2), "epochs=8", "warm_up_epochs=2", "schedule=constant,cosine");

    List<Trial> constant = trials(plan.candidates().get(0));
    assertThat(constant.stream().map(Trial::name))
        .containsExactly("01-schedule-constant", "01-schedule-constant");
    assertThat(constant.stream().map(Trial::epochs)).containsExactly(4, 8);
    assertThat(constant.get(0).recipe()).isEqualTo(constant.get(1).recipe());
    List<Trial> cosine = trials(plan.candidates().get(1));
    assertThat(cosine.stream().map(Trial::name))
        .containsExactly("02-schedule-cosine-epochs-4", "02-schedule-cosine");
    assertThat(cosine.get(0).recipe().epochs()).isEqualTo(4);
    assertThat(cosine.get(0).recipe().warmUpEpochs()).isEqualTo(1);
    assertThat(cosine.get(1).recipe().epochs()).isEqualTo(8);
  }

  @Test
  void of_aHalvingOfACurriculum_shortensAllThatCountsInEpochs() throws Exception {
    SweepPlan plan =
        plan(
            halving(2),
            "epochs=16",
            "weights=any.safetensors",
            "unfreeze_epochs=[2,8]",
            "schedule=multi_step",
            "warm_up_epochs=1",
            "milestones=[8,13]",
            "dropout=0,0.1");

    List<Trial> trials = trials(plan.candidates().get(0));
    assertThat(trials.stream().map(Trial::name))
        .containsExactly("01-dropout-0-epochs-8", "01-dropout-0");
    Recipe first = trials.get(0).recipe();
    assertThat(first.epochs()).isEqualTo(8);
    assertThat(first.warmUpEpochs()).isEqualTo(0.5);
    assertThat(first.curriculum().unfreezeEpochs()).containsExactly(1, 4);
    assertThat(first.annealing().milestones()).containsExactly(4.0, 6.5);
    assertThat(trials.get(1).recipe().curriculum().unfreezeEpochs()).containsExactly(2, 8);

    SweepPlan step =
        plan(
            halving(2),
            "epochs=8",
            "first_input_size=64",
            "schedule=step",
            "step_epochs=3",
            "dropout=0,0.1");
    Trial grown = trials(step.candidates().get(0)).get(0);
    assertThat(grown.name()).isEqualTo("01-dropout-0-epochs-4");
    assertThat(grown.recipe().annealing().stepEpochs()).isEqualTo(1.5);
    assertThat(grown.recipe().trainingSize(4)).isEqualTo(grown.recipe().inputSize());
  }

  @Test
  void of_aRungTooShortForItsCurriculum_isRefused() {
    assertThatThrownBy(
            () ->
                plan(
                    halving(4),
                    "epochs=8",
                    "warm_up_epochs=0",
                    "weights=any.safetensors",
                    "unfreeze_epochs=[1,2]",
                    "dropout=0,0.1,0.2,0.3"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("A rung of 2 epochs is too short for a recipe of 8")
        .hasMessageContaining("unfreeze_epochs [1, 2] come to [0, 1]");
    assertThatThrownBy(
            () ->
                plan(
                    halving(2),
                    "epochs=2",
                    "warm_up_epochs=0",
                    "first_input_size=64",
                    "dropout=0,0.1"))
        .hasMessageContaining("A rung of 1 epochs is too short")
        .hasMessageContaining("first_input_size");
  }

  @Test
  void of_aHalvingOfRecipesOfSeveralLengths_isRefused() {
    RecipeSource longerWithDropout =
        chosen -> {
          List<String> all = new ArrayList<>(List.of("epochs=8"));
          if (chosen.contains("dropout=0.1")) {
            all.add("epochs=16");
          }
          all.addAll(chosen);
          return RecipeFile.read("scratch", all);
        };
    SearchSpace space = SearchSpace.parse(List.of("dropout=0,0.1"));

    assertThatThrownBy(() -> SweepPlan.of(space, halving(2), longerWithDropout))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there are 8 with {dropout=0}, but 16 with {dropout=0.1}");
  }

  @Test
  void of_aWrongSpace_isRefusedBeforeAnythingIsTrained() {
    assertThatThrownBy(() -> plan(halving(2), "epochs=2,4")).hasMessageContaining("last rung");
    assertThatThrownBy(() -> plan(SweepSettings.GRID, "dropout=0,2"))
        .hasMessageContaining("dropout");
    assertThatThrownBy(() -> plan(SweepSettings.GRID, "dropuot=0,0.1"))
        .hasMessageContaining("did you mean 'dropout'");
    assertThatThrownBy(() -> new SweepSettings(SweepStrategy.RANDOM, OptionalInt.empty(), 1, 3, 1))
        .hasMessageContaining("number of its trials");
    assertThatThrownBy(() -> new SweepSettings(SweepStrategy.GRID, OptionalInt.of(2), 1, 3, 1))
        .hasMessageContaining("every combination");
  }

  @Test
  void differences_ofAnotherPlan_nameTheFirst() throws Exception {
    SweepDocument one = plan(SweepSettings.GRID, "dropout=0,0.1").document("/a", "f");

    assertThat(one.differences(plan(SweepSettings.GRID, "dropout=0,0.1").document("/b", "f")))
        .isEmpty();
    assertThat(one.differences(plan(SweepSettings.GRID, "dropout=0,0.1").document("/a", "g")))
        .containsExactly("the data set's fingerprint was f and is g");
    assertThat(one.differences(plan(SweepSettings.GRID, "dropout=0,0.2").document("/a", "f")))
        .contains("training 2 was 02-dropout-0.1 and is 02-dropout-0.2");
    assertThat(
            one.differences(
                plan(SweepSettings.GRID, "dropout=0,0.1", "epochs=7").document("/a", "f")))
        .contains("epochs of 01-dropout-0 was 40 and is 7");
  }
}
