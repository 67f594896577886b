package org.food4j.train.loop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.Split;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.models.graph.GraphCut;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.transfer.CachedFeatures;
import org.food4j.train.transfer.FeatureViews;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The training of what lies behind a frozen part, on that part's features, which are computed once.
 * The best epoch's weights are kept in memory, and in the store for a training that is resumed: a
 * whole network takes longer to write than an epoch of its head.
 */
final class FrozenTraining implements BestKeeper {
  private final ComputationGraph whole;
  private final GraphCut cut;
  private final ComputationGraph trained;
  private final CheckpointStore store;
  private Optional<INDArray> best;

  /**
   * @param whole the network
   * @param vertex the last one that is not trained
   * @param from after which epoch, if not from the first
   */
  FrozenTraining(
      ComputationGraph whole, String vertex, CheckpointStore store, Optional<Checkpoint> from) {
    this.whole = whole;
    this.store = store;
    cut = new GraphCut(whole, vertex);
    trained = cut.upper();
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
    FeatureViews views =
        new FeatureViews(
            preprocessing, recipe.augmentation(), recipe.transfer().featureViews(), recipe.seed());
    try (FeatureFile file = FeatureFile.of(cache);
        FeatureMaterial features =
            new FeatureMaterial(
                trained,
                features(file.path(), dataset, views, decoder, observers),
                dataset.labels(),
                dataset.entries(Split.TRAIN),
                dataset.entries(Split.VALIDATION),
                recipe)) {
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

  private CachedFeatures features(
      Path file,
      Dataset dataset,
      FeatureViews views,
      PhotoDecoder decoder,
      List<TrainingObserver> observers)
      throws IOException {
    List<ManifestEntry> photos = new ArrayList<>(dataset.entries(Split.TRAIN));
    photos.addAll(dataset.entries(Split.VALIDATION));
    return CachedFeatures.of(
        file,
        cut.lower(),
        dataset,
        photos,
        views,
        decoder,
        (done, total) -> observers.forEach(o -> o.features(done, total)));
  }

  @Override
  public void keep(ComputationGraph graph) throws IOException {
    best = Optional.of(graph.params().dup());
    store.saveBestPart(graph);
  }

  /** Once, at the end. */
  private void saveBest() throws IOException {
    if (best.isPresent()) {
      trained.setParams(best.get());
      cut.restore(trained);
      best = Optional.empty();
      store.saveBest(whole);
    }
  }
}
