package org.food4j.models.weights.keras;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What a data set is to its layer. */
enum KerasParameter {
  KERNEL("kernel", "W") {
    @Override
    INDArray turned(INDArray values) {
      return switch (values.rank()) {
        case 2 -> values.transpose();
        case 4 -> values.permute(3, 2, 0, 1);
        default ->
            throw new IllegalArgumentException(
                "a kernel is [in, out] or [height, width, in, out], not "
                    + Arrays.toString(values.shape()));
      };
    }
  },
  BIAS("bias", "b"),
  GAMMA("gamma"),
  BETA("beta"),
  MOVING_MEAN("moving_mean", "running_mean"),
  MOVING_VARIANCE("moving_variance", "running_std");

  /** A number that keeps names apart, and the index of an output: what follows the role. */
  private static final Pattern ENDING = Pattern.compile("(_\\d+)?(:\\d+)?$");

  private final List<String> names;

  KerasParameter(String... names) {
    this.names = List.of(names);
  }

  /** What a data set's name says: the role, perhaps after the layer's name. */
  static Optional<KerasParameter> of(String dataSet) {
    String plain = ENDING.matcher(dataSet).replaceFirst("");
    return Arrays.stream(values())
        .filter(p -> p.names.stream().anyMatch(n -> plain.equals(n) || plain.endsWith("_" + n)))
        .findFirst();
  }

  /** All names that are known. */
  static List<String> suffixes() {
    return Arrays.stream(values()).flatMap(p -> p.names.stream()).toList();
  }

  /** The name in the newer files. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Keras' values in PyTorch's shape.
   *
   * @throws IllegalArgumentException if they have another number of axes than such a parameter
   */
  INDArray turned(INDArray values) {
    if (values.rank() != 1) {
      throw new IllegalArgumentException(
          "a " + key() + " is a vector, not " + Arrays.toString(values.shape()));
    }
    return values;
  }
}
