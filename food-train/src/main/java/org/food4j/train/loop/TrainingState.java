package org.food4j.train.loop;

import java.io.Serializable;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.train.device.Values;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * All that a training's next step depends on besides its photos: parameters, batch normalisation's
 * statistics among them, the optimiser's state, and the counts of steps and epochs. In Java's own
 * arrays, so that it travels between processes. Immutable.
 */
public final class TrainingState implements Serializable {
  private static final long serialVersionUID = 1L;

  private final float[] parameters;

  /** Of length 0 where the optimiser keeps nothing. */
  private final float[] optimizer;

  private final int steps;
  private final int epochs;

  private TrainingState(float[] parameters, float[] optimizer, int steps, int epochs) {
    this.parameters = parameters;
    this.optimizer = optimizer;
    this.steps = steps;
    this.epochs = epochs;
  }

  /** A graph's state; copied. */
  static TrainingState of(ComputationGraph graph) {
    INDArray state = graph.getUpdater(true).getStateViewArray();
    return new TrainingState(
        Values.read(graph.params()),
        state == null ? new float[0] : Values.read(state),
        graph.getIterationCount(),
        graph.getEpochCount());
  }

  /**
   * Gives a graph this state.
   *
   * @throws IllegalArgumentException if it is another network's, or another optimiser's
   */
  void applyTo(ComputationGraph graph) {
    INDArray state = graph.getUpdater(true).getStateViewArray();
    long kept = state == null ? 0 : state.length();
    if (graph.numParams() != parameters.length || kept != optimizer.length) {
      throw new IllegalArgumentException(
          "The state is of a network of %s parameters and an optimiser of %s values, the graph has %s and %s: all workers need the same version of the library"
              .formatted(parameters.length, optimizer.length, graph.numParams(), kept));
    }
    Values.write(parameters, graph.params());
    if (state != null) {
      Values.write(optimizer, state);
    }
    graph.getConfiguration().setIterationCount(steps);
    graph.getConfiguration().setEpochCount(epochs);
  }

  /**
   * The mean of states after the same number of steps, summed in their order in double precision:
   * the same states give the same bits.
   *
   * @param states at least one, of one network
   */
  static TrainingState mean(List<TrainingState> states) {
    TrainingState first = states.get(0);
    for (TrainingState state : states) {
      if (state.steps != first.steps || state.epochs != first.epochs) {
        throw new IllegalArgumentException(
            "States after %s and %s steps have no mean: all workers make the same steps"
                .formatted(first.steps, state.steps));
      }
    }
    return new TrainingState(
        mean(states.stream().map(state -> state.parameters).toArray(float[][]::new)),
        mean(states.stream().map(state -> state.optimizer).toArray(float[][]::new)),
        first.steps,
        first.epochs);
  }

  private static float[] mean(float[][] arrays) {
    float[] mean = new float[arrays[0].length];
    for (int i = 0; i < mean.length; i++) {
      double sum = 0;
      for (float[] array : arrays) {
        sum += array[i];
      }
      mean[i] = (float) (sum / arrays.length);
    }
    return mean;
  }
}
