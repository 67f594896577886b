package org.food4j.train.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.prepare.DatasetPreparation;
import org.food4j.data.scan.Progress;
import org.food4j.data.split.SplitTargets;
import org.food4j.data.synthetic.DrawnDishes;
import org.food4j.train.loop.Trainer;
import org.food4j.train.loop.TrainingCaches;
import org.food4j.train.loop.TrainingObserver;
import org.food4j.train.loop.TrainingResult;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.RecipeFile;
import org.food4j.train.run.RunDirectory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A master and two workers, processes of this machine, train on drawn dishes. */
@Tag("slow")
class StandaloneClusterTest {
  @TempDir private static Path folder;
  private static Dataset dataset;
  private static Recipe recipe;

  @BeforeAll
  static void prepare() throws Exception {
    new DrawnDishes(3).write(folder.resolve("photos"), 12);
    DatasetPreparation.of(folder.resolve("photos"), folder.resolve("dataset"))
        .withTargets(new SplitTargets(8, 2, 2))
        .run(Progress.NONE);
    dataset = Dataset.open(folder.resolve("dataset"));
    recipe =
        RecipeFile.read(
            "scratch",
            List.of(
                "model=se_cnn",
                "input_size=32",
                "epochs=3",
                "batch_size=8",
                "warm_up_epochs=0",
                "dropout=0.2",
                "workers=2",
                "averaging_frequency=2"));
  }

  private record Trained(float[] weights, TrainingResult result) {}

  /**
   * @param killed whether the second worker is, in the middle of the second epoch
   */
  private static Trained train(String name, boolean killed) throws Exception {
    Path place = Files.createDirectories(folder.resolve(name));
    try (LoopbackCluster machines = new LoopbackCluster(place, 2);
        SparkCluster spark = machines.connect();
        SparkRounds rounds = new SparkRounds(spark, dataset, recipe, Optional.empty())) {
      Trainer trainer =
          new Trainer(
              dataset, recipe, new NativePhotoDecoder(), TrainingCaches.NONE, Optional.of(rounds));
      RunDirectory run =
          RunDirectory.create(place.resolve("run"), recipe, dataset, trainer.preprocessing());
      TrainingResult result =
          trainer.train(
              run,
              List.of(
                  new TrainingObserver() {
                    @Override
                    public void step(int epoch, int step, double loss) {
                      if (killed && epoch == 2 && step == 2) {
                        machines.kill(2);
                      }
                    }
                  }));
      return new Trained(run.recover().orElseThrow().trained().params().toFloatVector(), result);
    }
  }

  @Test
  void workerKilledInTheMiddle_costsTimeOnly() throws Exception {
    Trained whole = train("whole", false);
    Trained killed = train("killed", true);

    assertThat(killed.result().epochs()).hasSize(3);
    assertThat(killed.weights()).isEqualTo(whole.weights());
    assertThat(whole.result().epochs().get(2).trainLoss())
        .isLessThan(whole.result().epochs().get(0).trainLoss());
  }
}
