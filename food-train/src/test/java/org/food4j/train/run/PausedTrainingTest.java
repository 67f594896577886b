package org.food4j.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.train.loop.Trainer;
import org.food4j.train.loop.TrainingResult;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.RecipeFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PausedTrainingTest {
  @TempDir private Path folder;
  private Recipe recipe;
  private Dataset dataset;

  private Trainer trainer() throws Exception {
    return new Trainer(dataset, recipe, new NativePhotoDecoder());
  }

  private RunDirectory run(String name) throws Exception {
    return RunDirectory.create(folder.resolve(name), recipe, dataset, trainer().preprocessing());
  }

  @Test
  void resume_upToAnEpoch_pausesThere_andGoesOnAsIfItHadNot() throws Exception {
    dataset = StripedPhotos.prepare(folder);
    recipe =
        RecipeFile.read(
            "scratch",
            List.of(
                "input_size=32", "epochs=3", "batch_size=8", "warm_up_epochs=0", "ema_decay=0.9"));
    RunDirectory whole = run("whole");
    TrainingResult expected = trainer().train(whole, List.of());
    RunDirectory paused = run("paused");

    assertThat(trainer().resume(paused, List.of(), 1).epochs()).hasSize(1);
    assertThat(paused.metrics()).hasSize(1);
    assertThat(trainer().resume(paused, List.of(), 1).epochs()).hasSize(1);
    TrainingResult result = trainer().resume(paused, List.of(), 3);

    assertThat(result.stoppedEarly()).isFalse();
    assertThat(ResumeTest.withoutTimes(result.epochs()))
        .isEqualTo(ResumeTest.withoutTimes(expected.epochs()));
    ResumeTest.assertSame(paused, whole);
    assertThatThrownBy(() -> trainer().resume(paused, List.of(), 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 epochs")
        .hasMessageContaining("not after epoch 4");
    assertThatThrownBy(() -> trainer().resume(paused, List.of(), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
