package org.food4j.train.transfer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.data.batch.PhotoBatch;
import org.food4j.data.batch.PhotoBatchReader;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.scan.Progress;
import org.food4j.models.weights.SafetensorsWriter;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Runs the frozen part of a network over photos, batch by batch, while a writer takes one photo's
 * features after the other. Not thread-safe.
 */
final class FeatureComputation implements AutoCloseable {
  private final ComputationGraph frozen;
  private final List<ManifestEntry> photos;
  private final FeatureViews views;
  private final Progress progress;

  /** One reader per view; they advance together. */
  private final List<PhotoBatchReader> readers = new ArrayList<>();

  /** The current batch's features, by view. */
  private final List<INDArray> current = new ArrayList<>();

  private int done;
  private int batchStart;
  private int batchSize;

  FeatureComputation(
      ComputationGraph frozen,
      Dataset dataset,
      List<ManifestEntry> photos,
      FeatureViews views,
      PhotoDecoder decoder,
      Progress progress) {
    this.frozen = frozen;
    this.photos = photos;
    this.views = views;
    this.progress = progress;
    for (int view = 0; view < views.count(); view++) {
      PhotoBatchReader reader =
          new PhotoBatchReader(dataset, photos, decoder, views.settings(view));
      reader.startEpoch(view); // each view's own augmentation
      readers.add(reader);
    }
  }

  /**
   * One tensor per photo and view, to be taken in order. Called once; computes the first batch,
   * whose shape is that of all.
   */
  List<SafetensorsWriter.Entry> tensors() {
    nextBatch();
    long[] shape = Arrays.stream(current.get(0).shape()).skip(1).toArray(); // without the batch
    List<SafetensorsWriter.Entry> tensors = new ArrayList<>();
    for (int i = 0; i < photos.size(); i++) {
      int photo = i;
      for (int v = 0; v < views.count(); v++) {
        int view = v;
        tensors.add(
            new SafetensorsWriter.Entry(
                CachedFeatures.tensor(photos.get(i).id(), v), shape, () -> features(photo, view)));
      }
    }
    return tensors;
  }

  private float[] features(int photo, int view) {
    if (photo == batchStart + batchSize) {
      nextBatch();
    }
    if (photo != done) {
      throw new IllegalStateException("Features are taken in the photos' order");
    }
    if (view == views.count() - 1) {
      done++;
      progress.update(done, photos.size());
    }
    return current.get(view).slice(photo - batchStart).dup('c').data().asFloat();
  }

  private void nextBatch() {
    batchStart += batchSize;
    current.clear();
    int size = views.preprocessing().inputSize();
    for (PhotoBatchReader reader : readers) {
      PhotoBatch batch = reader.next();
      batchSize = batch.size();
      INDArray input = Nd4j.create(batch.input(), new long[] {batchSize, 3, size, size}, 'c');
      current.add(frozen.outputSingle(false, input));
      reader.recycle(batch);
    }
  }

  @Override
  public void close() {
    readers.forEach(PhotoBatchReader::close);
  }
}
