package org.food4j.models.drawing;

import java.util.List;
import org.food4j.models.analysis.StageCosts;

/**
 * A stage's part of the picture.
 *
 * @param top upper edge
 * @param bottom lower edge
 * @param frames around its numbered blocks
 */
record Band(StageCosts stage, double top, double bottom, List<Frame> frames) {
  Band {
    frames = List.copyOf(frames);
  }

  /**
   * Around a block.
   *
   * @param top upper edge
   * @param bottom lower edge
   */
  record Frame(Block block, double top, double bottom) {}
}
