package org.food4j.train.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Label;
import org.food4j.data.manifest.LabelFile;
import org.food4j.data.manifest.Split;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.prepare.DatasetPreparation;
import org.food4j.data.scan.Progress;
import org.food4j.data.split.Balance;
import org.food4j.data.split.SplitTargets;
import org.food4j.models.inference.PhotoClassifier;
import org.food4j.models.inference.Prediction;
import org.food4j.train.loop.Trainer;
import org.food4j.train.loop.TrainingResult;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.RecipeFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Trainings on classes of different size, with labels that say more than a name. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BalancedTrainingTest {
  private static final NativePhotoDecoder DECODER = new NativePhotoDecoder();

  private Path folder;
  private Dataset withCopies;
  private Dataset without;

  @BeforeAll
  void prepare(@TempDir Path temporary) throws Exception {
    folder = temporary;
    StripedPhotos.prepare(folder);
    for (int number = 0; number < 12; number++) {
      Files.delete(folder.resolve("photos/dots/%02d.png".formatted(number)));
    }
    withCopies = prepare("copies", Balance.COPIES);
    without = prepare("without", Balance.NONE);
    assertThat(withCopies.classCounts(Split.TRAIN)).containsExactly(16, 16, 16);
    assertThat(without.classCounts(Split.TRAIN)).containsExactly(16, 8, 16);
  }

  private Dataset prepare(String name, Balance balance) throws Exception {
    Path labels =
        Files.writeString(
            folder.resolve("labels.json"),
            """
            {"labels": [
              {"name": "down", "index": 0},
              {"name": "dots", "index": 1, "display_name": "Dots ●",
               "metadata": {"energy_kcal": 266, "portion": {"grams": 107.5, "of": ["a", "b"]}}},
              {"name": "across", "index": 2, "display_name": "Stripes, across"}]}""");
    DatasetPreparation.of(folder.resolve("photos"), folder.resolve(name))
        .withTargets(new SplitTargets(16, 4, 4, balance))
        .withLabels(LabelFile.read(labels))
        .run(Progress.NONE);
    return Dataset.open(folder.resolve(name));
  }

  @Test
  void labels_ofAFile_travelIntoTheAnswersOfTheModelFile() throws Exception {
    Label dots =
        new Label(
            1,
            "dots",
            "Dots ●",
            Map.of("energy_kcal", 266, "portion", Map.of("grams", 107.5, "of", List.of("a", "b"))));
    RunDirectory run = train(without, "run-weights", "class_weights=effective");
    assertThat(run.labels()).isEqualTo(without.labels());
    Path onnx = folder.resolve("model.onnx");
    RunExport.write(run, onnx);

    List<Prediction> answers;
    try (PhotoClassifier classifier = PhotoClassifier.open(onnx, DECODER)) {
      answers = classifier.classify(folder.resolve("photos/dots/20.png"), 3);
    }

    assertThat(answers)
        .extracting(Prediction::label)
        .containsExactlyInAnyOrder(
            new Label(0, "down", "Down", Map.of()),
            dots,
            new Label(2, "across", "Stripes, across", Map.of()));
  }

  @Test
  void classBalanced_onSmallClasses_drawsThemAsOftenAsTheOthers() throws Exception {
    // 40 photos of 3 classes: 14 of each are 42, five whole batches of 8
    Recipe recipe = recipe("sampling=class_balanced");
    Trainer trainer = new Trainer(without, recipe, DECODER);
    int[] steps = new int[1];
    TrainingResult result =
        trainer.train(
            RunDirectory.create(
                folder.resolve("run-sampled"), recipe, without, trainer.preprocessing()),
            List.of(
                new org.food4j.train.loop.TrainingObserver() {
                  @Override
                  public void step(int epoch, int step, double loss) {
                    steps[0]++;
                  }
                }));

    assertThat(result.epochs()).hasSize(1);
    assertThat(steps[0]).isEqualTo(5);
    assertThat(trainer.remarks()).isEmpty();
  }

  @Test
  void remarks_onADataSetWithCopies_sayThatNothingIsDoneTwice() throws Exception {
    assertThat(new Trainer(withCopies, recipe("sampling=class_balanced"), DECODER).remarks())
        .containsExactly(
            "sampling class_balanced draws from the 40 different training photos; the data set's 8"
                + " over-sampled copies are left out");
    assertThat(new Trainer(withCopies, recipe("class_weights=inverse"), DECODER).remarks())
        .singleElement()
        .asString()
        .startsWith("class_weights change nothing");
    assertThat(new Trainer(without, recipe("class_weights=inverse"), DECODER).remarks()).isEmpty();
    assertThat(new Trainer(withCopies, recipe("sampling=natural"), DECODER).remarks()).isEmpty();
  }

  private RunDirectory train(Dataset dataset, String name, String setting) throws Exception {
    Recipe recipe = recipe(setting);
    Trainer trainer = new Trainer(dataset, recipe, DECODER);
    RunDirectory run =
        RunDirectory.create(folder.resolve(name), recipe, dataset, trainer.preprocessing());
    trainer.train(run, List.of());
    return run;
  }

  private static Recipe recipe(String setting) throws Exception {
    return RecipeFile.read(
        "scratch",
        List.of(
            "input_size=32",
            "epochs=1",
            "batch_size=8",
            "augmentation=none",
            "warm_up_epochs=0",
            setting));
  }
}
