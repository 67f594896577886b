package org.food4j.data.synthetic;

/** One class of dishes. Implementations keep no state. */
interface Dish {
  /** The class folder's name. */
  String name();

  /** How low and how high the camera may stand, as {@link Camera#tilt}. */
  double lowestTilt();

  double highestTilt();

  /** How high the dish rises over the table, in table units. */
  double height();

  /** Paints the dish, with what it lies on, into the unit disc; chooses anew on every call. */
  void paint(Canvas canvas);
}
