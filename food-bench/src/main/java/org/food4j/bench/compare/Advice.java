package org.food4j.bench.compare;

import java.util.List;
import org.food4j.bench.result.Ratio;

/** What to do with a model, given the reference. */
public enum Advice {
  /** Faster at some batch size, slower at none, and no loss of accuracy that counts. */
  USE,
  /** Faster at some batch sizes, slower at others, and no loss of accuracy that counts. */
  USE_WHERE_FASTER,
  /** Faster, and significantly less accurate: the speed has its price. */
  WEIGH,
  /** Faster or much smaller; the photos are too few to tell whether more than a point is lost. */
  MEASURE_MORE,
  /** No batch size is common to both: nothing can be said about speed. */
  MEASURE_SPEED,
  /** Not faster, nor much slower, but much smaller, and no loss of accuracy that counts. */
  FOR_SIZE,
  /** Significantly more accurate, and not faster. */
  FOR_ACCURACY,
  /** Nothing that matters is different. */
  EITHER,
  /** Slower, or less accurate, and nothing in return. */
  DO_NOT;

  /** A loss of top-1 that nobody misses, where it is not significant. */
  public static final double SMALL_LOSS = 0.01;

  /** A file so much smaller than the reference's is worth having. */
  public static final double SMALL_FILE = 0.75;

  /** What takes longer by this factor, over all batch sizes, is not worth a smaller file. */
  public static final double MUCH_SLOWER = 2;

  /** Differences of speed below one per cent are none. */
  private static final double LEAST = 1.01;

  /** Whether the samples show that a model is faster. */
  public static boolean isFaster(Ratio speedup) {
    return speedup.clear() && speedup.value() >= LEAST;
  }

  /** Whether the samples show that a model is slower. */
  public static boolean isSlower(Ratio speedup) {
    return isFaster(speedup.inverse());
  }

  /** The advice that a comparison's figures give. */
  public static Advice of(Comparison comparison) {
    List<Ratio> speedups = comparison.speedups().stream().map(Comparison.Speedup::ratio).toList();
    if (speedups.isEmpty()) {
      return MEASURE_SPEED;
    }
    boolean faster = speedups.stream().anyMatch(Advice::isFaster);
    boolean slower = speedups.stream().anyMatch(Advice::isSlower);
    double gain = comparison.accuracy().difference();
    boolean significant = comparison.accuracy().significant();
    if (significant && gain < 0) {
      return faster ? WEIGH : DO_NOT;
    }
    if (faster && !significant && gain < -SMALL_LOSS) {
      return MEASURE_MORE;
    }
    if (faster) {
      return slower ? USE_WHERE_FASTER : USE;
    }
    if (significant) {
      return FOR_ACCURACY;
    }
    boolean muchSlower = isMuchSlower(speedups);
    if (comparison.sizeRatio() <= SMALL_FILE && !muchSlower) {
      return gain < -SMALL_LOSS ? MEASURE_MORE : FOR_SIZE;
    }
    return slower || gain < -SMALL_LOSS ? DO_NOT : EITHER;
  }

  /**
   * Whether the geometric mean shows it, in which a batch size counts as no slower where samples do
   * not bear out that it is: noise says nothing against a smaller file.
   */
  private static boolean isMuchSlower(List<Ratio> speedups) {
    double logarithm =
        speedups.stream()
            .mapToDouble(speedup -> speedup.clear() ? Math.log(speedup.value()) : 0)
            .average()
            .orElse(0);
    return logarithm < -Math.log(MUCH_SLOWER);
  }
}
