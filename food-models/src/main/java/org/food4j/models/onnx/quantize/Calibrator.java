package org.food4j.models.onnx.quantize;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Chooses how much of an activation's range the integers cover. Whichever it is, a tensor that only
 * a sigmoid reads is covered from -8 to 8 at most, and one that only a SiLU reads from -8: beyond,
 * the function's value hardly changes, and integers there would be wasted.
 */
public enum Calibrator {
  /**
   * All of it: nothing is clipped but what a sigmoid or SiLU flattens anyway, and one outlier makes
   * every step coarse.
   */
  MINMAX {
    @Override
    Range range(ActivationHistogram activations, Response response, int levels) {
      return response.effective(activations.range());
    }
  },
  /**
   * Where the quantised distribution tells least from the measured one (Kullback-Leibler
   * divergence; Migacz 2017, "8-bit Inference with TensorRT").
   */
  ENTROPY {
    @Override
    Range range(ActivationHistogram activations, Response response, int levels) {
      return response.effective(new EntropySearch(activations, levels).range());
    }
  },
  /** All but the {@value #CLIPPED} of the numbers that are largest in magnitude. */
  PERCENTILE {
    @Override
    Range range(ActivationHistogram activations, Response response, int levels) {
      return response.effective(clipped(activations, CLIPPED));
    }
  },
  /**
   * Where the mean squared error of clipping and rounding is least, behind the activation function
   * if one follows.
   */
  MSE {
    @Override
    Range range(ActivationHistogram activations, Response response, int levels) {
      return new SquaredErrorSearch(activations, response, levels).range();
    }
  };

  /** The share of numbers that {@link #PERCENTILE} clips: the 99.99th percentile stays. */
  static final double CLIPPED = 1e-4;

  /**
   * The range to cover.
   *
   * @param response to the tensor
   * @param levels how many integers there are, 256
   */
  abstract Range range(ActivationHistogram activations, Response response, int levels);

  /** The name on the command line: {@code minmax}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The calibrator of that name.
   *
   * @throws IllegalArgumentException for any other name
   */
  public static Calibrator of(String key) {
    List<Calibrator> all = Arrays.asList(values());
    return all.stream()
        .filter(calibrator -> calibrator.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no calibrator '%s': use %s"
                        .formatted(
                            key,
                            all.stream().map(Calibrator::key).collect(Collectors.joining(", ")))));
  }

  /** The range without a share of the numbers, the largest in magnitude. */
  static Range clipped(ActivationHistogram activations, double share) {
    long outside = (long) (share * activations.count());
    int bin = ActivationHistogram.BINS;
    while (bin > 1) {
      outside -= activations.in(true, bin - 1) + activations.in(false, bin - 1);
      if (outside < 0) {
        break;
      }
      bin--;
    }
    double magnitude = activations.width() * bin;
    return activations.range().within((float) -magnitude, (float) magnitude);
  }
}
