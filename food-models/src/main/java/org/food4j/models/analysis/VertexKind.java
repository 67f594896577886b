package org.food4j.models.analysis;

import java.util.Locale;

/** What a vertex of a network does, as a reader of its graph asks. */
public enum VertexKind {
  /** A convolution, with the normalisation and function that belong to it. */
  CONVOLUTION,

  /** Weighs values by other values of the same photo, or computes the weights. */
  ATTENTION,

  /** Makes one value of several places. */
  POOLING,

  /** Adds a residual branch to its shortcut. */
  ADDITION,

  /** A linear layer. */
  LINEAR,

  /** Anything else: normalisation, function, dropout, another shape for the same values. */
  OTHER;

  /** The name in files. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
