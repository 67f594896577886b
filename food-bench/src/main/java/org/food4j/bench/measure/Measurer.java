package org.food4j.bench.measure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.food4j.bench.result.BenchmarkPhotos;
import org.food4j.bench.result.BenchmarkSettings;

/** Takes the measurements of one model at a time, in this process or in others. */
public interface Measurer {
  /**
   * What a model answers.
   *
   * @param runtime what computed, in a few words
   * @param form of the model
   * @param bytes the model file's size
   * @param logits {@code [photos, classes]}, not to be modified
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Answers(String runtime, String form, long bytes, float[] logits) {}

  /**
   * One round of a model.
   *
   * @param loadMs time of opening it in milliseconds
   * @param batches by ascending batch size
   */
  record Round(double loadMs, List<BatchRound> batches) {
    /** Copies the list. */
    public Round {
      batches = List.copyOf(batches);
    }
  }

  /**
   * One batch size of a round.
   *
   * @param batch photos per call
   * @param samplesMs each call's time in milliseconds
   * @param memoryBytes one figure, the largest growth of resident memory since before the model was
   *     opened; none where it is not known
   */
  record BatchRound(int batch, List<Double> samplesMs, List<Long> memoryBytes) {
    /** Copies the lists. */
    public BatchRound {
      samplesMs = List.copyOf(samplesMs);
      memoryBytes = List.copyOf(memoryBytes);
    }
  }

  /**
   * Asks a model about all photos, and prepares the input that it is timed with: the first photos,
   * as many as the largest batch has.
   *
   * @param input takes the input, NumPy float32 {@code [photos, 3, size, size]}
   * @throws IllegalArgumentException if the model's labels are not those of the photos
   * @throws IOException if the model is broken or a file cannot be read or written
   */
  Answers answer(Subject subject, BenchmarkPhotos photos, BenchmarkSettings settings, Path input)
      throws IOException;

  /**
   * Opens a model and times it at every batch size.
   *
   * @param input as {@link #answer} prepared it
   * @throws IOException if the model is broken or a file cannot be read
   */
  Round time(Subject subject, BenchmarkSettings settings, Path input) throws IOException;
}
