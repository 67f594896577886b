package org.food4j.train.run;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.food4j.data.file.AtomicFile;
import org.food4j.data.manifest.Label;
import org.food4j.data.manifest.Labels;
import org.food4j.train.evaluate.AnswerSettings;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.evaluate.PhotoResult;

/**
 * {@code evaluation.json} in a run or cross-validation, beside the {@code labels.json} it needs.
 */
public final class EvaluationFile {
  private EvaluationFile() {}

  /** What of the file the rest follows from. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Answers(
      String split,
      double loss,
      double temperature,
      List<String> labels,
      List<PhotoResult> results) {}

  static void write(Path directory, Evaluation evaluation) throws IOException {
    AtomicFile.write(
        directory.resolve(RunDirectory.EVALUATION),
        RunJson.text(EvaluationDocument.of(evaluation)));
  }

  /** Whether a directory has answers to read. */
  public static boolean isIn(Path directory) {
    return Files.isRegularFile(directory.resolve(RunDirectory.EVALUATION))
        && Files.isRegularFile(directory.resolve(RunDirectory.LABELS));
  }

  /**
   * The answers that a run gave to its test photos, or a cross-validation to all, with the
   * temperature of their probabilities; neither threshold nor suspects.
   *
   * @throws RunException if the directory has none, or they are broken
   */
  public static Evaluation read(Path directory) throws IOException {
    Path file = directory.resolve(RunDirectory.EVALUATION);
    try {
      Labels labels = Labels.fromJson(text(directory, RunDirectory.LABELS));
      Answers answers =
          RunJson.MAPPER.readValue(text(directory, RunDirectory.EVALUATION), Answers.class);
      check(answers, labels);
      return new Evaluation(
          labels,
          answers.split(),
          answers.loss(),
          answers.results(),
          AnswerSettings.ofTemperature(answers.temperature()),
          List.of());
    } catch (JsonProcessingException e) {
      throw new RunException(file, "the file is broken: " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new RunException(file, "the file is broken: " + e.getMessage(), e);
    }
  }

  private static void check(Answers answers, Labels labels) {
    if (answers.split() == null || answers.labels() == null || answers.results() == null) {
      throw new IllegalArgumentException("it has no split, labels or results");
    }
    List<String> names = labels.asList().stream().map(Label::name).toList();
    if (!answers.labels().equals(names)) {
      throw new IllegalArgumentException(
          "its labels %s are not those of %s: %s"
              .formatted(answers.labels(), RunDirectory.LABELS, names));
    }
    for (PhotoResult result : answers.results()) {
      for (int label : result.ranked()) {
        requireLabel(label, result, names.size());
      }
      requireLabel(result.actual(), result, names.size());
    }
  }

  private static void requireLabel(int label, PhotoResult result, int labels) {
    if (label < 0 || label >= labels) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s has label %d of %d labels", result.path(), label, labels));
    }
  }

  private static String text(Path directory, String name) throws IOException {
    try {
      return Files.readString(directory.resolve(name));
    } catch (NoSuchFileException e) {
      throw new RunException(directory, "it lacks the file " + name, e);
    }
  }
}
