package org.food4j.train.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.RecipeFile;
import org.food4j.train.run.RunDirectory;
import org.food4j.train.run.StripedPhotos;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MixedTrainingTest {
  @TempDir private Path folder;

  private List<Double> firstLosses(Dataset dataset, String name, String... settings)
      throws Exception {
    List<String> all =
        new ArrayList<>(List.of("input_size=32", "epochs=1", "batch_size=8", "warm_up_epochs=0"));
    all.addAll(List.of(settings));
    Recipe recipe = RecipeFile.read("scratch", all);
    Trainer trainer = new Trainer(dataset, recipe, new NativePhotoDecoder());
    List<Double> losses = new ArrayList<>();
    TrainingResult result =
        trainer.train(
            RunDirectory.create(folder.resolve(name), recipe, dataset, trainer.preprocessing()),
            List.of(
                new TrainingObserver() {
                  @Override
                  public void step(int epoch, int step, double loss) {
                    losses.add(loss);
                  }
                }));
    assertThat(result.best().validationTop1()).isBetween(0.0, 1.0);
    return losses;
  }

  @Test
  void train_ofARecipeThatMixes_trainsOnOtherPhotosAndLabels() throws Exception {
    Dataset dataset = StripedPhotos.prepare(folder);
    List<Double> plain = firstLosses(dataset, "plain", "augmentation=none");

    assertThat(firstLosses(dataset, "mixed", "augmentation=none", "mixup=1"))
        .hasSameSizeAs(plain)
        .allMatch(Double::isFinite)
        .isNotEqualTo(plain);
  }
}
