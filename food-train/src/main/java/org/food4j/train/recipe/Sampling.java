package org.food4j.train.recipe;

import org.food4j.data.batch.EpochOrder;

/** Which photos an epoch of training draws. */
public enum Sampling {
  /** Every training photo once, over-sampled copies too: {@link EpochOrder#SHUFFLED}. */
  NATURAL(EpochOrder.SHUFFLED),
  /** Every class equally often, copies left out: {@link EpochOrder#CLASS_BALANCED}. */
  CLASS_BALANCED(EpochOrder.CLASS_BALANCED);

  private final EpochOrder order;

  Sampling(EpochOrder order) {
    this.order = order;
  }

  /** The order of the batches' photos. */
  public EpochOrder order() {
    return order;
  }
}
