package org.food4j.models.kernel;

import java.util.Locale;

/**
 * In which numbers training multiplies. Parameters, activations, sums and gradients are float32 in
 * either: products alone are cheaper in the other (Micikevicius et al. 2018, arXiv 1710.03740,
 * section 3.1).
 */
public enum Precision {
  /** 24 bits of precision. */
  FLOAT32,

  /**
   * Eight bits of precision and the range of float32, so that no loss needs scaling (Kalamkar et
   * al. 2019, arXiv 1905.12322): convolutions round what they multiply, and sum in float32.
   */
  BFLOAT16;

  /** The name in files and on the command line. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
