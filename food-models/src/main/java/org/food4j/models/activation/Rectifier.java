package org.food4j.models.activation;

import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationReLU;

/** Recognises max(x, 0), which other operations can apply in passing. */
public final class Rectifier {
  private Rectifier() {}

  /** Whether a function is ND4J's rectifier without slope, threshold or maximum. */
  public static boolean is(IActivation function) {
    return function.getClass() == ActivationReLU.class
        && isZero(((ActivationReLU) function).getNegativeSlope())
        && isZero(((ActivationReLU) function).getThreshold())
        && ((ActivationReLU) function).getMax() == null;
  }

  private static boolean isZero(Double setting) {
    return setting == null || setting == 0;
  }
}
