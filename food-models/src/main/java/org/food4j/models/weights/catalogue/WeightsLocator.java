package org.food4j.models.weights.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.food4j.models.weights.Safetensors;
import org.food4j.models.weights.WeightsCard;
import org.food4j.models.weights.WeightsException;
import org.food4j.models.weights.WeightsFile;
import org.food4j.models.weights.keras.KerasWeights;

/** Opens weights by a file's path or by a name of the {@link PublicCatalogue}. Thread-safe. */
public final class WeightsLocator {
  private static final byte[] HDF5 = {(byte) 0x89, 'H', 'D', 'F'};

  private final WeightsCache cache;

  /**
   * @param cache of the public weights
   */
  public WeightsLocator(WeightsCache cache) {
    this.cache = cache;
  }

  /**
   * Opens weights. A file that is there wins over a name. Of a file's format its first bytes tell:
   * HDF5 is Keras', anything else safetensors.
   *
   * @param fileOrName a path, or a name such as {@code resnet50.a1_in1k} or {@code resnet50}
   * @param progress told of a download's bytes
   * @return the file; its card is completed by what the catalogue knows
   * @throws IllegalArgumentException if there is neither such a file nor such a name; the message
   *     lists names like it
   * @throws DownloadException if public weights cannot be had
   * @throws WeightsException if the file is broken
   * @throws IOException if it cannot be read
   */
  public WeightsFile open(String fileOrName, DownloadProgress progress) throws IOException {
    if (path(fileOrName).filter(Files::isRegularFile).isPresent()) {
      return open(Path.of(fileOrName));
    }
    PublicWeights weights =
        PublicCatalogue.find(fileOrName)
            .orElseThrow(() -> new IllegalArgumentException(nothing(fileOrName)));
    WeightsFile file = Safetensors.open(cache.get(weights, progress));
    return new Described(file, file.card().orElse(weights.card()));
  }

  private static Optional<Path> path(String text) {
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.empty(); // then it can only be a name
    }
  }

  /** Why a text is nothing that can be opened. */
  private static String nothing(String text) {
    if (path(text).filter(Files::isDirectory).isPresent()) {
      return "'%s' is a folder: name a file of weights (.safetensors or .h5)".formatted(text);
    }
    if (text.matches(".*([/\\\\]|\\.(safetensors|h5|hdf5|keras|pth?|bin)$).*")) {
      return "There is no file " + text;
    }
    List<String> nearest = PublicCatalogue.nearest(text);
    return "There is neither a file nor public weights '%s'%s; food weights lists the names%s"
        .formatted(
            text,
            PublicCatalogue.absence(text),
            nearest.isEmpty() ? "" : ", such as " + String.join(", ", nearest));
  }

  /**
   * Opens a file.
   *
   * @throws WeightsException if it is broken
   * @throws IOException if it cannot be read
   */
  public static WeightsFile open(Path file) throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(HDF5.length);
    }
    return Arrays.equals(start, HDF5) ? KerasWeights.open(file) : Safetensors.open(file);
  }

  /** A file of which more is known than it says. */
  private record Described(WeightsFile tensors, WeightsCard card) implements WeightsFile {
    @Override
    public Path file() {
      return tensors.file();
    }

    @Override
    public Set<String> names() {
      return tensors.names();
    }

    @Override
    public long[] shape(String name) {
      return tensors.shape(name);
    }

    @Override
    public float[] values(String name) throws IOException {
      return tensors.values(name);
    }
  }
}
