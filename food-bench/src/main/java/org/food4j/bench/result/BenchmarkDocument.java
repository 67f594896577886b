package org.food4j.bench.result;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * {@code results.json}: all of a benchmark but its logits and questions.
 *
 * @param format {@link #FORMAT}
 * @param version {@link #VERSION}
 * @param dataset fingerprint of the data set
 * @param data which photos
 * @param sources where it was measured
 * @param reference the position in {@code models} of the one that others are held against
 * @param models what was measured, in order, with raw samples
 * @param results figures by model and batch size, as {@link ResultRow#figures} gives them
 */
record BenchmarkDocument(
    String format,
    int version,
    String dataset,
    Data data,
    List<Origin> sources,
    int reference,
    List<Model> models,
    List<JsonNode> results) {
  static final String FORMAT = "food4j-benchmark";
  static final int VERSION = 3;

  record Data(String directory, String photoRoot, String split, int photos, List<String> labels) {}

  record Origin(String name, Map<String, String> environment, BenchmarkSettings settings) {}

  record Model(
      String source,
      String name,
      String path,
      String sha256,
      String provider,
      JsonNode said,
      String runtime,
      String form,
      long bytes,
      List<Double> loadMs,
      String logits,
      List<Batch> batches) {}

  record Batch(int batch, List<List<Double>> samplesMs, List<Long> memoryBytes) {}
}
