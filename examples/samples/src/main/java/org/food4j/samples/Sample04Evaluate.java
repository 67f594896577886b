package org.food4j.samples;

import java.io.IOException;
import java.nio.file.Path;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Label;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.scan.Progress;
import org.food4j.train.evaluate.Confusion;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.evaluate.Interval;
import org.food4j.train.run.TrainedModel;

/**
 * 04: how good a model is on photos that it has never seen, how sure that is, and what it takes for
 * what.
 */
public final class Sample04Evaluate {
  private Sample04Evaluate() {}

  /**
   * @param arguments a folder and settings, or nothing
   */
  public static void main(String[] arguments) throws IOException {
    SampleFolder folder = SampleFolder.of(arguments);
    Evaluation evaluation = evaluate(folder.run().path(), folder.dataset());

    // Eighty photos tell little: the interval says how little. Two models whose intervals overlap
    // may still differ, which McNemar's test on the same photos tells (McNemar.of).
    Interval top1 = evaluation.top1Interval();
    System.out.printf(
        "top-1 %.1f %%, 95 %% interval %.1f to %.1f, on %d photos%n",
        100 * evaluation.top1(), 100 * top1.low(), 100 * top1.high(), evaluation.photos());
    Interval f1 = evaluation.macroF1Interval();
    System.out.printf(
        "macro F1 %.3f, 95 %% interval %.3f to %.3f%n",
        evaluation.macro().f1(), f1.low(), f1.high());
    print(evaluation);
    System.out.println("Most often mistaken:");
    Confusion.of(evaluation).stream()
        .limit(3)
        .forEach(
            pair ->
                System.out.printf(
                    "  %s for %s: %d of %d%n",
                    pair.actual().displayName(),
                    pair.predicted().displayName(),
                    pair.photos(),
                    pair.of()));
  }

  /** Asks a model, a run directory or an ONNX file, about the data set's test photos. */
  public static Evaluation evaluate(Path model, Dataset dataset) throws IOException {
    // region: evaluate
    try (TrainedModel trained = TrainedModel.open(model)) {
      return trained.evaluate(dataset, dataset.heldOut(), new NativePhotoDecoder(), Progress.NONE);
    }
    // end region
  }

  /** The confusion matrix: a row for each true class, a column for each answer. */
  private static void print(Evaluation evaluation) {
    int[][] matrix = evaluation.confusion();
    for (Label actual : evaluation.labels()) {
      StringBuilder row = new StringBuilder("%-14s".formatted(actual.displayName()));
      for (int photos : matrix[actual.index()]) {
        row.append(photos == 0 ? "   ." : "%4d".formatted(photos));
      }
      System.out.println(row);
    }
  }
}
