package org.food4j.train.loop;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.data.batch.BatchSettings;
import org.food4j.data.batch.BatchShare;
import org.food4j.data.batch.PhotoBatchReader;
import org.food4j.data.batch.PhotoDataSetIterator;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Split;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.data.scan.Progress;
import org.food4j.models.graph.GraphClassifier;
import org.food4j.train.evaluate.Scorer;
import org.food4j.train.evaluate.Scores;
import org.food4j.train.recipe.Recipe;
import org.nd4j.linalg.dataset.DataSet;

/** A whole network that is trained on photos. */
final class PhotoMaterial implements BatchMaterial {
  private final ComputationGraph graph;
  private final Dataset dataset;
  private final Recipe recipe;
  private final PhotoDecoder decoder;
  private final Preprocessing preprocessing;
  private final PhotoDataSetIterator batches;

  /**
   * @param readers that read photos in this process at the same time, this one among them
   */
  PhotoMaterial(
      ComputationGraph graph,
      Dataset dataset,
      Recipe recipe,
      PhotoDecoder decoder,
      Preprocessing preprocessing,
      Optional<Path> packedPhotos,
      int readers) {
    this.graph = graph;
    this.dataset = dataset;
    this.recipe = recipe;
    this.decoder = decoder;
    this.preprocessing = preprocessing;
    BatchSettings settings =
        BatchSettings.training(
                preprocessing, recipe.augmentation(), recipe.batchSize(), recipe.seed())
            .withMixing(recipe.mixing())
            .withOrder(recipe.sampling().order())
            .sharedBy(readers);
    if (recipe.curriculum().resizes()) {
      settings =
          settings.withInputSizes(
              epoch -> recipe.trainingSize(epoch + 1), recipe.augmentation()::transform);
    }
    if (packedPhotos.isPresent()) {
      settings = settings.withPackedPhotos(packedPhotos.get());
    }
    batches =
        new PhotoDataSetIterator(
            new PhotoBatchReader(dataset, dataset.entries(Split.TRAIN), decoder, settings));
  }

  @Override
  public ComputationGraph graph() {
    return graph;
  }

  @Override
  public void startEpoch(int epoch) {
    batches.startEpoch(epoch);
  }

  /** Goes to one worker's share of an epoch, from 0. */
  void startEpoch(int epoch, BatchShare share) {
    batches.startEpoch(epoch, share);
  }

  @Override
  public List<String> changes(int epoch) {
    return ProgressiveResizing.change(recipe, epoch).stream().toList();
  }

  @Override
  public boolean hasNext() {
    return batches.hasNext();
  }

  @Override
  public DataSet next() {
    return batches.next();
  }

  @Override
  public Scores validate(Progress progress) {
    try (GraphClassifier classifier = new GraphClassifier(graph, preprocessing.inputSize())) {
      return new Scorer(decoder)
          .score(
              classifier,
              dataset.labels(),
              preprocessing,
              dataset,
              dataset.entries(Split.VALIDATION),
              progress);
    }
  }

  @Override
  public void close() {
    batches.close();
  }
}
