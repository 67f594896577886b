package org.food4j.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.food4j.cli.terminal.Terminal;
import org.food4j.data.batch.BatchSettings;
import org.food4j.data.batch.PhotoBatch;
import org.food4j.data.batch.PhotoBatchReader;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Label;
import org.food4j.data.manifest.Labels;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.Split;
import org.food4j.data.page.EvenPick;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.models.onnx.quantize.SampleBatch;

/**
 * The photos that a quantisation is measured on and judged by: of a prepared data set training and
 * validation photos, of a plain folder two parts of it. Test photos are left alone.
 *
 * @param dataset where they lie
 * @param calibration activations are measured on them
 * @param validation answers are judged by them
 * @param labelled whether their labels are the model's
 */
record CalibrationPhotos(
    Dataset dataset,
    List<ManifestEntry> calibration,
    List<ManifestEntry> validation,
    boolean labelled) {
  /** Numbers that a batch of photos and its inner tensors should not go far beyond. */
  private static final long PIXELS = 4L * 256 * 256;

  private static final int LARGEST_BATCH = 16;

  static CalibrationPhotos of(
      Terminal terminal, Path path, Labels labels, int calibration, int validation)
      throws IOException {
    Dataset dataset = DatasetArgument.open(terminal, path, labels);
    List<ManifestEntry> measured;
    List<ManifestEntry> judged;
    if (Dataset.isOne(path)) {
      List<ManifestEntry> train = dataset.entries(Split.TRAIN);
      judged = DatasetArgument.photos(dataset, train.isEmpty() ? Split.VALIDATION : Split.TRAIN);
      measured = EvenPick.of(judged, calibration);
      if (!dataset.entries(Split.VALIDATION).isEmpty()) {
        judged = dataset.entries(Split.VALIDATION);
      }
    } else {
      List<ManifestEntry> all = DatasetArgument.photos(dataset, Split.TEST);
      measured = EvenPick.of(all, Math.min(calibration, (all.size() + 1) / 2));
      Set<ManifestEntry> used = new HashSet<>(measured);
      List<ManifestEntry> rest = all.stream().filter(photo -> !used.contains(photo)).toList();
      judged = rest.isEmpty() ? all : rest;
    }
    boolean labelled = names(labels).equals(names(dataset.labels()));
    return new CalibrationPhotos(dataset, measured, EvenPick.of(judged, validation), labelled);
  }

  private static List<String> names(Labels labels) {
    return labels.asList().stream().map(Label::name).toList();
  }

  /** The right classes of photos; none if the labels are not the model's. */
  List<Integer> labels(List<ManifestEntry> photos) {
    return labelled ? photos.stream().map(ManifestEntry::label).toList() : List.of();
  }

  /**
   * Reads photos as a model's input. They are kept: a preprocessed photo is small, and is used many
   * times.
   */
  List<SampleBatch> read(
      List<ManifestEntry> photos, String input, SampleLayout layout, Preprocessing preprocessing) {
    int side = preprocessing.inputSize();
    int size = (int) Math.max(1, Math.min(LARGEST_BATCH, PIXELS / ((long) side * side)));
    List<SampleBatch> batches = new ArrayList<>();
    try (PhotoBatchReader reader =
        new PhotoBatchReader(
            dataset,
            photos,
            new NativePhotoDecoder(),
            BatchSettings.evaluation(preprocessing, size))) {
      while (reader.hasNext()) {
        PhotoBatch batch = reader.next();
        batches.add(layout.batch(input, batch.input(), batch.size(), preprocessing));
      }
    }
    return batches;
  }
}
