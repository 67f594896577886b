package org.food4j.samples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.train.loop.EpochMetrics;
import org.food4j.train.loop.Trainer;
import org.food4j.train.loop.TrainingObserver;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.run.RunDirectory;

/**
 * 03: a small network is trained from Java. A recipe says everything but the photos, observers see
 * what happens, and a run directory keeps it.
 */
public final class Sample03Train {
  private Sample03Train() {}

  /**
   * @param arguments a folder and settings, or nothing
   */
  public static void main(String[] arguments) throws IOException {
    SampleFolder folder = SampleFolder.of(arguments);
    Recipe recipe = smallRecipe(folder);
    Path out = folder.next("run");
    RunDirectory run = train(folder.dataset(), recipe, out, List.of(new PrintingObserver()));
    System.out.println("The best epoch is in " + run.bestCheckpoint());
  }

  /** A recipe of the library with a few values changed, checked as a whole. */
  public static Recipe smallRecipe(SampleFolder folder) throws IOException {
    // As RecipeFile.read("quickstart", List.of("input_size=48", ...)), and the reader's settings.
    return folder.recipe("quickstart", "input_size=48", "epochs=10", "batch_size=16");
  }

  /** Trains, and keeps the best epoch and every epoch's metrics. */
  public static RunDirectory train(
      Dataset dataset, Recipe recipe, Path out, List<TrainingObserver> observers)
      throws IOException {
    // region: train
    // What does not fit (too few photos, unknown weights) is refused here, before anything is
    // written.
    Trainer trainer = new Trainer(dataset, recipe, new NativePhotoDecoder());
    RunDirectory run =
        RunDirectory.create(out, recipe, dataset, trainer.preprocessing(), trainer.provenance());
    // Killed, it goes on with trainer.resume(RunDirectory.resume(out), observers).
    trainer.train(run, observers);
    // end region
    return run;
  }

  /** Told of every step and epoch; it may also add DL4J listeners, or throw to end the training. */
  private static final class PrintingObserver implements TrainingObserver {
    @Override
    public void step(int epoch, int step, double loss) {
      if (step % 5 == 1) {
        System.out.printf("epoch %d, step %2d: loss %.3f%n", epoch, step, loss);
      }
    }

    @Override
    public void epoch(EpochMetrics metrics, boolean best) {
      System.out.printf(
          "epoch %d: validation top-1 %.1f %%, %.0f photos a second%s%n",
          metrics.epoch(),
          100 * metrics.validationTop1(),
          metrics.photosPerSecond(),
          best ? ", the best so far" : "");
    }
  }
}
