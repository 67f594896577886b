package org.food4j.train.loop;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.data.scan.Progress;
import org.food4j.models.graph.GraphCut;
import org.food4j.train.evaluate.Scores;
import org.nd4j.linalg.dataset.DataSet;

/**
 * A network on photos, of which each epoch trains what lies behind the border of {@link
 * Unfreezing}. What lies below it infers: it has no backward pass and no dropout, and its
 * batch-norm statistics stay as they are.
 */
final class UnfreezingMaterial implements BatchMaterial {
  private final ComputationGraph whole;
  private final PhotoMaterial photos;
  private final Unfreezing unfreezing;

  /** Where the trained graph begins; empty before the first epoch too. */
  private Optional<String> border = Optional.empty();

  private Optional<GraphCut> cut = Optional.empty();
  private Optional<ComputationGraph> below = Optional.empty();
  private ComputationGraph trained;

  /**
   * @param whole with the weights that the training starts from
   * @param photos of the whole network, closed by this
   */
  UnfreezingMaterial(ComputationGraph whole, PhotoMaterial photos, Unfreezing unfreezing) {
    this.whole = whole;
    this.photos = photos;
    this.unfreezing = unfreezing;
    trained = whole;
  }

  /** The part that the epoch trains. */
  @Override
  public ComputationGraph graph() {
    return trained;
  }

  @Override
  public void startEpoch(int epoch) {
    startGraph(epoch);
    photos.startEpoch(epoch);
  }

  @Override
  public void startGraph(int epoch) {
    Optional<String> next = unfreezing.border(epoch);
    if (!next.equals(border)) {
      moveTo(next);
    }
  }

  private void moveTo(Optional<String> next) {
    bringTogether();
    ComputationGraph before = trained;
    border = next;
    cut = next.map(vertex -> new GraphCut(whole, vertex));
    below = cut.map(GraphCut::lower);
    trained = cut.map(GraphCut::upper).orElse(whole);
    OptimizerState.carry(before, trained);
    trained.setListeners(List.copyOf(before.getListeners()));
  }

  @Override
  public List<String> changes(int epoch) {
    List<String> changes = new ArrayList<>(photos.changes(epoch));
    unfreezing.change(epoch).ifPresent(changes::add);
    return changes;
  }

  /** Writes what was trained into the whole network. */
  private void bringTogether() {
    cut.ifPresent(parts -> parts.restore(trained));
  }

  @Override
  public boolean hasNext() {
    return photos.hasNext();
  }

  @Override
  public DataSet next() {
    DataSet batch = photos.next();
    return below
        .map(
            graph -> new DataSet(graph.outputSingle(false, batch.getFeatures()), batch.getLabels()))
        .orElse(batch);
  }

  @Override
  public Scores validate(Progress progress) {
    bringTogether();
    return photos.validate(progress);
  }

  /** Keeps the whole network as it is now, at the step that the training is at. */
  void keepBest(CheckpointStore store) throws IOException {
    bringTogether();
    whole.getConfiguration().setIterationCount(trained.getConfiguration().getIterationCount());
    whole.getConfiguration().setEpochCount(trained.getConfiguration().getEpochCount());
    store.saveBest(whole);
  }

  @Override
  public void close() {
    photos.close();
  }
}
