package org.food4j.train.loop;

import java.io.IOException;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** What keeps the best epoch. */
interface BestKeeper {
  /** Keeps a graph's present weights in place of those of an earlier epoch. */
  void keep(ComputationGraph graph) throws IOException;
}
