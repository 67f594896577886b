package org.food4j.models.onnx.optimize;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.food4j.models.onnx.OnnxGraph;

/**
 * Common subexpressions: of several nodes that do the same with the same inputs, one is kept. Not
 * those that draw random numbers, nor what turns integers into reals, which runtimes fuse into each
 * of its readers.
 */
final class DuplicateNodes implements GraphPass {
  private static final Set<String> KEPT =
      Set.of(
          "Bernoulli",
          "DequantizeLinear",
          "Dropout",
          "Multinomial",
          "RandomNormal",
          "RandomNormalLike",
          "RandomUniform",
          "RandomUniformLike");

  private record Work(
      String operator, List<String> inputs, List<AttributeProto> attributes, int outputs) {}

  @Override
  public String name() {
    return "merge equal nodes";
  }

  @Override
  public int apply(OnnxGraph graph) {
    int changes = 0;
    Map<Work, String> first = new HashMap<>();
    for (NodeProto listed : graph.sorted()) {
      // merged nodes before may have changed what this one reads
      NodeProto node = graph.producer(listed.getOutput(0)).orElse(listed);
      if (!OnnxGraph.standard(node)
          || KEPT.contains(node.getOpType())
          || node.getAttributeList().stream().anyMatch(a -> a.hasG() || a.getGraphsCount() > 0)
          || node.getOutputList().contains("")) {
        continue;
      }
      String kept = first.putIfAbsent(work(node), node.getOutput(0));
      if (kept != null && node.getOutputList().stream().noneMatch(graph::keepsName)) {
        NodeProto original = graph.producer(kept).orElseThrow();
        graph.remove(node);
        for (int i = 0; i < node.getOutputCount(); i++) {
          graph.redirect(node.getOutput(i), original.getOutput(i));
        }
        changes++;
      }
    }
    return changes;
  }

  private static Work work(NodeProto node) {
    return new Work(
        node.getOpType(),
        node.getInputList(),
        node.getAttributeList().stream()
            .map(attribute -> attribute.toBuilder().clearDocString().build())
            .sorted(Comparator.comparing(AttributeProto::getName))
            .toList(),
        node.getOutputCount());
  }
}
