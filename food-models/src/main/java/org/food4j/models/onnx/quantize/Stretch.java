package org.food4j.models.onnx.quantize;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.food4j.models.onnx.OnnxGraph;

/**
 * A part of a network that takes in one tensor and gives out one: a residual block with its
 * shortcut, or a convolution with its activation function. What stays float stays so in whole
 * stretches, because every change between float and integers costs time.
 *
 * @param operations first outputs of its nodes, in the order of computation
 */
public record Stretch(List<String> operations) {
  /** Copies the list. */
  public Stretch {
    operations = List.copyOf(operations);
  }

  /** The first and the last operation, {@code "features.1/conv … features.1/add"}. */
  public String name() {
    String first = operations.get(0);
    String last = operations.get(operations.size() - 1);
    return first.equals(last) ? first : first + " … " + last;
  }

  /**
   * Cuts a graph into stretches, each with weights of its own but perhaps the first.
   *
   * @return in the order of computation; together they hold every node that reads something
   */
  static List<Stretch> of(OnnxGraph graph) {
    List<NodeProto> nodes =
        graph.sorted().stream().filter(node -> node.getInputCount() > 0).toList();
    Map<String, Integer> unread = new HashMap<>();
    for (NodeProto node : nodes) {
      Set.copyOf(node.getInputList()).forEach(input -> unread.merge(input, 1, Integer::sum));
    }
    Set<String> live = new HashSet<>(graph.inputs());
    List<Stretch> stretches = new ArrayList<>();
    List<String> open = new ArrayList<>();
    boolean weighted = false;
    for (NodeProto node : nodes) {
      boolean brings =
          OperatorRole.of(graph, node).filter(r -> r == OperatorRole.WEIGHTED).isPresent();
      if (brings && weighted && live.size() <= 1) {
        stretches.add(new Stretch(open));
        open = new ArrayList<>();
      }
      // weights within a block, between whose ends a shortcut is live, do not begin a stretch
      weighted = brings || (weighted && !open.isEmpty());
      open.add(node.getOutput(0));
      for (String input : Set.copyOf(node.getInputList())) {
        if (unread.merge(input, -1, Integer::sum) == 0) {
          live.remove(input);
        }
      }
      node.getOutputList().stream()
          .filter(output -> unread.getOrDefault(output, 0) > 0)
          .forEach(live::add);
    }
    if (!open.isEmpty()) {
      stretches.add(new Stretch(open));
    }
    return stretches;
  }
}
