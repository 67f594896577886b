package org.food4j.bench.result;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One line of a benchmark in figures, as {@code results.json}, {@code results.csv} and {@code
 * --json} give it: a model in one form, in one runtime, at one batch size. Intervals are 95 %.
 *
 * @param model the file's or run's name
 * @param runtime what computed, in a few words
 * @param form {@code "dl4j"} or {@code "onnx float32"}, for example
 * @param top1 share of the photos whose label scored highest, 0 to 1
 * @param top5 share whose label was among the five highest, 0 to 1
 * @param batch photos per call
 * @param p50Ms the median time of a call in milliseconds (nearest rank, as the other percentiles)
 * @param p95Ms the 95th percentile
 * @param p99Ms the 99th percentile
 * @param photosPerSecond throughput at the median
 * @param bytes the model file's size
 * @param source the benchmark directory that it comes from
 * @param top1Low lower end of top-1's Wilson interval
 * @param top1High upper end
 * @param top1Difference top-1 less the reference's
 * @param pValue McNemar's test of that difference; 1 for the reference itself
 * @param top1Agreement share of the photos whose best label is the reference's, 0 to 1
 * @param maxAbsDifference largest difference of a logit from the reference's
 * @param snrDecibels signal-to-noise ratio of the logits in decibels, the reference's being the
 *     signal; infinite where nothing differs
 * @param speedup the reference's median time divided by this one's at this batch size; absent where
 *     the reference was not measured at it
 * @param slowdown the median time by that of the earlier benchmark that this one repeats; absent
 *     where it repeats none
 * @param loadMs median time of opening the model
 * @param memoryBytes median growth of the process's resident memory, at most; absent where unknown
 */
public record ResultRow(
    String model,
    String runtime,
    String form,
    double top1,
    double top5,
    int batch,
    double p50Ms,
    double p95Ms,
    double p99Ms,
    double photosPerSecond,
    long bytes,
    String source,
    double top1Low,
    double top1High,
    double top1Difference,
    double pValue,
    double top1Agreement,
    double maxAbsDifference,
    double snrDecibels,
    Optional<Ratio> speedup,
    Optional<Ratio> slowdown,
    double loadMs,
    OptionalLong memoryBytes) {
  /**
   * As a JSON object with snake_case keys in the order of the components; a ratio is followed by
   * its ends, {@code speedup_low} and {@code speedup_high}. What is absent has no key, nor has an
   * infinite {@code snr_decibels}.
   */
  public ObjectNode figures() {
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("model", model)
            .put("runtime", runtime)
            .put("form", form)
            .put("top1", top1)
            .put("top5", top5)
            .put("batch", batch)
            .put("p50_ms", p50Ms)
            .put("p95_ms", p95Ms)
            .put("p99_ms", p99Ms)
            .put("photos_per_second", photosPerSecond)
            .put("bytes", bytes)
            .put("source", source)
            .put("top1_low", top1Low)
            .put("top1_high", top1High)
            .put("top1_difference", top1Difference)
            .put("p_value", pValue)
            .put("top1_agreement", top1Agreement)
            .put("max_abs_difference", maxAbsDifference);
    if (Double.isFinite(snrDecibels)) { // JSON has no infinity
      node.put("snr_decibels", snrDecibels);
    }
    speedup.ifPresent(ratio -> put(node, "speedup", ratio));
    slowdown.ifPresent(ratio -> put(node, "slowdown", ratio));
    node.put("load_ms", loadMs);
    memoryBytes.ifPresent(growth -> node.put("memory_bytes", growth));
    return node;
  }

  private static void put(ObjectNode node, String key, Ratio ratio) {
    node.put(key, ratio.value()).put(key + "_low", ratio.low()).put(key + "_high", ratio.high());
  }

  /** The same row of a benchmark that repeats another. */
  public ResultRow withSlowdown(Optional<Ratio> ratio) {
    return new ResultRow(
        model,
        runtime,
        form,
        top1,
        top5,
        batch,
        p50Ms,
        p95Ms,
        p99Ms,
        photosPerSecond,
        bytes,
        source,
        top1Low,
        top1High,
        top1Difference,
        pValue,
        top1Agreement,
        maxAbsDifference,
        snrDecibels,
        speedup,
        ratio,
        loadMs,
        memoryBytes);
  }
}
