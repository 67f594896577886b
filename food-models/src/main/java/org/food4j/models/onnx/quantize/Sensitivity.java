package org.food4j.models.onnx.quantize;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import org.food4j.models.onnx.OnnxGraph;

/**
 * What the quantisation of one stretch does to a model's answers, the rest being float.
 *
 * @param stretch the part of the network
 * @param noise sum of squared differences of the answers by the sum of their squares
 * @param cost what keeping it float costs, in whatever is compared: here the numbers that its
 *     operations hand over for one batch, which is what the time of integer and of float kernels
 *     goes with
 */
public record Sensitivity(Stretch stretch, double noise, double cost) {
  /** Most noise for the cost first: the order in which stretches are given up to float. */
  static final Comparator<Sensitivity> WORTH_KEEPING_FLOAT =
      Comparator.comparingDouble((Sensitivity s) -> s.noise / Math.max(1, s.cost)).reversed();

  /** The same in decibels of signal to noise. */
  public double decibels() {
    return -10 * Math.log10(noise);
  }

  /**
   * Measures every stretch of a model.
   *
   * @param reference answers of the float model; as many samples as time allows, 16 photos rank the
   *     stretches well
   * @param progress is told how many stretches are measured
   * @return in the order of computation; stretches that nothing can be quantised of are left out
   */
  public static List<Sensitivity> measure(
      StaticQuantizer quantizer, ReferenceAnswers reference, IntConsumer progress) {
    OnnxGraph graph = OnnxGraph.of(quantizer.floatModel());
    List<Sensitivity> measured = new ArrayList<>();
    int done = 0;
    for (Stretch stretch : Stretch.of(graph)) {
      Predicate<NodeProto> others = inside(List.of(stretch)).negate();
      if (new QuantizationPlan(graph, others.or(quantizer::isKeptFloat)).tensors().isEmpty()) {
        progress.accept(++done);
        continue;
      }
      double decibels = reference.compare(quantizer.quantize(others)).decibels();
      double cost = stretch.operations().stream().mapToLong(quantizer.statistics()::size).sum();
      measured.add(new Sensitivity(stretch, Math.pow(10, -decibels / 10), cost));
      progress.accept(++done);
    }
    return measured;
  }

  /** Whether an operation lies in one of the stretches. */
  static Predicate<NodeProto> inside(List<Stretch> stretches) {
    Set<String> operations = new HashSet<>();
    stretches.forEach(stretch -> operations.addAll(stretch.operations()));
    return node -> node.getOutputCount() > 0 && operations.contains(node.getOutput(0));
  }
}
