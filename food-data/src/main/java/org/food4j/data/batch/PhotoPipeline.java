package org.food4j.data.batch;

import java.io.IOException;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.PhotoDecoder;
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
    Photo photo = cache.get(entry.path(), () -> load(entry, epoch));
    if (transform.isRandom()) {
      photo = transform.apply(photo, RandomStreams.photo(settings.seed(), epoch, entry.id()));
    }
    settings.preprocessing().normalise(photo, batch, offset);
  }

  /** All that is the same in every epoch. */
  private Photo load(ManifestEntry entry, int epoch) throws IOException {
    Photo photo = decoder.decode(dataset.photo(entry));
    PhotoTransform transform = settings.transform();
    return transform.isRandom()
        ? shrink(photo)
        : transform.apply(photo, RandomStreams.photo(settings.seed(), epoch, entry.id()));
  }

  private Photo shrink(Photo photo) {
    double scale = (double) settings.maxShorterSide() / Math.min(photo.width(), photo.height());
    return scale >= 1
        ? photo
        : new Resampler(settings.preprocessing().interpolation())
            .resize(
                photo,
                (int) Math.round(photo.width() * scale),
                (int) Math.round(photo.height() * scale));
  }
}
