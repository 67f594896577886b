package org.food4j.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.models.weights.WeightExport;
import org.food4j.models.weights.WeightsCard;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.loop.Trainer;
import org.food4j.train.loop.TrainingCaches;
import org.food4j.train.loop.TrainingObserver;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.RecipeFile;
import org.food4j.train.run.RunDirectory;

/**
 * 08: a new head on weights that were trained for something else: here on dishes, for leaves. With
 * published weights of ImageNet it is the same, {@code model=efficientnet_b4} and {@code
 * weights=...} in the recipe.
 */
public final class Sample08Transfer {
  private Sample08Transfer() {}

  /**
   * @param arguments a folder and settings, or nothing
   */
  public static void main(String[] arguments) throws IOException {
    SampleFolder folder = SampleFolder.of(arguments);
    Path out = Files.createDirectories(folder.next("transfer"));
    Path weights = out.resolve("dishes.safetensors");
    // Names and shapes are torchvision's: PyTorch reads the file too.
    WeightExport.save(folder.run().best(), weights, WeightsCard.EMPTY);

    Dataset leaves = Sample12OtherDomain.leaves(folder);
    Recipe recipe = recipe(folder, weights);
    Path features = out.resolve("features.safetensors");
    for (int attempt = 1; attempt <= 2; attempt++) {
      long start = System.nanoTime();
      Counter counter = new Counter();
      RunDirectory run = newHead(leaves, recipe, features, out.resolve("head-" + attempt), counter);
      Evaluation evaluation = Sample04Evaluate.evaluate(run.path(), leaves);
      // The second time no photo is computed again: the features are in the file.
      System.out.printf(
          "head %d: %d photos through the frozen network, %.1f s, top-1 %.1f %%%n",
          attempt, counter.photos, (System.nanoTime() - start) * 1e-9, 100 * evaluation.top1());
    }
  }

  /** The weights' network, frozen but for its last layer. */
  static Recipe recipe(SampleFolder folder, Path weights) throws IOException {
    String quoted = RecipeFile.quoted(weights.toString()); // it is YAML, a path is any text
    return folder.recipe(
        "head",
        "model=se_cnn",
        "weights=" + quoted,
        "input_size=48",
        "batch_size=16",
        "learning_rate=0.01");
  }

  /** Trains a linear layer on features that the frozen network computes once. */
  public static RunDirectory newHead(
      Dataset dataset, Recipe recipe, Path features, Path out, TrainingObserver observer)
      throws IOException {
    // region: a new head
    // Found again while photos, weights, cut, preprocessing and views stay the same.
    TrainingCaches caches = new TrainingCaches(Optional.empty(), Optional.of(features));
    Trainer trainer = new Trainer(dataset, recipe, new NativePhotoDecoder(), caches);
    RunDirectory run =
        RunDirectory.create(out, recipe, dataset, trainer.preprocessing(), trainer.provenance());
    trainer.train(run, List.of(observer));
    // end region
    return run;
  }

  /** Counts the photos whose features are computed. */
  static final class Counter implements TrainingObserver {
    int photos;

    @Override
    public void features(int done, int total) {
      photos = done;
    }
  }
}
