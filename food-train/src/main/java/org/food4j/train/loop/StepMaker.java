package org.food4j.train.loop;

import java.io.IOException;
import java.util.List;

/** Makes an epoch's steps, one after another or several at once. */
interface StepMaker {
  /**
   * Makes the next steps; the epoch has some left.
   *
   * @return in order; at least one
   */
  List<GradientStep.Made> make() throws IOException;
}
