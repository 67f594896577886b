package org.food4j.models.layer;

/** What is made of the values in a window. */
public enum Pooling {
  /** The greatest; zeros that pad do not count. */
  MAX,
  /** Their mean; zeros that pad do not count. */
  AVERAGE
}
