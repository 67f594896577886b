package org.food4j.train.loop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.train.recipe.Recipe;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The training of what lies behind a frozen part, on that part's features, which are computed once.
 * The best epoch's weights are kept in memory, and in the store for a training that is resumed: a
 * whole network takes longer to write than an epoch of its head.
 */
final class FrozenTraining implements BestKeeper {
  private final FrozenPart part;
  private final CheckpointStore store;
  private Optional<INDArray> best;

  /**
   * @param from after which epoch, if not from the first
   */
  FrozenTraining(FrozenPart part, CheckpointStore store, Optional<Checkpoint> from) {
    this.part = part;
    this.store = store;
    best = from.flatMap(Checkpoint::bestPart).map(ComputationGraph::params);
  }

  /** The epochs. */
  interface Epochs {
    TrainingResult train(TrainingMaterial material, BestKeeper keeper) throws IOException;
  }

  /**
   * Computes the features or reads them, trains, and stores the whole network with the best
   * weights, where an epoch was whole: also before it passes on an error of a later one.
   */
  TrainingResult train(
      Dataset dataset,
      Recipe recipe,
      Preprocessing preprocessing,
      PhotoDecoder decoder,
      Optional<Path> cache,
      List<TrainingObserver> observers,
      Epochs epochs)
      throws IOException {
    try (FeatureFile file = FeatureFile.of(cache);
        FeatureMaterial features =
            part.material(file.path(), dataset, recipe, preprocessing, decoder, observers)) {
      TrainingResult result = epochs.train(features, this);
      saveBest();
      return result;
    } catch (IOException | RuntimeException e) {
      try {
        saveBest();
      } catch (IOException | RuntimeException also) {
        e.addSuppressed(also);
      }
      throw e;
    }
  }

  @Override
  public void keep(ComputationGraph graph) throws IOException {
    best = Optional.of(graph.params().dup());
    store.saveBestPart(graph);
  }

  /** Once, at the end. */
  private void saveBest() throws IOException {
    if (best.isPresent()) {
      part.trained().setParams(best.get());
      best = Optional.empty();
      store.saveBest(part.whole());
    }
  }
}
