package org.food4j.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.data.batch.PhotoReadException;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Split;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.train.loop.CheckpointStore;
import org.food4j.train.loop.EpochMetrics;
import org.food4j.train.loop.Trainer;
import org.food4j.train.loop.TrainingDivergedException;
import org.food4j.train.loop.TrainingInterruptedException;
import org.food4j.train.loop.TrainingObserver;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.RecipeFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Trainings that fail in their second epoch: the first is kept, and goes on to the same end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokenTrainingTest {
  private static final NativePhotoDecoder DECODER = new NativePhotoDecoder();

  private Path folder;
  private Dataset dataset;
  private Recipe recipe;
  private INDArray expected;

  @BeforeAll
  void trainToTheEnd(@TempDir Path temporary) throws Exception {
    folder = temporary;
    dataset = StripedPhotos.prepare(folder);
    recipe =
        RecipeFile.read(
            "scratch",
            List.of(
                "input_size=32",
                "batch_size=16",
                "epochs=2",
                "warm_up_epochs=0",
                "clip_norm=1",
                "early_stopping_patience=0"));
    RunDirectory run = start("whole");
    trainer().train(run, List.of());
    expected = last(run);
  }

  private Trainer trainer() throws IOException {
    return new Trainer(dataset, recipe, DECODER);
  }

  private RunDirectory start(String name) throws IOException {
    return RunDirectory.create(
        folder.resolve(name), recipe, dataset, trainer().preprocessing(), trainer().provenance());
  }

  private static INDArray last(RunDirectory run) throws IOException {
    return CheckpointFile.read(run.path().resolve(RunDirectory.LAST)).params();
  }

  private void assertGoesOn(RunDirectory run) throws IOException {
    List<Integer> kept = new ArrayList<>();
    TrainingObserver counter =
        new TrainingObserver() {
          @Override
          public void resumed(List<EpochMetrics> epochs) {
            kept.add(epochs.size());
          }
        };
    trainer().resume(RunDirectory.resume(run.path()), List.of(counter));
    assertThat(kept).containsExactly(1);
    assertThat(last(run)).isEqualTo(expected);
    assertThat(run.metrics()).hasSize(2);
  }

  /** Spoils the weights after a step of the second epoch. */
  private record Poison(int step, List<ComputationGraph> graphs) implements TrainingObserver {
    @Override
    public void started(ComputationGraph graph, int epochs, int stepsPerEpoch) {
      assertThat(stepsPerEpoch).isEqualTo(3);
      graphs.add(graph);
    }

    @Override
    public void step(int epoch, int number, double loss) {
      if (epoch == 2 && number == step) {
        graphs.get(0).params().assign(Float.NaN);
      }
    }
  }

  @Test
  void weights_thatAreNoNumbers_endTheTrainingAtTheNextStep() throws Exception {
    RunDirectory run = start("nan");
    Trainer trainer = trainer();
    assertThatThrownBy(() -> trainer.train(run, List.of(new Poison(1, new ArrayList<>()))))
        .isInstanceOf(TrainingDivergedException.class)
        .hasMessageContaining("The loss is NaN in epoch 2, step 2: lower the learning rate");
    assertGoesOn(run);
  }

  @Test
  void weights_spoiledByAnEpochsLastStep_areNotKept() throws Exception {
    RunDirectory run = start("late");
    Trainer trainer = trainer();
    assertThatThrownBy(() -> trainer.train(run, List.of(new Poison(3, new ArrayList<>()))))
        .isInstanceOf(TrainingDivergedException.class)
        .hasMessageContaining("A validation photo's logit is NaN after epoch 2");
    assertGoesOn(run);
  }

  @Test
  void photo_thatVanishes_isNamedAndMayComeBack() throws Exception {
    RunDirectory run = start("photo");
    Path photo = dataset.photoRoot().resolve(dataset.entries(Split.VALIDATION).get(2).path());
    byte[] bytes = Files.readAllBytes(photo);
    TrainingObserver thief =
        new TrainingObserver() {
          @Override
          public void epoch(EpochMetrics metrics, boolean best) {
            try {
              Files.deleteIfExists(photo);
            } catch (IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          }
        };
    Trainer trainer = trainer();
    assertThatThrownBy(() -> trainer.train(run, List.of(thief)))
        .isInstanceOf(PhotoReadException.class)
        .hasMessageContaining(photo.getFileName() + ": the file is gone. Put the photo back");
    Files.write(photo, bytes);
    assertGoesOn(run);
  }

  @Test
  void observer_thatInterrupts_endsTheTraining() throws Exception {
    RunDirectory run = start("interrupted");
    TrainingObserver impatient =
        new TrainingObserver() {
          @Override
          public void validating(int epoch, int done, int total) {
            if (epoch == 2) {
              throw new TrainingInterruptedException();
            }
          }
        };
    Trainer trainer = trainer();
    assertThatThrownBy(() -> trainer.train(run, List.of(impatient)))
        .isInstanceOf(TrainingInterruptedException.class);
    assertGoesOn(run);
  }

  /** A disk that is full in the second epoch, in the middle of the checkpoint. */
  private record FullDisk(RunDirectory run) implements CheckpointStore {
    @Override
    public void append(EpochMetrics metrics) throws IOException {
      run.append(metrics);
    }

    @Override
    public void saveLast(ComputationGraph graph, Optional<INDArray> average) throws IOException {
      if (graph.getEpochCount() == 2) {
        Files.writeString(run.path().resolve("checkpoints/.last.zip.7.tmp"), "half");
        throw new IOException("No space left on device");
      }
      run.saveLast(graph, average);
    }

    @Override
    public void saveBest(ComputationGraph graph) throws IOException {
      run.saveBest(graph);
    }
  }

  @Test
  void disk_thatIsFull_leavesTheEpochBefore() throws Exception {
    RunDirectory run = start("disk");
    Trainer trainer = trainer();
    assertThatThrownBy(() -> trainer.train(new FullDisk(run), List.of()))
        .isInstanceOf(IOException.class)
        .hasMessage("No space left on device");
    assertGoesOn(run);
    assertThat(run.path().resolve("checkpoints")).isDirectoryNotContaining("glob:**.tmp");
  }
}
