package org.food4j.bench.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.food4j.bench.result.Agreement;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.Split;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.data.scan.Progress;
import org.food4j.models.inference.Classifier;
import org.food4j.train.evaluate.Scorer;
import org.food4j.train.evaluate.Scores;
import org.food4j.train.run.TrainedModel;

/** Whether an exported file answers as the run that it came from. */
public final class ExportCheck {
  /** The largest difference of a logit that rounding explains. */
  public static final double TOLERANCE = 1e-4;

  private ExportCheck() {}

  /**
   * Compares two forms of a model on photos.
   *
   * @param first a run directory or an ONNX file
   * @param second likewise
   */
  public static Agreement onPhotos(
      Path first, Path second, Dataset dataset, List<ManifestEntry> photos, PhotoDecoder decoder)
      throws IOException {
    return Agreement.of(
        scores(first, dataset, photos, decoder), scores(second, dataset, photos, decoder));
  }

  private static Scores scores(
      Path path, Dataset dataset, List<ManifestEntry> photos, PhotoDecoder decoder)
      throws IOException {
    try (TrainedModel model = TrainedModel.open(path)) {
      return model.score(dataset, photos, decoder, Progress.NONE);
    }
  }

  /**
   * Compares two forms of a model on photos of random pixels, where no others are at hand.
   *
   * @param inputs how many, at least 1
   * @throws IllegalArgumentException if {@code inputs} is below 1, or the models' labels differ
   */
  public static Agreement onNoise(Path first, Path second, int inputs) throws IOException {
    if (inputs < 1) {
      throw new IllegalArgumentException("Agreement takes at least one input, not " + inputs);
    }
    return Agreement.of(noiseScores(first, inputs), noiseScores(second, inputs));
  }

  /** In batches, because a graph keeps every layer's output of a batch in memory. */
  private static float[] logits(Classifier classifier, float[] inputs, int count) {
    float[] logits = new float[count * classifier.classes()];
    int length = inputs.length / count;
    for (int from = 0; from < count; from += Scorer.BATCH) {
      int to = Math.min(count, from + Scorer.BATCH);
      float[] batch = Arrays.copyOfRange(inputs, from * length, to * length);
      float[] rows = classifier.logits(batch, to - from);
      System.arraycopy(rows, 0, logits, from * classifier.classes(), rows.length);
    }
    return logits;
  }

  /** Of whole levels, as files that take pixels must have them. */
  private static float[] noise(Preprocessing preprocessing, int inputs) {
    Random random = new Random(1);
    int size = preprocessing.inputSize();
    int length = preprocessing.inputLength();
    float[] noise = new float[Math.multiplyExact(inputs, length)];
    for (int i = 0; i < inputs; i++) {
      byte[] rgb = new byte[length];
      random.nextBytes(rgb);
      preprocessing.normalise(new Photo(size, size, rgb), noise, i * length);
    }
    return noise;
  }

  private static Scores noiseScores(Path path, int inputs) throws IOException {
    try (TrainedModel model = TrainedModel.open(path)) {
      float[] noise = noise(model.card().preprocessing(), inputs);
      List<ManifestEntry> entries = new ArrayList<>();
      for (int i = 0; i < inputs; i++) {
        entries.add(new ManifestEntry("noise-" + i, "noise-" + i, 0, Split.TEST, 1, 1, "", "", ""));
      }
      return new Scores(model.card().labels(), entries, logits(model.classifier(), noise, inputs));
    }
  }
}
