package org.food4j.train.loop;

import java.io.IOException;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.food4j.data.scan.Progress;
import org.food4j.train.device.Replicas;
import org.food4j.train.evaluate.Scores;
import org.food4j.train.recipe.Recipe;

/**
 * A whole network whose steps are made by workers elsewhere, and averaged here. It is judged here,
 * too.
 */
final class RoundMaterial implements TrainingMaterial {
  private final PhotoMaterial photos;
  private final RoundRunner workers;
  private final int frequency;
  private final int stepsPerEpoch;
  private int epoch;
  private int done;

  /**
   * @param photos that the network is validated on; closed by this
   */
  RoundMaterial(PhotoMaterial photos, RoundRunner workers, int frequency, int stepsPerEpoch) {
    this.photos = photos;
    this.workers = workers;
    this.frequency = frequency;
    this.stepsPerEpoch = stepsPerEpoch;
  }

  @Override
  public ComputationGraph graph() {
    return photos.graph();
  }

  @Override
  public void startEpoch(int epoch) {
    this.epoch = epoch;
    done = 0;
  }

  @Override
  public List<String> changes(int epoch) {
    return photos.changes(epoch);
  }

  @Override
  public boolean hasNext() {
    return done < stepsPerEpoch;
  }

  @Override
  public StepMaker stepMaker(Recipe recipe, Replicas replicas) {
    return this::round;
  }

  /**
   * Between two averages; the listeners are told of its last step, which is the graph's own. Steps
   * that diverged are given back without an average: a worker whose step was left out has no state
   * that the others' could be averaged with.
   */
  private List<GradientStep.Made> round() throws IOException {
    ComputationGraph graph = graph();
    int steps = Math.min(frequency, stepsPerEpoch - done);
    List<WorkerRound> rounds = workers.round(TrainingState.of(graph), epoch, done, steps);
    done += steps;
    List<GradientStep.Made> made = WorkerRound.together(rounds);
    if (!made.stream().allMatch(GradientStep.Made::isFinite)) {
      return made;
    }
    TrainingState.mean(rounds.stream().map(WorkerRound::after).toList()).applyTo(graph);
    graph.setScore(made.get(made.size() - 1).meanLoss());
    for (TrainingListener listener : graph.getListeners()) {
      listener.iterationDone(graph, graph.getIterationCount() - 1, graph.getEpochCount());
    }
    return made;
  }

  @Override
  public Scores validate(Progress progress) {
    return photos.validate(progress);
  }

  @Override
  public void close() {
    photos.close();
  }
}
