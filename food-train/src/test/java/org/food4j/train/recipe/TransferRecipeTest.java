package org.food4j.train.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.food4j.models.block.Wiring;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys of a recipe that take over an earlier training. */
class TransferRecipeTest {
  /** What recipes held before networks had options and weights. */
  private static final String EARLIER_RUN =
      """
      model: se_cnn
      input_size: 128
      dropout: 0.25
      augmentation: standard
      mixup: 0.0
      cutmix: 0.0
      epochs: 40
      batch_size: 32
      learning_rate: 0.002
      weight_decay: 0.05
      warm_up_epochs: 3.0
      label_smoothing: 0.1
      sampling: natural
      class_weights: none
      class_weights_beta: 0.999
      early_stopping_patience: 15
      early_stopping_min_change: 0.0
      seed: 42
      """;

  @TempDir Path folder;

  private static Recipe scratch(String... settings) throws Exception {
    return RecipeFile.read(RecipeFile.DEFAULT, List.of(settings));
  }

  private Recipe writtenAndRead(Recipe recipe) throws Exception {
    Path file = Files.writeString(folder.resolve("recipe.yaml"), RecipeFile.write(recipe));
    return RecipeFile.read(file.toString(), List.of());
  }

  @Test
  void transfer_ofARecipe_isReadAndWritten() throws Exception {
    Recipe recipe =
        scratch(
            "weights=b4.safetensors",
            "allow_missing=true",
            "freeze=features.3",
            "feature_views=4",
            "frozen_statistics=true",
            "stage_learning_rate_decay=0.7");
    assertThat(recipe.transfer())
        .isEqualTo(new Transfer("b4.safetensors", true, "features.3", 4, true, 0.7));
    assertThat(writtenAndRead(recipe)).isEqualTo(recipe);
    assertThat(RecipeFile.write(recipe))
        .startsWith("model: se_cnn\ninput_size: 128\nattention: own\nhead: own\n")
        .contains("\nweights: b4.safetensors\nallow_missing: true\nfreeze: features.3\n")
        .doesNotContain("transfer", "network");
    assertThat(RecipeFile.describe(recipe))
        .containsEntry("stage_learning_rate_decay", "0.7")
        .containsEntry("padding", "own");
  }

  @Test
  void curriculumEpochs_ofGrowingPhotosAndReleasedStages_areTheLonger() throws Exception {
    Recipe recipe =
        scratch("weights=w", "unfreeze_epochs=[2, 12]", "first_input_size=64", "epochs=20");
    assertThat(recipe.curriculumEpochs()).isEqualTo(15);
    assertThat(recipe.trainingSize(1)).isEqualTo(64);
    assertThat(recipe.trainingSize(15)).isEqualTo(96);
    assertThat(recipe.trainingSize(16)).isEqualTo(128);
    assertThatThrownBy(() -> recipe.trainingSize(0)).hasMessageContaining("from 1 to 20");
    assertThat(scratch("weights=w", "unfreeze_epochs=[2, 18]", "epochs=20").curriculumEpochs())
        .isEqualTo(18);
    assertThat(scratch().curriculumEpochs()).isZero();
  }

  @Test
  void precision_ofNothingThatIsTrained_isRefused() {
    assertThatThrownBy(() -> scratch("weights=w", "freeze=backbone", "precision=bfloat16"))
        .hasMessageContaining("freeze backbone trains none");
  }

  @Test
  void namedRecipes_forTransfer_sayWhatTheyFreeze() throws Exception {
    Recipe head = RecipeFile.read(RecipeFile.HEAD, List.of("weights=w"));
    assertThat(head.transfer()).isEqualTo(new Transfer("w", false, Wiring.BACKBONE, 1, false, 1));
    Recipe fineTune = RecipeFile.read(RecipeFile.FINE_TUNE, List.of("weights=w"));
    assertThat(fineTune.transfer())
        .isEqualTo(new Transfer("w", false, Transfer.NONE, 1, true, 0.7));
    assertThat(writtenAndRead(fineTune)).isEqualTo(fineTune);
  }

  @Test
  void file_ofAnEarlierRun_trainsFromScratch() throws Exception {
    Path file = Files.writeString(folder.resolve("recipe.yaml"), EARLIER_RUN);
    Recipe recipe = RecipeFile.read(file.toString(), List.of());
    assertThat(recipe).isEqualTo(scratch("dropout=0.25"));
    assertThat(recipe.transfer())
        .isEqualTo(new Transfer(Transfer.NONE, false, Transfer.NONE, 1, false, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "frozen_statistic, frozen_statistics",
    "stage_learning_decay, stage_learning_rate_decay",
    "freezes, freeze",
    "weight, weights",
    "feature_view, feature_views",
    "allow-missing, allow_missing"
  })
  void key_thatIsNearlyRight_isTold(String given, String meant) {
    assertThatThrownBy(() -> scratch(given + "=1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no key '%s' (did you mean '%s'?)".formatted(given, meant));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "my weights.safetensors",
        "it's.safetensors",
        "'quoted'",
        "\"quoted\"",
        "C:\\weights\\b4.safetensors",
        "a: b.safetensors",
        "a #1.safetensors",
        "#1.safetensors",
        "- list",
        "{a: b}",
        "[a, b]",
        "*anchor",
        "&anchor",
        "!tag",
        "%percent",
        "@at",
        "|",
        "> folded",
        "? key",
        "key=value",
        " both ends ",
        "crème brûlée.safetensors",
        "010",
        "1e3",
        "0x1F",
        "1_000",
        "12",
        "1.50",
        "12:30:45",
        "2026-01-02",
        "true",
        "no",
        "null",
        "~",
        ".inf"
      })
  void weights_withOddCharacters_areTakenAsTheyAre(String name) throws Exception {
    Recipe recipe = scratch("weights=" + RecipeFile.quoted(name));
    assertThat(recipe.transfer().weights()).isEqualTo(name);
    assertThat(writtenAndRead(recipe)).isEqualTo(recipe);
  }

  @Test
  void setting_ofTheWrongType_namesItsKey() {
    for (String setting :
        List.of(
            "feature_views=2.5",
            "frozen_statistics=maybe",
            "dropout=much",
            "stage_learning_rate_decay=slow",
            "attention=sa")) {
      String key = setting.substring(0, setting.indexOf('='));
      assertThatThrownBy(() -> scratch(setting))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("Recipe scratch: " + key + ": ");
    }
  }

  @Test
  void transfer_withoutWeights_isRefused() {
    refused("freeze backbone without weights would keep random values", "freeze=backbone");
    refused("frozen_statistics without weights", "frozen_statistics=true");
    refused("allow_missing without weights", "allow_missing=true");
    assertThatThrownBy(() -> RecipeFile.read(RecipeFile.FINE_TUNE, List.of()))
        .hasMessageContaining("Recipe fine_tune: ")
        .hasMessageContaining("name weights");
  }

  @Test
  void transfer_outOfRange_isRefused() {
    refused("stage_learning_rate_decay lies above 0 and up to 1, not at 0.0", rate("0"));
    refused("stage_learning_rate_decay lies above 0 and up to 1, not at 1.5", rate("1.5"));
    refused("stage_learning_rate_decay lies above 0 and up to 1, not at NaN", rate("NaN"));
    refused(
        "feature_views is at least 1, not 0", "weights=w", "freeze=backbone", "feature_views=0");
    refused("feature_views 3 without freeze has no effect", "weights=w", "feature_views=3");
    refused("weights is a file, a name, or none", "weights=''");
    refused("freeze is none, backbone or a stage", "freeze=' '");
  }

  private static String rate(String value) {
    return "stage_learning_rate_decay=" + value;
  }

  private static void refused(String message, String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    assertThatThrownBy(() -> RecipeFile.read(RecipeFile.DEFAULT, all))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void none_inAnyCase_standsForNothing() throws Exception {
    Recipe recipe = scratch("weights=None", "freeze=NONE");
    assertThat(recipe.transfer().hasWeights()).isFalse();
    assertThat(recipe.transfer().freezes()).isFalse();
  }
}
