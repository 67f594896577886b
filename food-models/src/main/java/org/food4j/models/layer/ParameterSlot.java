package org.food4j.models.layer;

/**
 * A parameter of a layer, in the order in which the layer's part of the network's parameter vector
 * holds them.
 *
 * @param key DL4J's name
 * @param shape row-major in the vector
 */
record ParameterSlot(String key, Role role, long... shape) {
  /** What a parameter does, which decides how it starts and whether it decays. */
  enum Role {
    /** Multiplies inputs; initialised by the layer's weight initialisation. */
    WEIGHT,
    /** Added; starts at 0. */
    BIAS,
    /** Multiplies normalised values; starts at 1. */
    SCALE,
    /** Added to normalised values; starts at 0. */
    SHIFT,
    /** A running mean, which starts at 0; no gradient learns it. */
    MEAN,
    /** A running variance, which starts at 1; no gradient learns it. */
    VARIANCE;

    boolean isStatistic() {
      return this == MEAN || this == VARIANCE;
    }

    double initial() {
      return this == SCALE || this == VARIANCE ? 1 : 0;
    }
  }

  long length() {
    long length = 1;
    for (long size : shape) {
      length *= size;
    }
    return length;
  }
}
