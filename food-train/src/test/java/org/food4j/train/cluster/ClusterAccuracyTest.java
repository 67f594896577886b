package org.food4j.train.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Split;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.prepare.DatasetPreparation;
import org.food4j.data.scan.Progress;
import org.food4j.data.split.SplitTargets;
import org.food4j.data.synthetic.DrawnDishes;
import org.food4j.train.loop.RoundRunner;
import org.food4j.train.loop.Trainer;
import org.food4j.train.loop.TrainingCaches;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.RecipeFile;
import org.food4j.train.run.RunDirectory;
import org.food4j.train.run.TrainedModel;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two workers against this process alone: 1,000 drawn dishes to train on, 1,000 to test on, so that
 * two points are more than chance; three seeds. Not part of the usual tests.
 */
@Tag("slow")
class ClusterAccuracyTest {
  @TempDir private static Path folder;

  private static double top1(
      Dataset dataset, Recipe recipe, Optional<RoundRunner> workers, Path out) throws Exception {
    NativePhotoDecoder decoder = new NativePhotoDecoder();
    Trainer trainer = new Trainer(dataset, recipe, decoder, TrainingCaches.NONE, workers);
    RunDirectory run = RunDirectory.create(out, recipe, dataset, trainer.preprocessing());
    trainer.train(run, List.of());
    try (TrainedModel model = TrainedModel.open(out)) {
      return model.evaluate(dataset, Split.TEST, decoder, Progress.NONE).top1();
    }
  }

  @Test
  void twoWorkers_endWithinTwoPointsOfOneProcess_inTheMeanOfThreeSeeds(TestReporter reporter)
      throws Exception {
    new DrawnDishes(11).write(folder.resolve("photos"), 220);
    DatasetPreparation.of(folder.resolve("photos"), folder.resolve("dataset"))
        .withTargets(new SplitTargets(100, 20, 100))
        .run(Progress.NONE);
    Dataset dataset = Dataset.open(folder.resolve("dataset"));
    double alone = 0;
    double together = 0;
    try (SparkCluster spark = LocalSpark.open(2)) {
      for (int seed = 1; seed <= 3; seed++) {
        List<String> settings =
            new ArrayList<>(List.of("input_size=64", "epochs=15", "seed=" + seed));
        Recipe single = RecipeFile.read("quickstart", settings);
        // the same photos a step
        settings.add("batch_size=" + single.batchSize() / 2);
        settings.add("workers=2");
        Recipe parallel = RecipeFile.read("quickstart", settings);
        double one = top1(dataset, single, Optional.empty(), folder.resolve("alone" + seed));
        double two;
        try (SparkRounds rounds = new SparkRounds(spark, dataset, parallel, Optional.empty())) {
          two = top1(dataset, parallel, Optional.of(rounds), folder.resolve("together" + seed));
        }
        alone += one / 3;
        together += two / 3;
        reporter.publishEntry(
            "seed " + seed,
            String.format(
                Locale.ROOT, "one process %.1f %%, two workers %.1f %%", 100 * one, 100 * two));
      }
    }
    assertThat(together).isGreaterThan(alone - 0.02);
  }
}
