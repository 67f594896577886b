package org.food4j.train.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.food4j.train.evaluate.Interval;
import org.food4j.train.evaluate.McNemar;
import org.food4j.train.evaluate.PhotoResult;

/**
 * What {@code evaluation.json} says of the figures that runs are compared by.
 *
 * @param split {@code "test"}, or {@code "validation"} where there were no test photos
 * @param loss mean cross-entropy in nats
 * @param top5 share of the photos whose label is among the five that scored highest, 0 to 1
 * @param macroF1 mean F1 of the classes, 0 to 1
 * @param labels names of the classes, in the order of the model's outputs
 * @param results one per photo, in the manifest's order
 */
public record StoredEvaluation(
    String split,
    double loss,
    double top5,
    double macroF1,
    List<String> labels,
    List<PhotoResult> results) {
  private static final ObjectReader RESULT =
      RunJson.MAPPER
          .readerFor(PhotoResult.class)
          .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if there is no photo
   */
  public StoredEvaluation {
    labels = List.copyOf(labels);
    results = List.copyOf(results);
    if (results.isEmpty()) {
      throw new IllegalArgumentException("An evaluation is one of at least one photo");
    }
  }

  /**
   * The content of a file.
   *
   * @param file for messages
   * @throws RunException if it is broken
   */
  static StoredEvaluation parse(Path file, String json) throws RunException {
    try {
      JsonNode document = RunJson.MAPPER.readTree(json);
      List<String> labels = new ArrayList<>();
      for (JsonNode label : document.required("labels")) {
        labels.add(label.asText());
      }
      List<PhotoResult> results = new ArrayList<>();
      for (JsonNode result : document.required("results")) {
        results.add(RESULT.readValue(RunJson.MAPPER.writeValueAsString(result)));
      }
      return new StoredEvaluation(
          document.required("split").asText(),
          document.required("loss").asDouble(),
          document.required("top5").asDouble(),
          document.required("macro_f1").asDouble(),
          labels,
          results);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new RunException(file, "not an evaluation: " + e.getMessage(), e);
    }
  }

  /** How many photos were answered. */
  public int photos() {
    return results.size();
  }

  /** How many photos' label scored highest. */
  public int correct() {
    return (int) results.stream().filter(PhotoResult::correct).count();
  }

  /** Share of the photos whose label scored highest, 0 to 1. */
  public double top1() {
    return (double) correct() / photos();
  }

  /** 95 % Wilson interval of {@link #top1}. */
  public Interval top1Interval() {
    return Interval.wilson(correct(), photos());
  }

  /** Whether another is about the same photos of the same classes, in the same order. */
  public boolean hasPhotosOf(StoredEvaluation other) {
    return split.equals(other.split)
        && labels.equals(other.labels)
        && questions().equals(other.questions());
  }

  private List<String> questions() {
    return results.stream().map(each -> each.actual() + " " + each.path()).toList();
  }

  /**
   * Compares the answers with another model's.
   *
   * @throws IllegalArgumentException if they are about other photos
   */
  public McNemar against(StoredEvaluation other) {
    if (!hasPhotosOf(other)) {
      throw new IllegalArgumentException(
          "Answers about different photos, %s and %s of them, cannot be compared"
              .formatted(photos(), other.photos()));
    }
    int[][] correct = new int[2][2];
    int same = 0;
    for (int photo = 0; photo < photos(); photo++) {
      PhotoResult one = results.get(photo);
      PhotoResult another = other.results.get(photo);
      correct[one.correct() ? 1 : 0][another.correct() ? 1 : 0]++;
      same += one.predicted() == another.predicted() ? 1 : 0;
    }
    return new McNemar(correct[1][1], correct[1][0], correct[0][1], correct[0][0], same);
  }
}
