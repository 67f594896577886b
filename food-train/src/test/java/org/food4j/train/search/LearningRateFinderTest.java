package org.food4j.train.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.weights.WeightExport;
import org.food4j.models.weights.WeightsCard;
import org.food4j.train.loop.TrainingCaches;
import org.food4j.train.loop.TrainingObserver;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.RecipeFile;
import org.food4j.train.run.StripedPhotos;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LearningRateFinderTest {
  @TempDir private Path folder;

  private static RangeTest test(Dataset dataset, RangeTestSettings settings, String... set)
      throws Exception {
    List<String> all = new ArrayList<>(List.of("input_size=32", "epochs=9", "batch_size=8"));
    all.addAll(List.of(set));
    Recipe recipe = RecipeFile.read("scratch", all);
    return new LearningRateFinder(dataset, recipe, new NativePhotoDecoder(), TrainingCaches.NONE)
        .run(settings, (step, rate, loss) -> {}, List.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"adamw", "sgd"})
  void run_ofRisingRates_learnsFirstAndThenBreaksDown(String optimizer) throws Exception {
    Dataset dataset = StripedPhotos.prepare(folder);
    // more steps than the 6 of an epoch
    RangeTest test =
        test(
            dataset,
            new RangeTestSettings(1e-6, 1e4, 40, 4),
            "augmentation=none",
            "optimizer=" + optimizer);

    assertThat(test.diverged()).isTrue();
    List<RangeTest.Point> points = test.points();
    assertThat(points.size()).isBetween(20, 40);
    assertThat(points.get(0).learningRate()).isCloseTo(1e-6, within(1e-12));
    assertThat(points.get(3).learningRate() / points.get(2).learningRate())
        .isCloseTo(Math.pow(1e10, 1 / 39.0), within(1e-6));
    double lowest = points.stream().mapToDouble(RangeTest.Point::smoothedLoss).min().orElseThrow();
    assertThat(lowest).isLessThan(points.get(0).loss());
    assertThat(test.suggestion()).isBetween(1e-6, points.get(points.size() - 1).learningRate());
  }

  @Test
  void run_behindAFrozenPart_trainsOnItsFeatures() throws Exception {
    Dataset dataset = StripedPhotos.prepare(folder);
    Path weights = folder.resolve("weights.safetensors");
    ComputationGraph graph = Architectures.named("se_cnn").graph(new NetworkSpec(5, 32), 11);
    WeightExport.save(graph, weights, WeightsCard.EMPTY);
    List<Integer> features = new ArrayList<>();
    Recipe recipe =
        RecipeFile.read(
            "head",
            List.of(
                "model=se_cnn",
                "input_size=32",
                "batch_size=8",
                "freeze=backbone",
                "feature_views=1",
                "weights=" + RecipeFile.quoted(weights.toString())));
    RangeTest test =
        new LearningRateFinder(dataset, recipe, new NativePhotoDecoder(), TrainingCaches.NONE)
            .run(
                new RangeTestSettings(1e-5, 1e3, 30, 4),
                (step, rate, loss) -> {},
                List.of(
                    new TrainingObserver() {
                      @Override
                      public void features(int done, int total) {
                        features.add(done);
                      }
                    }));

    assertThat(features).hasSizeGreaterThan(48);
    assertThat(test.points()).hasSizeGreaterThan(10);
    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder("photos", "dataset", ".dataset.scan", "weights.safetensors");
  }
}
