package org.food4j.data.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Random;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.photo.ScaledPhoto;
import org.food4j.data.preprocess.Resampler;
import org.food4j.data.transform.PhotoTransform;

/** One photo's way into a batch: decode, shrink, keep, transform, normalise. Thread-safe. */
final class PhotoPipeline {
  private final Dataset dataset;
  private final PhotoDecoder decoder;
  private final BatchSettings settings;
  private final PhotoCache cache;

  PhotoPipeline(Dataset dataset, PhotoDecoder decoder, BatchSettings settings) {
    this.dataset = dataset;
    this.decoder = decoder;
    this.settings = settings;
    this.cache = new PhotoCache(settings.cacheBytes());
  }

  /** Writes {@code [3, inputSize, inputSize]} from {@code offset}. */
  void read(ManifestEntry entry, int epoch, float[] batch, int offset) throws IOException {
    PhotoTransform transform = settings.transform();
    if (settings.asEvaluated() && settings.cacheBytes() == 0) {
      settings.preprocessing().apply(decode(entry), batch, offset);
      return;
    }
    Random random = RandomStreams.photo(settings.seed(), epoch, entry.id());
    ScaledPhoto kept = cache.get(entry.path(), () -> load(entry, random));
    settings
        .preprocessing()
        .normalise(
            transform.isRandom() ? transform.applyDecoded(kept, random) : kept.photo(),
            batch,
            offset);
  }

  /** All that is the same in every epoch. */
  private ScaledPhoto load(ManifestEntry entry, Random random) throws IOException {
    ScaledPhoto photo = decode(entry);
    return settings.transform().isRandom()
        ? shrink(photo)
        : ScaledPhoto.full(settings.transform().applyDecoded(photo, random));
  }

  private ScaledPhoto decode(ManifestEntry entry) throws IOException {
    return decoder.decode(
        Files.readAllBytes(dataset.photo(entry)),
        settings.asEvaluated()
            ? settings.preprocessing().decodedShorterSide()
            : settings.maxShorterSide());
  }

  private ScaledPhoto shrink(ScaledPhoto photo) {
    return settings.maxShorterSide() == BatchSettings.AS_DECODED
        ? photo
        : new Resampler(settings.preprocessing().interpolation())
            .shrink(photo, settings.maxShorterSide());
  }
}
