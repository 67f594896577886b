package org.food4j.models.onnx.quantize;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import org.food4j.models.onnx.OnnxGraph;
import org.food4j.models.onnx.optimize.GraphOptimizer;

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
  private final Map<String, AffineScale> scales = new HashMap<>();
  private final ChannelMeans roundedMeans = new ChannelMeans();

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
   * @param samples gone through once, or twice to correct biases; some hundred photos are plenty
   * @param progress is told after each batch how many were computed, of {@link #passes} as many
   * @throws IllegalArgumentException if the model is too old or already quantised, has nothing to
   *     quantise, a constant holds NaN, weights to be quantised or samples are not finite, there
   *     are no samples, or ONNX Runtime refuses either
   */
  public static StaticQuantizer calibrated(
      ModelProto model,
      StaticOptions options,
      Iterable<SampleBatch> samples,
      IntConsumer progress) {
    IntegerOperators.refuse(model);
    FiniteWeights finite = FiniteWeights.of(OnnxGraph.of(model), options.keepFloat());
    ModelProto prepared = prepared(model);
    OnnxGraph graph = OnnxGraph.of(prepared);
    finite.require(graph, node -> quantized(graph, options.keepFloat(), node));
    requireSomething(new QuantizationPlan(graph, options.keepFloat()), "");
    TensorStream stream = new TensorStream(prepared, samples);
    Set<String> candidates = QuantizationPlan.candidates(graph, options.keepFloat());
    ActivationStatistics statistics = ActivationStatistics.of(stream, candidates, progress);
    StaticQuantizer quantizer = new StaticQuantizer(prepared, options, statistics);
    QuantizationPlan plan = new QuantizationPlan(graph, quantizer::isKeptFloat);
    requireSomething(
        plan, "; NaN or infinity is what the samples give in " + statistics.notFinite());
    quantizer.setScales(graph, plan);
    if (options.correctBias()) {
      quantizer.measureRounding(graph, stream, progress);
    }
    return quantizer;
  }

  /** How often the calibration goes through the samples. */
  public static int passes(StaticOptions options) {
    return options.correctBias() ? 2 : 1;
  }

  /** The weights and the bias of an operation, if it is one that becomes integers. */
  private static List<String> quantized(
      OnnxGraph graph, Predicate<NodeProto> keepFloat, NodeProto node) {
    return OperatorRole.of(graph, node)
        .filter(role -> role == OperatorRole.WEIGHTED && !keepFloat.test(node))
        .map(role -> node.getInputList().subList(1, node.getInputCount()))
        .orElse(List.of());
  }

  /** A float32 model with its normalisation folded, of an opset that has the quantised forms. */
  static ModelProto prepared(ModelProto model) {
    OnnxGraph graph = OnnxGraph.of(OpsetRaise.toQuantizable(model));
    GraphOptimizer.standard().apply(graph);
    return graph.toModel();
  }

  private static void requireSomething(QuantizationPlan plan, String because) {
    if (plan.tensors().isEmpty()) {
      throw nothing(because);
    }
  }

  static IllegalArgumentException nothing(String because) {
    return new IllegalArgumentException(
        "There is nothing to quantise: no convolution or matrix product of the model has constant float32 weights and is not kept float%s. Quantise the float32 model, and keep less of it float"
            .formatted(because));
  }

  /** What the options name, and what no range can be given for. */
  boolean isKeptFloat(NodeProto node) {
    if (options.keepFloat().test(node)) {
      return true;
    }
    Set<String> notFinite = statistics.notFinite();
    return node.getInputList().stream().anyMatch(notFinite::contains)
        || node.getOutputList().stream().anyMatch(notFinite::contains);
  }

  private void setScales(OnnxGraph graph, QuantizationPlan plan) {
    for (List<String> group : plan.groups()) {
      Range range =
          group.stream()
              .filter(t -> plan.made(t).filter(r -> r == OperatorRole.PASSING).isEmpty())
              .map(t -> range(graph, t))
              .reduce(Range::hull)
              .orElseGet(() -> range(graph, group.get(0)));
      AffineScale scale = options.types().activationScale(range);
      group.forEach(tensor -> scales.put(tensor, scale));
    }
  }

  private Range range(OnnxGraph graph, String tensor) {
    ActivationHistogram histogram =
        statistics
            .histogram(tensor)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Tensor '%s' is no float32 tensor that the samples reach"
                            .formatted(tensor)));
    IntegerType type = options.types().activations();
    int levels = type.most() - type.least() + 1;
    Range range = options.calibrator().range(histogram, Response.to(graph, tensor), levels);
    return graph
        .producer(tensor)
        .filter(node -> node.getOpType().equals("Clip"))
        .flatMap(node -> OperatorRole.clip(graph, node))
        .map(clip -> range.within(clip.min(), clip.max()))
        .orElse(range);
  }

  /** What the inputs of weighted operations are on average after rounding. */
  private void measureRounding(OnnxGraph graph, TensorStream stream, IntConsumer progress) {
    Set<String> inputs = new LinkedHashSet<>();
    for (NodeProto node : graph.sorted()) {
      OperatorRole.of(graph, node)
          .filter(role -> role == OperatorRole.WEIGHTED)
          .map(role -> node.getInput(0))
          .filter(scales::containsKey)
          .ifPresent(inputs::add);
    }
    int[] done = {0};
    int first = statistics.batches();
    stream.run(
        inputs,
        (tensor, output) -> roundedMeans.add(tensor, output, Optional.of(scales.get(tensor))),
        batch -> progress.accept(first + ++done[0]));
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
    QuantizationPlan plan = new QuantizationPlan(graph, alsoFloat.or(this::isKeptFloat));
    Map<String, AffineScale> used = new LinkedHashMap<>();
    for (String tensor : plan.tensors()) {
      // what is inside a group when all is quantised may be at the edge of one when less is
      AffineScale scale = scales.get(tensor);
      used.put(
          tensor, scale == null ? options.types().activationScale(range(graph, tensor)) : scale);
    }
    WeightQuantizer weights =
        new WeightQuantizer(
            options.types(), options.reduceRange(), statistics.means()::of, roundedMeans::of);
    new QdqRewriter(graph, plan, used, weights).rewrite();
    GraphOptimizer.weightMerging().apply(graph); // shared weights have become integers twice
    return graph.toModel();
  }

  ActivationStatistics statistics() {
    return statistics;
  }

  StaticOptions options() {
    return options;
  }
}
