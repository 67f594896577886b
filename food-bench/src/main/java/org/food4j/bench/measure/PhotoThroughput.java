package org.food4j.bench.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.food4j.bench.result.Samples;
import org.food4j.data.batch.BatchSettings;
import org.food4j.data.batch.PhotoBatch;
import org.food4j.data.batch.PhotoBatchReader;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.photo.PhotoDecoder;

/**
 * How fast photos become batches: read, decoded, augmented or not, normalised.
 *
 * @param photos read while it was measured, each as often as the time allowed
 * @param millisPerPhoto by the clock, one sample for each tenth of the time, whatever the number of
 *     workers
 */
public record PhotoThroughput(long photos, Samples millisPerPhoto) {
  private static final int SAMPLES = 10;

  /**
   * Reads all photos of a data set again and again.
   *
   * @param settings as for training or evaluation; a cache would be measured instead of the photos
   *     from the second epoch on
   * @param warmUpSeconds at least 0; for the first seconds the JVM compiles
   * @param seconds above 0
   * @throws IllegalArgumentException if the settings have a cache or a time is out of range
   */
  public static PhotoThroughput measure(
      Dataset dataset,
      PhotoDecoder decoder,
      BatchSettings settings,
      double warmUpSeconds,
      double seconds) {
    if (settings.cacheBytes() > 0 || settings.packedPhotos().isPresent()) {
      throw new IllegalArgumentException(
          "Reading photos is measured without a cache and without packed photos");
    }
    if (!(warmUpSeconds >= 0 && seconds > 0)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The warm-up (%s s) takes at least 0, the measurement (%s s) more",
              warmUpSeconds,
              seconds));
    }
    try (PhotoBatchReader reader =
        new PhotoBatchReader(dataset, dataset.entries(), decoder, settings)) {
      read(reader, warmUpSeconds);
      List<Double> samples = new ArrayList<>();
      long photos = 0;
      for (int sample = 0; sample < SAMPLES; sample++) {
        long start = System.nanoTime();
        long read = read(reader, seconds / SAMPLES);
        samples.add((System.nanoTime() - start) / 1e6 / read);
        photos += read;
      }
      return new PhotoThroughput(photos, new Samples(samples));
    }
  }

  /** Whole batches for that long, at least one. */
  private static long read(PhotoBatchReader reader, double seconds) {
    long begin = System.nanoTime();
    long photos = 0;
    do {
      if (!reader.hasNext()) {
        reader.startEpoch(reader.epoch() + 1);
      }
      PhotoBatch batch = reader.next();
      photos += batch.size();
      reader.recycle(batch);
    } while (System.nanoTime() - begin < seconds * 1e9);
    return photos;
  }

  /** The median over the samples. */
  public double photosPerSecond() {
    return 1000 / millisPerPhoto.medianMs();
  }
}
