package org.food4j.train.recipe;

import org.food4j.data.split.ClassWeights;

/** How the loss weighs the classes. */
public enum ClassWeighting {
  /** All alike. */
  NONE {
    @Override
    public ClassWeights weights(double beta, int... counts) {
      return ClassWeights.equal(counts.length);
    }
  },
  /** {@link ClassWeights#inverse}. */
  INVERSE {
    @Override
    public ClassWeights weights(double beta, int... counts) {
      return ClassWeights.inverse(counts);
    }
  },
  /** {@link ClassWeights#effective}. */
  EFFECTIVE {
    @Override
    public ClassWeights weights(double beta, int... counts) {
      return ClassWeights.effective(beta, counts);
    }
  };

  /**
   * The weights of classes.
   *
   * @param beta of {@link ClassWeights#effective}, otherwise without influence
   * @param counts photos of each class that an epoch draws, in the labels' order
   * @throws IllegalArgumentException if a class without photos would need a weight
   */
  public abstract ClassWeights weights(double beta, int... counts);
}
