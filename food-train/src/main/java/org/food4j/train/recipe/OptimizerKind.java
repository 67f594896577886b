package org.food4j.train.recipe;

/** Which optimiser makes the steps. */
public enum OptimizerKind {
  /** Adam with decoupled weight decay. */
  ADAMW,
  /** Adam with weight decay in the gradient. */
  ADAM,
  /** Gradient descent with momentum and weight decay in the gradient. */
  SGD
}
