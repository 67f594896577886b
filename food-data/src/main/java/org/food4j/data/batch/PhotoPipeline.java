package org.food4j.data.batch;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.food4j.data.file.FileStamp;
import org.food4j.data.file.Sha256;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.photo.ScaledPhoto;
import org.food4j.data.preprocess.Resampler;
import org.food4j.data.transform.FixedCrop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One photo's way into a batch: decode, shrink, keep, transform, normalise. Thread-safe. */
final class PhotoPipeline implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(PhotoPipeline.class);

  /** To be raised when decoders, the resize or the shrinking give other pixels. */
  private static final int PIXELS_VERSION = 1;

  private final Dataset dataset;
  private final PhotoDecoder decoder;
  private final BatchSettings settings;
  private final PhotoCache cache;
  private final Optional<PackedPhotos> packed;

  /**
   * Packs the photos if the settings ask for it and they are not packed yet.
   *
   * @throws IOException if a photo cannot be packed, or the packed photos not be written or read
   */
  PhotoPipeline(
      Dataset dataset, List<ManifestEntry> entries, PhotoDecoder decoder, BatchSettings settings)
      throws IOException {
    this.dataset = dataset;
    this.decoder = decoder;
    this.settings = settings;
    this.cache = new PhotoCache(settings.cacheBytes());
    this.packed =
        settings.packedPhotos().isPresent()
            ? Optional.of(packed(settings.packedPhotos().get(), entries))
            : Optional.empty();
  }

  private PackedPhotos packed(Path file, List<ManifestEntry> entries) throws IOException {
    SortedMap<String, ManifestEntry> photos = new TreeMap<>();
    entries.forEach(entry -> photos.putIfAbsent(entry.path(), entry));
    List<String> paths = List.copyOf(photos.keySet());
    StringBuilder content = new StringBuilder(recipe());
    for (ManifestEntry entry : photos.values()) {
      // The file's stamp too: training sees a photo that was replaced as evaluation does.
      FileStamp stamp = FileStamp.of(dataset.photo(entry));
      content.append('\n').append(entry.sha256()).append(stamp).append(entry.path());
    }
    String fingerprint = Sha256.of(content.toString().getBytes(StandardCharsets.UTF_8));
    Optional<PackedPhotos> found = PackedPhotos.open(file, fingerprint, paths);
    if (found.isPresent()) {
      return found.get();
    }
    LOG.info("Packing {} photos into {}", paths.size(), file);
    PhotoPacker.write(
        file, fingerprint, paths, path -> fromFile(photos.get(path)), settings.workers());
    return PackedPhotos.open(file, fingerprint, paths)
        .orElseThrow(() -> new IOException(file + " changed while it was written"));
  }

  /** All that the packed pixels depend on beside the photos. */
  private String recipe() {
    return "pixels "
        + PIXELS_VERSION
        + " of "
        + decoder.getClass().getName()
        + " "
        + (settings.asEvaluated()
            ? settings.preprocessing().toJson() + (settings.isFinalForGood() ? "" : " decoded")
            : settings.maxShorterSide() + " " + settings.preprocessing().interpolation());
  }

  /**
   * Writes {@code [3, inputSize, inputSize]} from {@code offset}.
   *
   * @param input the settings' of the epoch
   */
  void read(ManifestEntry entry, int epoch, EpochInput input, float[] batch, int offset)
      throws IOException {
    if (input.asEvaluated() && settings.cacheBytes() == 0 && packed.isEmpty()) {
      input.preprocessing().apply(decode(entry), batch, offset);
      return;
    }
    ScaledPhoto kept =
        cache.get(
            entry.path(),
            () -> packed.isPresent() ? packed.get().get(entry.path()) : fromFile(entry));
    input
        .preprocessing()
        .normalise(
            settings.isFinalForGood()
                ? kept.photo()
                : input
                    .transform()
                    .applyDecoded(kept, RandomStreams.photo(settings.seed(), epoch, entry.id())),
            batch,
            offset);
  }

  /** All that is the same in every epoch. */
  private ScaledPhoto fromFile(ManifestEntry entry) throws IOException {
    ScaledPhoto photo = decode(entry);
    if (settings.isFinalForGood()) {
      // The stream is not drawn from: that is what not being random says.
      return ScaledPhoto.full(settings.transform().applyDecoded(photo, new Random(0)));
    }
    return settings.maxShorterSide() == BatchSettings.AS_DECODED
        ? photo
        : new Resampler(settings.preprocessing().interpolation())
            .shrink(photo, settings.maxShorterSide());
  }

  private ScaledPhoto decode(ManifestEntry entry) throws IOException {
    return decoder.decode(
        Files.readAllBytes(dataset.photo(entry)),
        settings.transform() instanceof FixedCrop
            ? settings.preprocessing().decodedShorterSide()
            : settings.maxShorterSide());
  }

  @Override
  public void close() throws IOException {
    if (packed.isPresent()) {
      packed.get().close();
    }
  }
}
