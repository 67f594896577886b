package org.food4j.train.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.evaluate.PhotoResult;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.RecipeFile;
import org.food4j.train.run.StripedPhotos;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrossValidationTest {
  private static final List<String> TINY =
      List.of(
          "input_size=32",
          "batch_size=12",
          "epochs=6",
          "warm_up_epochs=1",
          "augmentation=none",
          "learning_rate=0.005");

  @TempDir Path folder;

  @Test
  void photosOfAllSplits_areEachJudgedOnceByANetworkThatLearned() throws Exception {
    Dataset dataset = StripedPhotos.prepare(folder);
    List<Integer> starts = new ArrayList<>();
    TrainingObserver observer =
        new TrainingObserver() {
          @Override
          public void started(ComputationGraph graph, int epochs, int stepsPerEpoch) {
            starts.add(stepsPerEpoch);
          }
        };
    CrossValidation.Result result =
        new CrossValidation(dataset, recipe(0), new NativePhotoDecoder(), TrainingCaches.NONE, 3)
            .run(List.of(observer));
    long photos = dataset.entries().stream().filter(entry -> !entry.isCopy()).count();
    assertThat(result.photos()).isEqualTo((int) photos);
    assertThat(result.folds()).hasSize(3).allSatisfy(f -> assertThat(f.seconds()).isPositive());
    assertThat(starts).hasSize(3).allSatisfy(s -> assertThat(s).isEqualTo((int) photos * 2 / 36));
    assertThat(result.top1()).as("chance is 0.33").isGreaterThan(0.6);
    Evaluation all = Evaluation.of(result.scores(), "all", 1);
    assertThat(all.photos()).isEqualTo((int) photos);
    assertThat(all.top1()).isEqualTo(result.top1());
    assertThat(all.results()).extracting(PhotoResult::path).doesNotHaveDuplicates();
    assertThat(result.top1Interval().low()).isLessThan(result.top1());
  }

  @Test
  void recipe_thatStopsEarly_isRefused() throws Exception {
    Dataset dataset = StripedPhotos.prepare(folder);
    Recipe recipe = recipe(5);
    assertThatThrownBy(
            () ->
                new CrossValidation(
                    dataset, recipe, new NativePhotoDecoder(), TrainingCaches.NONE, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("set early_stopping_patience to 0, not 5");
  }

  private static Recipe recipe(int patience) throws Exception {
    List<String> settings = new ArrayList<>(TINY);
    settings.add("early_stopping_patience=" + patience);
    return RecipeFile.read(RecipeFile.DEFAULT, settings);
  }
}
