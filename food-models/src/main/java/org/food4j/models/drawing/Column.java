package org.food4j.models.drawing;

/** Where a vertex stands in the picture. */
enum Column {
  /** On the longest way through its block. */
  MAIN,

  /** On a shortcut: left. */
  SHORTCUT,

  /** On the way to attention's factors: right. */
  BRANCH
}
