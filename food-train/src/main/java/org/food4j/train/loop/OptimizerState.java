package org.food4j.train.loop;

import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.GradientUpdater;

/** What an optimiser keeps of past gradients, parameter by parameter. */
final class OptimizerState {
  /** A parameter's name. */
  record Place(String layer, String parameter) {}

  private OptimizerState() {}

  /**
   * Gives a graph the counts of steps and epochs of another one, and the optimiser's state of the
   * parameters that both have. The others' starts at 0.
   */
  static void carry(ComputationGraph from, ComputationGraph to) {
    to.getConfiguration().setIterationCount(from.getIterationCount());
    to.getConfiguration().setEpochCount(from.getEpochCount());
    if (from == to || from.getUpdater(false) == null) {
      return; // nothing new, or no step made yet
    }
    Map<Place, Map<String, INDArray>> kept = of(from);
    of(to)
        .forEach(
            (place, state) -> {
              Map<String, INDArray> values = kept.getOrDefault(place, Map.of());
              state.forEach(
                  (name, target) -> {
                    if (values.containsKey(name)) {
                      target.assign(values.get(name));
                    } else {
                      target.assign(0);
                    }
                  });
            });
  }

  /** Views of the state. DL4J keeps it in one array per run of layers with equal optimisers. */
  static Map<Place, Map<String, INDArray>> of(ComputationGraph graph) {
    Map<Place, Map<String, INDArray>> states = new HashMap<>();
    for (UpdaterBlock block : graph.getUpdater(true).getUpdaterBlocks()) {
      if (block.getUpdaterView() == null) {
        continue; // statistics, which no optimiser moves
      }
      GradientUpdater<?> updater = block.getGradientUpdater();
      Map<String, INDArray> arrays = updater.getState();
      for (UpdaterBlock.ParamState parameter : block.getLayersAndVariablesInBlock()) {
        long start = parameter.getParamOffsetStart() - (long) block.getParamOffsetStart();
        long end = parameter.getParamOffsetEnd() - (long) block.getParamOffsetStart();
        Map<String, INDArray> views = new HashMap<>();
        arrays.forEach(
            (name, array) -> views.put(name, array.get(NDArrayIndex.interval(start, end))));
        states.put(
            new Place(parameter.getLayer().getConfig().getLayerName(), parameter.getParamName()),
            views);
      }
    }
    return states;
  }
}
