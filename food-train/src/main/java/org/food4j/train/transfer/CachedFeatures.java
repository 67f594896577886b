package org.food4j.train.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.data.file.OutputFile;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.scan.Progress;
import org.food4j.models.weights.Safetensors;
import org.food4j.models.weights.SafetensorsWriter;
import org.food4j.models.weights.WeightsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the frozen part of a network makes of photos, computed once and kept in a file, which the
 * package's description specifies. Thread-safe.
 */
public final class CachedFeatures {
  private static final Logger LOG = LoggerFactory.getLogger(CachedFeatures.class);

  static final String FINGERPRINT = "fingerprint";

  private final Safetensors file;
  private final int views;
  private final long[] shape;

  private CachedFeatures(Safetensors file, List<ManifestEntry> entries, int views) {
    this.file = file;
    this.views = views;
    shape = file.shape(tensor(entries.get(0).id(), 0));
  }

  /**
   * Opens a file, or computes the features and writes it where there is none, or one of other
   * photos, views or weights.
   *
   * @param file beside which it is written first
   * @param frozen from photos to features
   * @param entries the photos, at least one; over-sampled copies have their original's features
   * @param views how the photos are seen
   * @param progress of the computation, in photos
   * @throws IllegalArgumentException as {@link #requirePlace} does
   * @throws org.food4j.data.batch.PhotoReadException if a photo has vanished or is damaged
   * @throws IOException if the file cannot be read or written
   */
  public static CachedFeatures of(
      Path file,
      ComputationGraph frozen,
      Dataset dataset,
      List<ManifestEntry> entries,
      FeatureViews views,
      PhotoDecoder decoder,
      Progress progress)
      throws IOException {
    List<ManifestEntry> originals = originals(entries);
    String fingerprint = FeatureFingerprint.of(frozen, views, originals);
    Optional<Safetensors> found = open(file, fingerprint);
    if (found.isPresent()) {
      return new CachedFeatures(found.get(), originals, views.count());
    }
    try (FeatureComputation computation =
        new FeatureComputation(frozen, dataset, originals, views, decoder, progress)) {
      SafetensorsWriter.write(file, computation.tensors(), Map.of(FINGERPRINT, fingerprint));
    }
    return new CachedFeatures(Safetensors.open(file), originals, views.count());
  }

  /**
   * Checks that features can be kept in a file, before the time to compute them is spent.
   *
   * @throws IllegalArgumentException if there is no place for a file, or it holds other tensors
   * @throws IOException if it cannot be read
   */
  public static void requirePlace(Path file) throws IOException {
    OutputFile.requirePlace(file);
    if (Files.isRegularFile(file) && holdsOtherTensors(file)) {
      throw new IllegalArgumentException(
          "%s holds other tensors than features, which are not overwritten: name another file for the features"
              .formatted(file));
    }
  }

  private static boolean holdsOtherTensors(Path file) throws IOException {
    try {
      return !Safetensors.open(file).metadata().containsKey(FINGERPRINT);
    } catch (WeightsException e) {
      LOG.debug("{} is damaged and will be made anew", file, e);
      return false;
    }
  }

  private static Optional<Safetensors> open(Path file, String fingerprint) throws IOException {
    requirePlace(file);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      Safetensors found = Safetensors.open(file);
      if (fingerprint.equals(found.metadata().get(FINGERPRINT))) {
        return Optional.of(found);
      }
      LOG.info("{} holds features of other photos, views or weights: computing them anew", file);
    } catch (WeightsException e) {
      LOG.warn("{}: computing the features anew", e.getMessage());
    }
    return Optional.empty();
  }

  private static List<ManifestEntry> originals(List<ManifestEntry> entries) {
    Map<String, ManifestEntry> originals = new LinkedHashMap<>();
    entries.stream()
        .filter(entry -> !entry.isCopy())
        // the same file for the same photos, however they are split
        .sorted(Comparator.comparing(ManifestEntry::id))
        .forEach(entry -> originals.put(entry.id(), entry));
    return List.copyOf(originals.values());
  }

  /** The name of a photo's features in one view. */
  static String tensor(String id, int view) {
    return id + "/" + view;
  }

  /** How often each photo was seen. */
  public int views() {
    return views;
  }

  /** Shape of one photo's features: {@code [features]} or {@code [height, width, channels]}. */
  public long[] shape() {
    return shape.clone();
  }

  /** Number of floats of one photo's features. */
  public int length() {
    return (int) Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  /**
   * Copies one photo's features.
   *
   * @param view from 0; taken modulo the number of views
   * @param target receives {@link #length} floats from {@code offset} on
   * @throws IllegalArgumentException if the photo is none of those that were computed
   */
  public void copy(ManifestEntry entry, int view, float[] target, int offset) {
    String id = entry.isCopy() ? entry.source() : entry.id();
    float[] values = file.values(tensor(id, Math.floorMod(view, views)));
    System.arraycopy(values, 0, target, offset, values.length);
  }
}
