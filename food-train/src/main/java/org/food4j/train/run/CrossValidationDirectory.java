package org.food4j.train.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.food4j.data.file.AtomicFile;
import org.food4j.data.file.Csv;
import org.food4j.data.file.OutputDirectory;
import org.food4j.data.manifest.Dataset;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.evaluate.SuspectedLabels;
import org.food4j.train.loop.CrossValidation;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.RecipeFile;

/**
 * What a cross-validation leaves behind: {@code recipe.yaml}, {@code provenance.json}, {@code
 * labels.json} and {@code evaluation.json} as a run's, the answers being to every photo, each by
 * the network that was not trained on it; and {@code suspected_labels.csv} ({@code path, label,
 * suggested, confidence, self_confidence, confident}), the most doubtful first.
 */
public final class CrossValidationDirectory {
  /** What {@code evaluation.json} calls the photos that were answered. */
  public static final String SPLIT = "held out";

  /** The file of the photos whose label is doubted. */
  public static final String SUSPECTS = "suspected_labels.csv";

  private static final List<String> COLUMNS =
      List.of("path", "label", "suggested", "confidence", "self_confidence", "confident");

  private CrossValidationDirectory() {}

  /**
   * Checks that a directory can be written, before hours are spent on its content.
   *
   * @throws IllegalArgumentException if it holds anything
   */
  public static void requireFree(Path directory) throws IOException {
    if (!OutputDirectory.isFree(directory)) {
      throw new IllegalArgumentException(
          directory + " is not empty; name another directory, nothing is overwritten");
    }
  }

  /**
   * Writes all files beside, and moves them into place together; into a directory that is there
   * already one after the other, the answers last.
   *
   * @param network facts of where the network comes from, for {@code provenance.json}
   * @return the photos whose label is doubted, as in {@code suspected_labels.csv}
   * @throws IllegalArgumentException if the directory holds anything
   */
  public static List<SuspectedLabels.Suspect> write(
      Path directory,
      Recipe recipe,
      Dataset dataset,
      CrossValidation.Result result,
      Map<String, String> network)
      throws IOException {
    requireFree(directory);
    Evaluation evaluation = Evaluation.of(result.scores(), SPLIT, 1).withSuspects(result.scores());
    Path target = directory.toAbsolutePath().normalize();
    if (Files.exists(target)) {
      write(target, recipe, dataset, evaluation, network); // it may be a mount, not to be moved
    } else {
      Path beside =
          target.resolveSibling(".%s.%s.tmp".formatted(target.getFileName(), UUID.randomUUID()));
      write(beside, recipe, dataset, evaluation, network);
      Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
    }
    return evaluation.suspects();
  }

  private static void write(
      Path directory,
      Recipe recipe,
      Dataset dataset,
      Evaluation evaluation,
      Map<String, String> network)
      throws IOException {
    Files.createDirectories(directory);
    AtomicFile.write(directory.resolve(RunDirectory.RECIPE), RecipeFile.write(recipe));
    AtomicFile.write(directory.resolve(RunDirectory.LABELS), dataset.labels().toJson());
    AtomicFile.write(
        directory.resolve(RunDirectory.PROVENANCE),
        RunJson.text(Provenance.of(dataset, recipe.seed(), network).facts()));
    AtomicFile.write(directory.resolve(SUSPECTS), csv(evaluation.suspects()));
    EvaluationFile.write(directory, evaluation);
  }

  private static String csv(List<SuspectedLabels.Suspect> suspects) {
    List<List<String>> rows = new ArrayList<>(List.of(COLUMNS));
    for (SuspectedLabels.Suspect suspect : suspects) {
      rows.add(
          List.of(
              suspect.path(),
              suspect.label().name(),
              suspect.suggested().name(),
              String.format(Locale.ROOT, "%.4f", suspect.confidence()),
              String.format(Locale.ROOT, "%.4f", suspect.selfConfidence()),
              String.valueOf(suspect.confident())));
    }
    return Csv.write(rows);
  }
}
