package org.food4j.train.loop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

/** A network in two: the part that stays as it is, and what is trained on its features. */
final class FrozenPart {
  private final ComputationGraph whole;
  private final GraphCut cut;
  private final ComputationGraph trained;

  /**
   * @param whole the network
   * @param vertex the last one that is not trained
   */
  FrozenPart(ComputationGraph whole, String vertex) {
    this.whole = whole;
    cut = new GraphCut(whole, vertex);
    trained = cut.upper();
  }

  /** What is trained. */
  ComputationGraph trained() {
    return trained;
  }

  /** The whole network, with what has been trained. */
  ComputationGraph whole() {
    cut.restore(trained);
    return whole;
  }

  /**
   * Computes the features of all training and validation photos, or reads them.
   *
   * @param file where they are kept
   */
  FeatureMaterial material(
      Path file,
      Dataset dataset,
      Recipe recipe,
      Preprocessing preprocessing,
      PhotoDecoder decoder,
      List<TrainingObserver> observers)
      throws IOException {
    List<ManifestEntry> photos = new ArrayList<>(dataset.entries(Split.TRAIN));
    photos.addAll(dataset.entries(Split.VALIDATION));
    FeatureViews views =
        new FeatureViews(
            preprocessing, recipe.augmentation(), recipe.transfer().featureViews(), recipe.seed());
    CachedFeatures features =
        CachedFeatures.of(
            file,
            cut.lower(),
            dataset,
            photos,
            views,
            decoder,
            (done, total) -> observers.forEach(o -> o.features(done, total)));
    return new FeatureMaterial(
        trained,
        features,
        dataset.labels(),
        dataset.entries(Split.TRAIN),
        dataset.entries(Split.VALIDATION),
        recipe);
  }
}
