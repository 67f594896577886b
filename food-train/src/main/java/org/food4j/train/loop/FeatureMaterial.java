package org.food4j.train.loop;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.LongStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.data.manifest.Labels;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.scan.Progress;
import org.food4j.train.evaluate.Scores;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.transfer.CachedFeatures;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The part of a network behind its frozen one, trained on cached features. An epoch sees each photo
 * in the view after the last epoch's; over-sampled copies are views ahead of their original.
 */
final class FeatureMaterial implements BatchMaterial {
  /** Photos per call of a validation: features are small, but a stage's maps are not. */
  private static final int VALIDATION_BATCH = 64;

  private final ComputationGraph graph;
  private final CachedFeatures features;
  private final Labels labels;
  private final List<ManifestEntry> training;
  private final List<ManifestEntry> validation;
  private final Recipe recipe;
  private List<ManifestEntry> order = List.of();
  private int epoch;
  private int taken;

  /**
   * @param graph from features to the loss
   * @param features of all training and validation photos
   */
  FeatureMaterial(
      ComputationGraph graph,
      CachedFeatures features,
      Labels labels,
      List<ManifestEntry> training,
      List<ManifestEntry> validation,
      Recipe recipe) {
    this.graph = graph;
    this.features = features;
    this.labels = labels;
    this.training = training;
    this.validation = validation;
    this.recipe = recipe;
  }

  @Override
  public ComputationGraph graph() {
    return graph;
  }

  @Override
  public void startEpoch(int number) {
    epoch = number;
    taken = 0;
    order = recipe.sampling().order().of(training, recipe.seed(), number);
  }

  /** Whole batches only. */
  @Override
  public boolean hasNext() {
    return taken + recipe.batchSize() <= order.size();
  }

  @Override
  public DataSet next() {
    if (!hasNext()) {
      throw new NoSuchElementException("The epoch's batches are taken");
    }
    List<ManifestEntry> batch = order.subList(taken, taken + recipe.batchSize());
    taken += recipe.batchSize();
    INDArray answers = Nd4j.zeros(DataType.FLOAT, batch.size(), labels.size());
    for (int i = 0; i < batch.size(); i++) {
      answers.putScalar(i, batch.get(i).label(), 1);
    }
    return new DataSet(input(batch, true), answers);
  }

  private INDArray input(List<ManifestEntry> photos, boolean views) {
    int length = features.length();
    float[] values = new float[photos.size() * length];
    for (int i = 0; i < photos.size(); i++) {
      ManifestEntry photo = photos.get(i);
      features.copy(photo, views ? epoch + photo.copyNumber() : 0, values, i * length);
    }
    long[] shape =
        LongStream.concat(LongStream.of(photos.size()), LongStream.of(features.shape())).toArray();
    return Nd4j.create(values, shape, 'c');
  }

  @Override
  public Scores validate(Progress progress) {
    float[] logits = new float[validation.size() * labels.size()];
    int done = 0;
    for (int start = 0; start < validation.size(); start += VALIDATION_BATCH) {
      int end = Math.min(start + VALIDATION_BATCH, validation.size());
      INDArray photos = input(validation.subList(start, end), false);
      float[] rows = graph.outputSingle(false, photos).dup('c').data().asFloat();
      System.arraycopy(rows, 0, logits, done, rows.length);
      done += rows.length;
      progress.update(end, validation.size());
    }
    return new Scores(labels, validation, logits);
  }

  @Override
  public void close() {
    order = List.of();
  }
}
