package org.food4j.train.loop;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Split;
import org.food4j.models.block.Wiring;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.transfer.CachedFeatures;

/** Whether a recipe can be trained on a data set with some caches. */
final class RecipeChecks {
  private RecipeChecks() {}

  /**
   * The vertex behind which the recipe's network is trained.
   *
   * @return empty if the whole of it is
   * @throws IllegalArgumentException if there is no such stage, or photos are to be mixed before it
   */
  static Optional<String> frozenPart(Recipe recipe, Wiring wiring) {
    if (!recipe.transfer().freezes()) {
      return Optional.empty();
    }
    String vertex = wiring.cut(recipe.transfer().freeze());
    if (recipe.mixing().isOn()) {
      throw new IllegalArgumentException(
          "mixup and cutmix mix photos, whose features freeze %s computes one by one: set both to 0"
              .formatted(recipe.transfer().freeze()));
    }
    return Optional.of(vertex);
  }

  /**
   * Checks that a recipe's workers are there, and can do what it says.
   *
   * @throws IllegalArgumentException if they are not, or cannot
   */
  static void requireWorkers(Recipe recipe, TrainingCaches caches, boolean present) {
    int workers = recipe.dataParallel().workers();
    if (!present) {
      if (workers > 1) {
        throw new IllegalArgumentException(
            "workers %s need a cluster to be on: name it by --spark-master, or set workers to 1"
                .formatted(workers));
      }
      return;
    }
    if (recipe.transfer().freezes()) {
      throw new IllegalArgumentException(
          "freeze %s computes features once and trains what is left in seconds or minutes, which a cluster does no faster: train without one"
              .formatted(recipe.transfer().freeze()));
    }
    if (!recipe.curriculum().unfreezeEpochs().isEmpty()) {
      throw new IllegalArgumentException(
          "unfreeze_epochs change the network that is trained, whose copies the workers keep: train"
              + " without a cluster, or set unfreeze_epochs to []");
    }
    if (caches.packedPhotos().isPresent()) {
      throw new IllegalArgumentException(
          "Photos packed in %s would not be used: each worker decodes its own"
              .formatted(caches.packedPhotos().get()));
    }
  }

  /**
   * Checks that what is to be kept comes to use.
   *
   * @throws IllegalArgumentException if it does not
   */
  static void requireUse(TrainingCaches caches, boolean frozen) throws IOException {
    if (caches.features().isPresent()) {
      if (!frozen) {
        throw new IllegalArgumentException(
            "There are no features to keep in %s, since all of the network is trained: set freeze"
                .formatted(caches.features().get()));
      }
      CachedFeatures.requirePlace(caches.features().get());
    }
    if (caches.packedPhotos().isPresent() && frozen) {
      throw new IllegalArgumentException(
          "Photos packed in %s would not be used: with freeze they are read once. Keep the features instead"
              .formatted(caches.packedPhotos().get()));
    }
  }

  /**
   * How many steps an epoch has; all workers make each of them.
   *
   * @throws IllegalArgumentException if the training photos do not fill the batches of one, or none
   *     are left to choose the best epoch by
   */
  static int steps(Dataset dataset, Recipe recipe) {
    int photos = recipe.sampling().order().length(dataset.entries(Split.TRAIN));
    if (photos < recipe.batchSize()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d training photos do not fill one batch of %d: prepare more photos, or set a"
                  + " smaller batch_size",
              photos,
              recipe.batchSize()));
    }
    if (dataset.entries(Split.VALIDATION).isEmpty()) {
      throw new IllegalArgumentException(
          "There are no validation photos to choose the best epoch by: prepare the data set with"
              + " --validation above 0");
    }
    int workers = recipe.dataParallel().workers();
    int batches = photos / recipe.batchSize() / workers;
    if (batches == 0) {
      throw new IllegalArgumentException(
          "%s workers want a batch of %s each, and there are %s training photos: set fewer workers, or a smaller batch_size"
              .formatted(workers, recipe.batchSize(), photos));
    }
    int together = recipe.stepping().accumulationSteps();
    if (together > batches) {
      throw new IllegalArgumentException(
          "accumulation_steps %s is more than the %s batches of an epoch%s: set at most that, or a smaller batch_size"
              .formatted(together, batches, workers > 1 ? " that a worker has" : ""));
    }
    return (batches + together - 1) / together;
  }
}
