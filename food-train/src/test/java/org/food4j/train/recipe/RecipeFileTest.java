package org.food4j.train.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.food4j.data.batch.EpochOrder;
import org.food4j.data.batch.Mixing;
import org.food4j.data.transform.Augmentation;
import org.food4j.models.architecture.Head;
import org.food4j.models.block.PaddingRule;
import org.food4j.models.kernel.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipeFileTest {
  @TempDir Path folder;

  @Test
  void read_ofEveryNamedRecipe_works() throws Exception {
    for (String name : RecipeFile.NAMES) {
      boolean transfers =
          List.of(RecipeFile.HEAD, RecipeFile.LATE, RecipeFile.FINE_TUNE).contains(name);
      Recipe recipe =
          RecipeFile.read(name, transfers ? List.of("weights=b4.safetensors") : List.of());
      String model = name.equals("baseline") ? "seed_cnn" : "se_cnn";
      assertThat(recipe.model()).isEqualTo(transfers ? "efficientnet_b4" : model);
      assertThat(recipe.transfer().hasWeights()).isEqualTo(transfers);
    }
  }

  @Test
  void chooses_whatASettingOrAnOwnRecipeSays() throws Exception {
    Path own = Files.writeString(folder.resolve("own.yaml"), "workers: 1\n");
    assertThat(RecipeFile.chooses("scratch", List.of("epochs=1"), "workers")).isFalse();
    assertThat(RecipeFile.chooses("scratch", List.of(" workers = 1"), "workers")).isTrue();
    assertThat(RecipeFile.chooses(own.toString(), List.of(), "workers")).isTrue();
    assertThat(RecipeFile.chooses(own.toString(), List.of(), "epochs")).isFalse();
    assertThat(RecipeFile.chooses("no such file", List.of(), "workers")).isFalse();
  }

  @Test
  void read_withSettings_appliesThemInOrder() throws Exception {
    Recipe recipe =
        RecipeFile.read(
            "scratch", List.of("epochs=3", "augmentation=light", "epochs=5", "warm_up_epochs=0.5"));
    assertThat(recipe.epochs()).isEqualTo(5);
    assertThat(recipe.augmentation()).isEqualTo(Augmentation.LIGHT);
    assertThat(recipe.warmUpEpochs()).isEqualTo(0.5);
  }

  @Test
  void read_ofStrongAugmentationAndMixing_takesThem() throws Exception {
    Recipe recipe =
        RecipeFile.read("scratch", List.of("augmentation=strong", "mixup=0.2", "cutmix=1"));
    assertThat(recipe.augmentation()).isEqualTo(Augmentation.STRONG);
    assertThat(recipe.mixing()).isEqualTo(new Mixing(0.2, 1));
    assertThat(RecipeFile.read("scratch", List.of()).mixing()).isEqualTo(Mixing.NONE);
  }

  @Test
  void write_thenRead_givesTheSameRecipe() throws Exception {
    Recipe recipe = RecipeFile.read("quickstart", List.of("seed=7", "dropout=0.25"));
    Path file = Files.writeString(folder.resolve("recipe.yaml"), RecipeFile.write(recipe));
    assertThat(RecipeFile.read(file.toString(), List.of())).isEqualTo(recipe);
  }

  @Test
  void file_withSomeKeys_takesTheOthersFromTheDefault() throws Exception {
    Path file = Files.writeString(folder.resolve("mine.yaml"), "epochs: 9\n");
    Recipe recipe = RecipeFile.read(file.toString(), List.of());
    assertThat(recipe.epochs()).isEqualTo(9);
    assertThat(recipe.learningRate())
        .isEqualTo(RecipeFile.read(RecipeFile.DEFAULT, List.of()).learningRate());
  }

  @Test
  void setting_ofUnknownKey_namesTheNearest() {
    assertThatThrownBy(() -> RecipeFile.read("scratch", List.of("epoch=3")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'epoch'")
        .hasMessageContaining("did you mean 'epochs'?");
  }

  @Test
  void settings_outOfRange_areAllNamed() {
    assertThatThrownBy(() -> RecipeFile.read("scratch", List.of("epochs=0", "label_smoothing=1.5")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("epochs is at least 1, not 0")
        .hasMessageContaining("label_smoothing");
  }

  @Test
  void setting_ofWrongType_isRefused() {
    assertThatThrownBy(() -> RecipeFile.read("scratch", List.of("epochs=many")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("many");
  }

  @Test
  void setting_ofAFractionForACount_isRefused() {
    assertThatThrownBy(() -> RecipeFile.read("scratch", List.of("epochs=2.7")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("epochs: ")
        .hasMessageContaining("2.7");
  }

  @Test
  void settings_withoutAValue_areAllNamed() {
    assertThatThrownBy(
            () -> RecipeFile.read("scratch", List.of("seed=", "augmentation=", "model=null")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no value is given for model, augmentation, seed;");
  }

  @Test
  void settings_emptiedThenGiven_haveTheLastValue() throws Exception {
    assertThat(RecipeFile.read("scratch", List.of("seed=", "seed=7")).seed()).isEqualTo(7);
  }

  @Test
  void precision_ofARecipe_isTheNetworksInTraining() throws Exception {
    assertThat(RecipeFile.read("scratch", List.of()).spec(3).trainingPrecision())
        .isEqualTo(Precision.FLOAT32);
    assertThat(RecipeFile.read("scratch", List.of("precision=bfloat16")).spec(3))
        .isEqualTo(
            RecipeFile.read("scratch", List.of()).spec(3).toBuilder()
                .trainingPrecision(Precision.BFLOAT16)
                .build());
  }

  @Test
  void setting_ofAnEmptyAugmentation_isRefused() {
    assertThatThrownBy(() -> RecipeFile.read("scratch", List.of("augmentation=''")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("augmentation: ");
  }

  @Test
  void recipe_ofNoModelSizeOrAugmentation_namesThemAll() {
    assertThatThrownBy(
            () ->
                new Recipe(
                    "  ",
                    31,
                    new NetworkOptions(null, Head.OWN, 1, 0, PaddingRule.OWN, 0, null),
                    new Transfer(Transfer.NONE, false, "backbone", 0, false, 1),
                    new Curriculum(31, 1, List.of(2, 2)),
                    null,
                    -1,
                    101,
                    5,
                    8,
                    new Optimization(null, 1, false),
                    new Stepping(-1, 0, 1),
                    new DataParallel(0, 0),
                    Double.POSITIVE_INFINITY,
                    0,
                    1,
                    new Annealing(null, -1, 0, 1, List.of(3.0, 9.0), Double.NaN),
                    0.1,
                    -0.5,
                    null,
                    null,
                    1,
                    0,
                    0,
                    42))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("model is the name of an architecture")
        .hasMessageContaining("input_size is at least 32, not 31")
        .hasMessageContaining("augmentation is one of none, light, standard, strong")
        .hasMessageContaining("clip_norm is above 0, or 0 for off, not -1.0")
        .hasMessageContaining("accumulation_steps is at least 1, not 0")
        .hasMessageContaining("ema_decay lies between 0 (off) and below 1, not at 1.0")
        .hasMessageContaining("workers is at least 1, not 0")
        .hasMessageContaining("averaging_frequency is at least 1, not 0")
        .hasMessageContaining("attention is one of own, none, se, eca, cbam")
        .hasMessageContaining("dropout lies between 0 and below 1, not at 1.0")
        .hasMessageContaining("precision is one of float32, bfloat16")
        .hasMessageContaining("freeze backbone without weights would keep random values")
        .hasMessageContaining("feature_views is at least 1, not 0")
        .hasMessageContaining("first_input_size is 0 (off), or lies between 32 and below")
        .hasMessageContaining("resize_share lies above 0 and below 1, not at 1.0")
        .hasMessageContaining("first_input_size does not go with freeze backbone")
        .hasMessageContaining("unfreeze_epochs rise between 0 and epochs (5), not as [2, 2]")
        .hasMessageContaining("unfreeze_epochs without weights")
        .hasMessageContaining("unfreeze_epochs does not go with freeze backbone")
        .hasMessageContaining("focal_gamma is at least 0, not -0.5")
        .hasMessageContaining("mixup lies between 0 (off) and 100.0, not at -1.0")
        .hasMessageContaining("cutmix lies between 0 (off) and 100.0, not at 101.0")
        .hasMessageContaining("sampling is one of natural, class_balanced")
        .hasMessageContaining("class_weights is one of none, inverse, effective")
        .hasMessageContaining("class_weights_beta lies between 0 and below 1, not at 1.0")
        .hasMessageContaining("learning_rate is above 0, not Infinity")
        .hasMessageContaining("optimizer is one of adamw, adam, sgd")
        .hasMessageContaining("momentum lies between 0 and below 1, not at 1.0")
        .hasMessageContaining(
            "schedule is one of cosine, constant, step, multi_step, one_cycle, polynomial")
        .hasMessageContaining("restarts is at least 0, not -1")
        .hasMessageContaining("step_epochs is above 0, not 0.0")
        .hasMessageContaining("step_factor lies above 0 and below 1, not at 1.0")
        .hasMessageContaining("milestones rise between warm_up_epochs (1.0) and epochs (5)")
        .hasMessageContaining("polynomial_power is above 0, not NaN");
  }

  @Test
  void balancing_ofARecipe_isReadAndWritten() throws Exception {
    Recipe weighted =
        RecipeFile.read("scratch", List.of("class_weights=effective", "class_weights_beta=0.99"));
    assertThat(weighted.classWeights()).isEqualTo(ClassWeighting.EFFECTIVE);
    assertThat(weighted.classWeightsBeta()).isEqualTo(0.99);
    Recipe sampled = RecipeFile.read("scratch", List.of("sampling=class_balanced"));
    assertThat(sampled.sampling().order()).isEqualTo(EpochOrder.CLASS_BALANCED);
    assertThat(RecipeFile.write(sampled))
        .contains(
            "sampling: class_balanced\n", "class_weights: none\n", "augmentation: standard\n");
    assertThatThrownBy(
            () ->
                RecipeFile.read(
                    "scratch", List.of("sampling=class_balanced", "class_weights=inverse")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("leave one of them out");
    assertThatThrownBy(() -> RecipeFile.read("scratch", List.of("sampling=balanced")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Recipe scratch: sampling: 'balanced' is none of natural, class_balanced");
    assertThatThrownBy(() -> RecipeFile.read("scratch", List.of("class_weight=inverse")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("did you mean 'class_weights'?");
  }

  @Test
  void name_ofNoRecipe_listsTheRecipes() {
    assertThatThrownBy(() -> RecipeFile.read("skratch", List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("scratch, quickstart");
  }
}
