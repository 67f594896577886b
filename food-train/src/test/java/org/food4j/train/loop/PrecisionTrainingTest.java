package org.food4j.train.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.models.kernel.Precision;
import org.food4j.models.layer.NativeEngine;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.RecipeFile;
import org.food4j.train.run.RunDirectory;
import org.food4j.train.run.StripedPhotos;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrecisionTrainingTest {
  @TempDir private Path folder;

  private record Trained(TrainingResult result, List<Double> losses) {}

  private Trained train(Dataset dataset, String precision, int epochs) throws Exception {
    Recipe recipe =
        RecipeFile.read(
            "scratch",
            List.of(
                "input_size=32",
                "epochs=" + epochs,
                "batch_size=16",
                "warm_up_epochs=0",
                "precision=" + precision));
    Trainer trainer = new Trainer(dataset, recipe, new NativePhotoDecoder());
    RunDirectory run =
        RunDirectory.create(folder.resolve(precision), recipe, dataset, trainer.preprocessing());
    List<Double> losses = new ArrayList<>();
    TrainingResult result =
        trainer.train(
            run,
            List.of(
                new TrainingObserver() {
                  @Override
                  public void step(int epoch, int step, double loss) {
                    losses.add(loss);
                  }
                }));
    return new Trained(result, losses);
  }

  @Test
  void firstSteps_inBfloat16_areThoseInFloat32ButForRounding() throws Exception {
    assumeTrue(hasBfloat16(), "this processor has no AMX-BF16 instructions");
    Dataset dataset = StripedPhotos.prepare(folder);
    assertFirstStepsAlike(train(dataset, "float32", 1), train(dataset, "bfloat16", 1));
  }

  private static void assertFirstStepsAlike(Trained exact, Trained rounded) {
    double first = exact.losses().get(0);
    assertThat(rounded.losses().get(0)).isNotEqualTo(first).isCloseTo(first, within(0.02 * first));
    assertThat(rounded.losses()).hasSameSizeAs(exact.losses());
    double mean = exact.result().epochs().get(0).trainLoss();
    assertThat(rounded.result().epochs().get(0).trainLoss()).isCloseTo(mean, within(0.1 * mean));
  }

  @Test
  @Tag("slow")
  void train_inBfloat16_learnsAsInFloat32() throws Exception {
    assumeTrue(hasBfloat16(), "this processor has no AMX-BF16 instructions");
    Dataset dataset = StripedPhotos.prepare(folder);
    Trained exact = train(dataset, "float32", 3);
    Trained rounded = train(dataset, "bfloat16", 3);
    assertFirstStepsAlike(exact, rounded);
    double last = lastEpoch(exact).trainLoss();
    assertThat(last).isLessThan(0.7 * exact.losses().get(0));
    assertThat(lastEpoch(rounded).trainLoss()).isCloseTo(last, within(0.1 * last));
    // of 12 photos
    assertThat(rounded.result().best().validationTop1())
        .isCloseTo(exact.result().best().validationTop1(), within(0.17));
  }

  private static EpochMetrics lastEpoch(Trained training) {
    List<EpochMetrics> epochs = training.result().epochs();
    return epochs.get(epochs.size() - 1);
  }

  private static boolean hasBfloat16() {
    try {
      NativeEngine.start().requireTraining(Precision.BFLOAT16);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
