package org.food4j.models.activation;

import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;

/** Recognises functions that other operations apply in passing, or not at all. */
public final class KnownFunctions {
  private KnownFunctions() {}

  /** Whether a function is ND4J's identity. */
  public static boolean isIdentity(IActivation function) {
    return function.getClass() == ActivationIdentity.class;
  }

  /** Whether a function is max(x, 0): ND4J's rectifier without slope, threshold or maximum. */
  public static boolean isRectifier(IActivation function) {
    return function instanceof ActivationReLU relu
        && isUnbounded(relu)
        && isZero(relu.getNegativeSlope());
  }

  /** Whether a rectifier, leaky or not, bends at 0 and nowhere else. */
  public static boolean isUnbounded(ActivationReLU function) {
    return function.getClass() == ActivationReLU.class
        && isZero(function.getThreshold())
        && function.getMax() == null;
  }

  private static boolean isZero(Double setting) {
    return setting == null || setting == 0;
  }
}
