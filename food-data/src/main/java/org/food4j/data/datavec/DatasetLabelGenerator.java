package org.food4j.data.datavec;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import org.datavec.api.io.labels.PathLabelGenerator;
import org.datavec.api.writable.IntWritable;
import org.datavec.api.writable.Writable;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.ManifestEntry;

/**
 * The labels of a prepared data set's photos, for DataVec's {@code ImageRecordReader}: the index in
 * {@code labels.json} as an {@code IntWritable}. The order of the classes is the data set's,
 * whatever photos a reader happens to see; {@code ParentPathLabelGenerator} numbers the folders it
 * met.
 *
 * <p>Immutable, thread-safe and serialisable.
 */
public final class DatasetLabelGenerator implements PathLabelGenerator {
  private static final long serialVersionUID = 1L;

  private final HashMap<String, Integer> labels = new HashMap<>();

  /** Labels of all the data set's photos. */
  public DatasetLabelGenerator(Dataset dataset) {
    for (ManifestEntry entry : dataset.entries()) {
      labels.put(PhotoLocation.of(dataset, entry).toString(), entry.label());
    }
  }

  /**
   * The label of a photo.
   *
   * @param path a file's path, or its URI
   * @throws IllegalArgumentException if the data set does not have the photo
   */
  @Override
  public Writable getLabelForPath(String path) {
    return path.startsWith("file:") ? getLabelForPath(URI.create(path)) : label(Path.of(path));
  }

  /**
   * The label of a photo.
   *
   * @throws IllegalArgumentException if the data set does not have the photo
   */
  @Override
  public Writable getLabelForPath(URI uri) {
    return label(PhotoLocation.of(uri).orElseThrow(() -> unknown(uri)));
  }

  private Writable label(Path path) {
    Integer label = labels.get(path.toAbsolutePath().normalize().toString());
    if (label == null) {
      throw unknown(path);
    }
    return new IntWritable(label);
  }

  private static IllegalArgumentException unknown(Object path) {
    return new IllegalArgumentException(
        "The data set has no photo %s: filter the paths by DatasetPathFilter".formatted(path));
  }

  /** No: the labels are numbers already. */
  @Override
  public boolean inferLabelClasses() {
    return false;
  }
}
