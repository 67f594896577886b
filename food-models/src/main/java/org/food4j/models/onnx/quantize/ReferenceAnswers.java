package org.food4j.models.onnx.quantize;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.food4j.models.onnx.OnnxGraph;

/**
 * What a float model answers to samples, to compare others with. The answer is an output {@code
 * [batch, classes]}, which may have further axes of size 1. Immutable.
 */
public final class ReferenceAnswers {
  private final String output;
  private final Iterable<SampleBatch> samples;
  private final List<Integer> labels;
  private final List<Answer> answers;

  private ReferenceAnswers(
      String output, Iterable<SampleBatch> samples, List<Integer> labels, List<Answer> answers) {
    this.output = output;
    this.samples = samples;
    this.labels = labels;
    this.answers = answers;
  }

  /**
   * Computes the answers.
   *
   * @param output name of the output with the scores, float32; those to be compared have it too
   * @param samples gone through again by every comparison
   * @param labels the right class of each sample in order; none if nobody knows
   * @throws IllegalArgumentException if there is no such output or it is of another form, there are
   *     no samples, or not as many labels
   */
  public static ReferenceAnswers of(
      ModelProto model, String output, Iterable<SampleBatch> samples, List<Integer> labels) {
    List<Answer> answers = answers(model, output, samples);
    int rows = answers.stream().mapToInt(Answer::rows).sum();
    if (rows == 0 || !(labels.isEmpty() || labels.size() == rows)) {
      throw new IllegalArgumentException(
          "There are %d answers and %d labels: give a label for each, or none, and a sample at least"
              .formatted(rows, labels.size()));
    }
    return new ReferenceAnswers(output, samples, List.copyOf(labels), answers);
  }

  private static List<Answer> answers(
      ModelProto model, String output, Iterable<SampleBatch> samples) {
    List<String> outputs = OnnxGraph.of(model).outputs();
    if (!outputs.contains(output)) {
      throw new IllegalArgumentException(
          "The model has no output '%s', only %s".formatted(output, outputs));
    }
    List<Answer> answers = new ArrayList<>();
    try (RuntimeGraph graph = RuntimeGraph.open(model)) {
      for (SampleBatch batch : samples) {
        int before = answers.size();
        graph.run(batch, Set.of(output), (name, values) -> answers.add(Answer.of(name, values)));
        if (answers.size() == before) {
          throw new IllegalArgumentException(
              "Answers are compared as float32, and output '%s' is of another type"
                  .formatted(output));
        }
      }
    }
    return answers;
  }

  /** Compares another model's answers to the same samples. */
  public Fidelity compare(ModelProto other) {
    LogitNoise noise = new LogitNoise();
    List<Answer> theirs = answers(other, output, samples);
    List<Integer> expected = new ArrayList<>();
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      noise.add(answers.get(i).values, theirs.get(i).values);
      expected.addAll(answers.get(i).best());
      found.addAll(theirs.get(i).best());
    }
    return new Fidelity(noise.decibels(), share(expected, found), top1(expected), top1(found));
  }

  private OptionalDouble top1(List<Integer> found) {
    return labels.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(share(labels, found));
  }

  private static double share(List<Integer> expected, List<Integer> found) {
    int same = 0;
    for (int i = 0; i < expected.size(); i++) {
      same += expected.get(i).equals(found.get(i)) ? 1 : 0;
    }
    return (double) same / expected.size();
  }

  /** Of one batch, row after row. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Answer(float[] values, int classes) {
    static Answer of(String output, RuntimeGraph.Output given) {
      long[] shape = given.shape();
      if (shape.length < 2
          || shape[1] < 1
          || Arrays.stream(shape).skip(2).anyMatch(size -> size != 1)) {
        throw new IllegalArgumentException(
            "Scores are [batch, classes], and output '%s' is %s"
                .formatted(output, Arrays.toString(shape)));
      }
      float[] copy = new float[given.values().remaining()];
      given.values().get(copy);
      return new Answer(copy, Math.toIntExact(shape[1]));
    }

    int rows() {
      return values.length / classes;
    }

    List<Integer> best() {
      List<Integer> best = new ArrayList<>();
      for (int row = 0; row < rows(); row++) {
        float[] scores = Arrays.copyOfRange(values, row * classes, (row + 1) * classes);
        int largest = 0;
        for (int c = 1; c < classes; c++) {
          largest = scores[c] > scores[largest] ? c : largest;
        }
        best.add(largest);
      }
      return best;
    }
  }
}
