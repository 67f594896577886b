package org.food4j.train.evaluate;

import java.util.List;
import java.util.Locale;
import org.food4j.data.batch.BatchSettings;
import org.food4j.data.batch.PhotoBatch;
import org.food4j.data.batch.PhotoBatchReader;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Label;
import org.food4j.data.manifest.Labels;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.data.scan.Progress;
import org.food4j.models.inference.Classifier;

/** Runs a classifier over photos of a data set, without augmentation. */
public final class Scorer {
  /** Photos per call: a batch much larger takes gigabytes inside a network and no less time. */
  public static final int BATCH = 32;

  private final PhotoDecoder decoder;

  /**
   * A scorer.
   *
   * @param decoder reads the photos; shared by several threads
   */
  public Scorer(PhotoDecoder decoder) {
    this.decoder = decoder;
  }

  /**
   * Computes the logits of some of a data set's photos.
   *
   * @param labels the classifier's, in the order of its logits
   * @throws IllegalArgumentException if there are no photos, or the data set's labels are not the
   *     classifier's in the same order
   * @throws org.food4j.data.batch.PhotoReadException if a photo has vanished or is damaged
   */
  public Scores score(
      Classifier classifier,
      Labels labels,
      Preprocessing preprocessing,
      Dataset dataset,
      List<ManifestEntry> entries,
      Progress progress) {
    requireSameLabels(labels, dataset.labels());
    if (classifier.classes() != labels.size()
        || classifier.inputSize() != preprocessing.inputSize()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The classifier has %d classes at %d px, its labels are %d and its preprocessing gives %d px",
              classifier.classes(),
              classifier.inputSize(),
              labels.size(),
              preprocessing.inputSize()));
    }
    float[] logits = new float[entries.size() * labels.size()];
    int done = 0;
    try (PhotoBatchReader reader =
        new PhotoBatchReader(
            dataset, entries, decoder, BatchSettings.evaluation(preprocessing, BATCH))) {
      while (reader.hasNext()) {
        PhotoBatch batch = reader.next();
        float[] rows = classifier.logits(batch.input(), batch.size());
        System.arraycopy(rows, 0, logits, done * labels.size(), rows.length);
        done += batch.size();
        progress.update(done, entries.size());
      }
    }
    return new Scores(labels, entries, logits);
  }

  private static void requireSameLabels(Labels model, Labels dataset) {
    List<String> ours = model.asList().stream().map(Label::name).toList();
    List<String> theirs = dataset.asList().stream().map(Label::name).toList();
    if (!ours.equals(theirs)) {
      throw new IllegalArgumentException(
          "The model's labels are %s, the data set's are %s: evaluate on a folder of class folders instead, whose names are matched"
              .formatted(ours, theirs));
    }
  }
}
