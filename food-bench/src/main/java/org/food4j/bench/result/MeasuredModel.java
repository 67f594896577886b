package org.food4j.bench.result;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.food4j.models.inference.ExecutionProvider;
import org.food4j.models.inference.ForeignModel;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.evaluate.Scores;

/**
 * A model in one form and one runtime, with all that was measured of it.
 *
 * @param source the name of the {@link Source} that says where
 * @param name the file's or run's, with as much of its path as tells it from the others
 * @param path of the file or run directory, absolute
 * @param sha256 of the file, of a run of its best checkpoint
 * @param provider what ONNX Runtime was told to compute on; CPU for a run
 * @param said what its file did not say itself; nothing of runs and of files with a card
 * @param runtime what computed, in a few words
 * @param form {@code "dl4j"} or {@code "onnx float32"}, for example
 * @param bytes the size of the file, of a run of its best checkpoint
 * @param load how long opening took in each round, the start of the runtime included where a round
 *     is a process of its own
 * @param batches by ascending size, at least one
 * @param scores logits of the photos
 * @param answers the same, ranked
 */
public record MeasuredModel(
    String source,
    String name,
    Path path,
    String sha256,
    ExecutionProvider provider,
    ForeignModel said,
    String runtime,
    String form,
    long bytes,
    Samples load,
    List<BatchTimes> batches,
    Scores scores,
    Evaluation answers) {
  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if there is no batch size
   */
  public MeasuredModel {
    batches = List.copyOf(batches);
    if (batches.isEmpty()) {
      throw new IllegalArgumentException("No batch size was measured of " + name);
    }
  }

  /** The times of that batch size, if it was measured. */
  public Optional<BatchTimes> batch(int size) {
    return batches.stream().filter(each -> each.batch() == size).findFirst();
  }

  /** The same model, measured elsewhere. */
  public MeasuredModel of(String otherSource) {
    return new MeasuredModel(
        otherSource,
        name,
        path,
        sha256,
        provider,
        said,
        runtime,
        form,
        bytes,
        load,
        batches,
        scores,
        answers);
  }

  /** Whether another is the same model in the same runtime, whatever its file holds by now. */
  public boolean isSameSubject(MeasuredModel other) {
    return path.equals(other.path) && provider == other.provider;
  }
}
