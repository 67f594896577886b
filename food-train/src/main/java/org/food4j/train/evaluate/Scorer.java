package org.food4j.train.evaluate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.food4j.data.batch.BatchSettings;
import org.food4j.data.batch.PhotoBatch;
import org.food4j.data.batch.PhotoBatchReader;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Label;
import org.food4j.data.manifest.Labels;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.preprocess.CropPosition;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.data.scan.Progress;
import org.food4j.data.transform.FixedCrop;
import org.food4j.models.inference.Classifier;

/** Runs a classifier over photos of a data set, seen once or in several fixed views. */
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
    requireFit(classifier, labels, preprocessing, dataset);
    float[] logits = new float[entries.size() * labels.size()];
    BatchSettings batches = BatchSettings.evaluation(preprocessing, BATCH);
    read(
        new Photos(dataset, entries, batches),
        (batch, first) -> {
          float[] rows = classifier.logits(batch.input(), batch.size());
          System.arraycopy(rows, 0, logits, first * labels.size(), rows.length);
          progress.update(first + batch.size(), entries.size());
        });
    return new Scores(labels, entries, logits);
  }

  /**
   * Scores photos in several views each. Every position of a view reads the photos once.
   *
   * @param settings whose temperature the views' probabilities have, which are averaged
   * @return of one view its logits; of more, logits whose softmax at the same temperature is the
   *     average, a probability below {@link Float#MIN_NORMAL} counting as that
   * @throws IllegalArgumentException as {@link #score(Classifier, Labels, Preprocessing, Dataset,
   *     List, Progress)}
   */
  public Scores score(
      Classifier classifier,
      Labels labels,
      Preprocessing preprocessing,
      Dataset dataset,
      List<ManifestEntry> entries,
      AnswerSettings settings,
      Progress progress) {
    if (settings.views().equals(TestTimeAugmentation.NONE)) {
      return score(classifier, labels, preprocessing, dataset, entries, progress);
    }
    requireFit(classifier, labels, preprocessing, dataset);
    ViewAverage average = new ViewAverage(entries.size(), labels.size(), settings);
    Map<CropPosition, List<TestTimeAugmentation.View>> byPosition =
        settings.views().views().stream()
            .collect(
                Collectors.groupingBy(
                    TestTimeAugmentation.View::position, LinkedHashMap::new, Collectors.toList()));
    byPosition.forEach(
        (position, views) -> {
          BatchSettings batches =
              BatchSettings.evaluation(preprocessing, BATCH)
                  .withTransform(new FixedCrop(preprocessing, position));
          read(
              new Photos(dataset, entries, batches),
              (batch, first) -> {
                for (TestTimeAugmentation.View view : views) {
                  float[] input =
                      view.mirrored()
                          ? mirrored(batch.input(), preprocessing.inputSize())
                          : batch.input();
                  average.add(first, classifier.logits(input, batch.size()));
                  progress.update(average.photos(), entries.size());
                }
              });
        });
    return new Scores(labels, entries, average.logits());
  }

  /** Photos to be read in batches. */
  private record Photos(Dataset dataset, List<ManifestEntry> entries, BatchSettings settings) {}

  private interface BatchConsumer {
    /**
     * Takes a batch.
     *
     * @param first number of its first photo
     */
    void accept(PhotoBatch batch, int first);
  }

  private void read(Photos photos, BatchConsumer consumer) {
    int done = 0;
    try (PhotoBatchReader reader =
        new PhotoBatchReader(photos.dataset, photos.entries, decoder, photos.settings)) {
      while (reader.hasNext()) {
        PhotoBatch batch = reader.next();
        consumer.accept(batch, done);
        done += batch.size();
      }
    }
  }

  /** {@code [batch, 3, side, side]} with every row reversed. */
  private static float[] mirrored(float[] input, int side) {
    float[] mirrored = new float[input.length];
    for (int row = 0; row < input.length; row += side) {
      for (int x = 0; x < side; x++) {
        mirrored[row + x] = input[row + side - 1 - x];
      }
    }
    return mirrored;
  }

  private static void requireFit(
      Classifier classifier, Labels labels, Preprocessing preprocessing, Dataset dataset) {
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
