package org.food4j.models.onnx.quantize;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;
import java.util.function.Predicate;
import org.food4j.models.onnx.ModelHistory;
import org.food4j.models.onnx.OnnxGraph;
import org.food4j.models.onnx.optimize.GraphOptimizer;

/**
 * Makes a float32 model compute in float16 (IEEE 754 binary16), with weights of half the size.
 * Batch normalisation becomes part of the weights before it first, whose factors may be too small
 * for float16. Operations that float16 would harm stay in float32, with casts around the whole of
 * them; so do bodies of control flow, operators of other domains, and tensors whose type is not
 * known. On CPUs ONNX Runtime casts back to float32 around most operations: this form is for size,
 * and for GPUs. Immutable and thread-safe.
 *
 * @param halfEndpoints whether inputs and outputs of the graph become float16 too; else they stay
 *     float32
 * @param keepFloat operations that stay in float32 whatever they are
 */
public record Float16Conversion(boolean halfEndpoints, Predicate<NodeProto> keepFloat) {
  /** Inputs and outputs stay, and so does nothing else that need not. */
  public static Float16Conversion standard() {
    return new Float16Conversion(false, node -> false);
  }

  /** This conversion with float16 inputs and outputs. */
  public Float16Conversion withHalfEndpoints() {
    return new Float16Conversion(true, keepFloat);
  }

  /** This conversion but for some operations, in place of those that it left out. */
  public Float16Conversion keeping(Predicate<NodeProto> operations) {
    return new Float16Conversion(halfEndpoints, operations);
  }

  /**
   * Converts a model. Metadata stays; the history tells the new form.
   *
   * @throws IllegalArgumentException if its graph is not one, it has nothing to convert or is
   *     quantised already, a constant holds NaN, weights of a convolution or matrix product that
   *     would become float16 are infinite, or an input or output that should become float16 is read
   *     in the body of an operation
   */
  public Float16Model convert(ModelProto model) {
    IntegerOperators.refuse(model);
    FiniteWeights finite = FiniteWeights.of(OnnxGraph.of(model), keepFloat);
    OnnxGraph graph = OnnxGraph.of(model);
    GraphOptimizer.normalizationFolding().apply(graph);
    Float16Plan plan = Float16Plan.of(graph, keepFloat);
    // elsewhere infinity is meant: float16 has it too
    finite.require(
        graph,
        node ->
            Float16Operators.HEAVY.contains(node.getOpType())
                    && plan.half().contains(node.getOutput(0))
                ? node.getInputList()
                : List.of());
    if (plan.half().isEmpty()) {
      throw new IllegalArgumentException(
          plan.floatOperators().isEmpty()
              ? "The model computes nothing in float32 that could be float16: give the float32 model"
              : "No operation of the model can compute in float16: they are %s"
                  .formatted(plan.floatOperators().keySet()));
    }
    Float16Rewriter rewriter = new Float16Rewriter(graph, plan, halfEndpoints);
    ModelProto converted =
        ModelHistory.of(model)
            .then("quantize --mode fp16", "float16")
            .writtenInto(rewriter.rewrite());
    return new Float16Model(
        converted,
        new Float16Report(
            plan.half().size(),
            plan.floatOperators(),
            rewriter.casts(),
            List.copyOf(plan.beyondRange()),
            rewriter.vanished(),
            model.getSerializedSize(),
            converted.getSerializedSize()));
  }
}
