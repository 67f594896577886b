package org.food4j.models.onnx.quantize;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import org.food4j.models.onnx.OnnxGraph;

/**
 * Makes of a float32 model one that computes with eight-bit integers at scales fixed beforehand: in
 * the standard domain, as pairs of {@code QuantizeLinear} and {@code DequantizeLinear}. Calibrated
 * once on samples, it quantises as often as one likes, with more or less kept float. Not
 * thread-safe.
 */
public final class StaticQuantizer {
  private final ModelProto model;
  private final StaticOptions options;
  private final ActivationStatistics statistics;
  private final Map<String, Range> ranges = new HashMap<>();

  private StaticQuantizer(
      ModelProto model, StaticOptions options, ActivationStatistics statistics) {
    this.model = model;
    this.options = options;
    this.statistics = statistics;
  }

  /**
   * Measures what a model's activations are on samples.
   *
   * @param model float32, of opset {@value OpsetRaise#LEAST} or newer
   * @param samples gone through once; some hundred photos are plenty
   * @param progress is told after each batch how many were computed
   * @throws IllegalArgumentException if the model is too old or already quantised, there are no
   *     samples, or ONNX Runtime refuses either
   */
  public static StaticQuantizer calibrated(
      ModelProto model,
      StaticOptions options,
      Iterable<SampleBatch> samples,
      IntConsumer progress) {
    ModelProto prepared = prepared(model);
    Set<String> candidates = QuantizationPlan.candidates(OnnxGraph.of(prepared));
    return new StaticQuantizer(
        prepared, options, ActivationStatistics.of(prepared, samples, candidates, progress));
  }

  static ModelProto prepared(ModelProto model) {
    OnnxGraph graph = OnnxGraph.of(model);
    for (NodeProto node : graph.nodes()) {
      if (node.getOpType().equals("QuantizeLinear")
          || node.getOpType().equals("DynamicQuantizeLinear")) {
        throw new IllegalArgumentException(
            "The model is quantised already (operation '%s'): quantise the float32 model that it was made of"
                .formatted(node.getName()));
      }
    }
    return FoldedModel.of(OpsetRaise.toQuantizable(model));
  }

  /** The float32 model as it is before integers come in: same answers, same names. */
  public ModelProto floatModel() {
    return model;
  }

  /** The model with all that the options allow quantised. */
  public ModelProto quantize() {
    return quantize(node -> false);
  }

  /**
   * The model with part of it quantised.
   *
   * @param alsoFloat operations that stay float besides those that the options name; given as they
   *     are in {@link #floatModel()}
   */
  public ModelProto quantize(Predicate<NodeProto> alsoFloat) {
    OnnxGraph graph = OnnxGraph.of(model);
    QuantizationPlan plan = new QuantizationPlan(graph, options.keepFloat().or(alsoFloat));
    WeightQuantizer weights =
        new WeightQuantizer(
            options.types(),
            options.reduceRange(),
            tensor -> options.correctBias() ? statistics.channelMeans(tensor) : Optional.empty());
    new QdqRewriter(graph, plan, scales(graph, plan), weights).rewrite();
    return graph.toModel();
  }

  private Map<String, AffineScale> scales(OnnxGraph graph, QuantizationPlan plan) {
    Map<String, AffineScale> byTensor = new HashMap<>();
    for (List<String> group : plan.groups()) {
      Range range =
          group.stream()
              .filter(t -> plan.made(t).filter(r -> r == OperatorRole.PASSING).isEmpty())
              .map(t -> range(graph, t))
              .reduce(Range::hull)
              .orElseGet(() -> range(graph, group.get(0)));
      AffineScale scale = AffineScale.of(range, options.types().activations());
      group.forEach(tensor -> byTensor.put(tensor, scale));
    }
    Map<String, AffineScale> scales = new LinkedHashMap<>();
    plan.tensors().forEach(tensor -> scales.put(tensor, byTensor.get(tensor)));
    return scales;
  }

  private Range range(OnnxGraph graph, String tensor) {
    Range range =
        ranges.computeIfAbsent(
            tensor,
            t -> {
              ActivationHistogram histogram =
                  statistics
                      .histogram(t)
                      .orElseThrow(
                          () ->
                              new IllegalArgumentException(
                                  "Tensor '%s' is no float32 tensor that the samples reach"
                                      .formatted(t)));
              int levels =
                  options.types().activations().most() - options.types().activations().least() + 1;
              return options.calibrator().range(histogram, levels);
            });
    return graph
        .producer(tensor)
        .filter(node -> node.getOpType().equals("Clip"))
        .flatMap(node -> OperatorRole.clip(graph, node))
        .map(clip -> range.within(clip.min(), clip.max()))
        .orElse(range);
  }

  /** The same measurements, used with other options. */
  public StaticQuantizer with(StaticOptions options) {
    return new StaticQuantizer(model, options, statistics);
  }

  ActivationStatistics statistics() {
    return statistics;
  }

  StaticOptions options() {
    return options;
  }
}
