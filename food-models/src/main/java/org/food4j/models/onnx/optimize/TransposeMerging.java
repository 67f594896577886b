package org.food4j.models.onnx.optimize;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.food4j.models.onnx.OnnxAttributes;
import org.food4j.models.onnx.OnnxGraph;

/**
 * Makes two transpositions one, those too that have functions of single values between them. What
 * cancels out becomes a transposition that changes nothing.
 */
final class TransposeMerging implements GraphPass {
  private static final Set<String> ELEMENT_WISE =
      Set.of(
          "Relu",
          "Sigmoid",
          "Tanh",
          "HardSigmoid",
          "HardSwish",
          "LeakyRelu",
          "Elu",
          "Selu",
          "Erf",
          "Softplus",
          "Softsign",
          "Abs",
          "Neg",
          "Exp",
          "Log",
          "Sqrt",
          "Clip",
          "Identity",
          "Cast");

  @Override
  public String name() {
    return "merge transposes";
  }

  @Override
  public int apply(OnnxGraph graph) {
    int changes = 0;
    for (NodeProto listed : graph.nodes()) {
      Optional<NodeProto> last = graph.producer(listed.getOutput(0)).filter(this::isTranspose);
      if (last.isPresent() && merge(graph, last.get())) {
        changes++;
      }
    }
    return changes;
  }

  private boolean isTranspose(NodeProto node) {
    return node.getOpType().equals("Transpose")
        && OnnxGraph.standard(node)
        && OnnxAttributes.of(node).has("perm");
  }

  private boolean merge(OnnxGraph graph, NodeProto last) {
    List<NodeProto> between = new ArrayList<>();
    Optional<NodeProto> first = graph.producer(last.getInput(0));
    while (first.isPresent()
        && OnnxGraph.standard(first.get())
        && ELEMENT_WISE.contains(first.get().getOpType())
        && graph.onlyReader(first.get().getOutput(0)).isPresent()) {
      between.add(first.get());
      first = graph.producer(first.get().getInput(0));
    }
    if (first.isEmpty() || !isTranspose(first.get())) {
      return false;
    }
    String transposed = first.get().getOutput(0);
    if (!between.isEmpty() && graph.onlyReader(transposed).isEmpty()) {
      return false; // would have to be computed twice
    }
    long[] inner = OnnxAttributes.of(first.get()).integers("perm").orElseThrow();
    long[] outer = OnnxAttributes.of(last).integers("perm").orElseThrow();
    long[] both = new long[outer.length];
    if (inner.length != outer.length) {
      return false;
    }
    for (int i = 0; i < both.length; i++) {
      both[i] = inner[Math.toIntExact(outer[i])];
    }
    String source = first.get().getInput(0);
    NodeProto merged = OnnxAttributes.of(last).with("perm", both);
    if (between.isEmpty()) {
      graph.replace(last, merged.toBuilder().setInput(0, source).build());
      return true;
    }
    graph.replace(last, merged);
    graph.setInput(between.get(between.size() - 1), 0, source);
    graph.remove(first.get());
    between.forEach(node -> graph.forget(node.getOutput(0)));
    return true;
  }
}
