package org.food4j.data.datavec;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.datavec.api.io.filters.PathFilter;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.Split;

/**
 * Of a folder's files, those that a prepared data set has in one split: a DataVec {@code
 * PathFilter} for {@code FileSplit.sample}. What comes out is balanced as the data set is,
 * over-sampled photos as often as in the manifest, and leaves out what the preparation rejected:
 * damaged files, duplicates, photos with contradicting labels.
 *
 * <p>DataVec's own {@code BalancedPathFilter} levels the classes too, but to the smallest one at
 * most; it tells photos by their extension, so that a damaged one stops the training, and knows
 * nothing of duplicates: cut into parts by {@code sample}'s weights, the same dish may be trained
 * on and tested with.
 *
 * <p>Immutable and thread-safe. Photos in the order given, then the copies.
 */
public final class DatasetPathFilter implements PathFilter {
  private final Map<Path, Integer> times = new HashMap<>();

  /**
   * @param dataset decides what is used
   * @param split the part to let pass
   */
  public DatasetPathFilter(Dataset dataset, Split split) {
    for (ManifestEntry entry : dataset.entries(split)) {
      times.merge(PhotoLocation.of(dataset, entry), 1, Integer::sum);
    }
  }

  /**
   * The paths of the split's photos, each as often as the data set has it.
   *
   * @param paths files; others than the data set's are left out, and a path given twice counts once
   */
  @Override
  public URI[] filter(URI[] paths) {
    Map<Path, Integer> left = new HashMap<>(times);
    List<URI> kept = new ArrayList<>();
    List<URI> copies = new ArrayList<>();
    for (URI uri : paths) {
      PhotoLocation.of(uri)
          .map(left::remove)
          .ifPresent(
              count -> {
                kept.add(uri);
                for (int n = 1; n < count; n++) {
                  copies.add(uri);
                }
              });
    }
    kept.addAll(copies);
    return kept.toArray(URI[]::new);
  }
}
