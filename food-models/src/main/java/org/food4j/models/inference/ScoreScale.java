package org.food4j.models.inference;

/** What a classifier's output means. */
public enum ScoreScale {
  /** Raw scores, before any softmax. */
  LOGITS,

  /** Shares of 1, after a softmax. Their logarithms are logits, but for a constant. */
  PROBABILITIES
}
