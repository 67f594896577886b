package org.food4j.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.food4j.bench.result.BenchmarkPhotos;
import org.food4j.bench.result.BenchmarkSettings;
import org.food4j.data.batch.PhotoReadException;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.data.scan.Progress;
import org.food4j.models.inference.Classifier;
import org.food4j.models.inference.RuntimeSettings;
import org.food4j.models.weights.NpyArray;
import org.food4j.train.evaluate.Scores;
import org.food4j.train.run.TrainedModel;

/**
 * Measures in this process. One model is open at a time, yet DL4J's threads and memory stay when
 * its model is closed, and the first model of a runtime pays for the runtime's start: {@link
 * WorkerProcesses} keep all that apart. DL4J computes on as many threads as the process was started
 * with, whatever the settings say.
 */
public final class InProcessMeasurer implements Measurer {
  private static final int CHANNELS = 3;

  private final PhotoDecoder decoder;
  private final boolean alone;

  /** Measures times, not memory, which other work in the process would be part of. */
  public InProcessMeasurer(PhotoDecoder decoder) {
    this(decoder, false);
  }

  /**
   * @param alone whether nothing else happens in this process, so that its memory is the model's
   */
  InProcessMeasurer(PhotoDecoder decoder, boolean alone) {
    this.decoder = decoder;
    this.alone = alone;
  }

  @Override
  public Answers answer(
      Subject subject, BenchmarkPhotos photos, BenchmarkSettings settings, Path input)
      throws IOException {
    Dataset dataset = photos.dataset();
    try (TrainedModel model = open(subject, settings)) {
      Scores scores = model.score(dataset, dataset.entries(), decoder, Progress.NONE);
      int most = settings.batches().get(settings.batches().size() - 1);
      firstPhotos(model.card().preprocessing(), dataset, most).write(input);
      return new Answers(
          model.classifier().runtime(), model.form(), model.bytes(), scores.logits());
    }
  }

  private NpyArray firstPhotos(Preprocessing preprocessing, Dataset dataset, int most) {
    int count = Math.min(most, dataset.entries().size());
    int length = preprocessing.inputLength();
    float[] input = new float[Math.multiplyExact(count, length)];
    for (int i = 0; i < count; i++) {
      Path photo = dataset.photo(dataset.entries().get(i));
      try {
        float[] pixels = preprocessing.apply(Files.readAllBytes(photo), decoder);
        System.arraycopy(pixels, 0, input, i * length, length);
      } catch (IOException e) {
        throw new PhotoReadException(photo, e);
      }
    }
    long size = preprocessing.inputSize();
    return new NpyArray(new long[] {count, CHANNELS, size, size}, input);
  }

  @Override
  public Round time(Subject subject, BenchmarkSettings settings, Path input) throws IOException {
    NpyArray photos = NpyArray.read(input);
    List<float[]> inputs =
        settings.batches().stream().map(batch -> repeated(photos, batch)).toList();
    OptionalLong before = alone ? ResidentMemory.now() : OptionalLong.empty();
    ResidentMemory.forgetPeak();
    long start = System.nanoTime();
    try (TrainedModel model = open(subject, settings)) {
      double loadMs = (System.nanoTime() - start) / 1e6;
      List<BatchRound> rounds = new ArrayList<>();
      for (int i = 0; i < inputs.size(); i++) {
        int batch = settings.batches().get(i);
        List<Double> samples = timed(model.classifier(), inputs.get(i), batch, settings);
        List<Long> growth = new ArrayList<>();
        before.ifPresent(
            rss -> ResidentMemory.peak().ifPresent(peak -> growth.add(Math.max(0, peak - rss))));
        rounds.add(new BatchRound(batch, samples, growth));
      }
      return new Round(loadMs, rounds);
    }
  }

  private static List<Double> timed(
      Classifier classifier, float[] input, int batch, BenchmarkSettings settings) {
    long begin = System.nanoTime();
    for (int call = 0;
        call < settings.warmUpCalls() || System.nanoTime() - begin < settings.warmUpSeconds() * 1e9;
        call++) {
      classifier.logits(input, batch);
    }
    int most = Math.max(settings.calls(), BenchmarkSettings.MOST_CALLS);
    List<Double> samples = new ArrayList<>();
    begin = System.nanoTime();
    while (samples.size() < settings.calls()
        || (samples.size() < most && System.nanoTime() - begin < settings.seconds() * 1e9)) {
      long start = System.nanoTime();
      classifier.logits(input, batch);
      samples.add((System.nanoTime() - start) / 1e6);
    }
    return samples;
  }

  /** A batch of the photos one after the other, from the first again where they are too few. */
  private static float[] repeated(NpyArray photos, int batch) {
    int count = Math.toIntExact(photos.shape()[0]);
    int length = photos.values().length / count;
    float[] input = new float[Math.multiplyExact(batch, length)];
    for (int i = 0; i < batch; i++) {
      System.arraycopy(photos.values(), i % count * length, input, i * length, length);
    }
    return input;
  }

  private TrainedModel open(Subject subject, BenchmarkSettings settings) throws IOException {
    return TrainedModel.open(
        subject.path(),
        new RuntimeSettings(settings.threads(), true, subject.provider()),
        subject.said());
  }
}
