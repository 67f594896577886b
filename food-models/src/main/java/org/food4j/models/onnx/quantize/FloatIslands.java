package org.food4j.models.onnx.quantize;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.food4j.models.onnx.OnnxGraph;
import org.food4j.models.onnx.runtime.CpuSession;

/**
 * What ONNX Runtime makes of a quantised model on this processor: the operations that it fused into
 * integer kernels, and the islands of float operations that it left between conversions, which cost
 * the time that quantisation should save. Read from the graph that the runtime optimised.
 *
 * @param islands each in the order of computation, the first one first; a tail that makes the
 *     answer is one too
 * @param integerOperations how many operations compute with integers
 * @param conversions how many convert between float and integers, the input's among them
 */
public record FloatIslands(List<Island> islands, int integerOperations, int conversions) {
  private static final Set<String> CONVERSIONS =
      Set.of("QuantizeLinear", "DequantizeLinear", "DynamicQuantizeLinear");

  /** Multiply integers that a run finds the range of, as dynamic quantisation has it. */
  private static final Set<String> DYNAMIC =
      Set.of("ConvInteger", "MatMulInteger", "DynamicQuantizeMatMul");

  /** Keep the type of their first input. */
  private static final Set<String> KEEPING =
      Set.of(
          "MaxPool",
          "NhwcMaxPool",
          "Reshape",
          "Flatten",
          "Transpose",
          "Squeeze",
          "Unsqueeze",
          "Slice",
          "Resize",
          "Gather",
          "Split",
          "Concat",
          "Identity",
          "Expand",
          "ReorderInput",
          "ReorderOutput");

  /** Copies the list. */
  public FloatIslands {
    islands = List.copyOf(islands);
  }

  /**
   * Float operations that hang together.
   *
   * @param operations types and names, {@code "Conv features.0"}
   */
  public record Island(List<String> operations) {
    /** Copies the list. */
    public Island {
      operations = List.copyOf(operations);
    }

    /** How many operations of each type, {@code "2 Conv, 1 Add"}. */
    public String summary() {
      Map<String, Long> counts =
          operations.stream()
              .collect(
                  Collectors.groupingBy(
                      operation -> operation.substring(0, operation.indexOf(' ')),
                      LinkedHashMap::new,
                      Collectors.counting()));
      return counts.entrySet().stream()
          .map(entry -> entry.getValue() + " " + entry.getKey())
          .collect(Collectors.joining(", "));
    }
  }

  /**
   * Lets ONNX Runtime optimise a model, and looks at the result.
   *
   * @throws IllegalArgumentException if the runtime refuses the model
   * @throws IOException if there is no room for the optimised model among the temporary files
   */
  public static FloatIslands of(ModelProto model) throws IOException {
    return ofOptimized(CpuSession.optimized(model, OptLevel.ALL_OPT));
  }

  /** Looks at a model as it stands. */
  static FloatIslands ofOptimized(ModelProto model) {
    OnnxGraph graph = OnnxGraph.of(model);
    Set<String> integers = new HashSet<>();
    Map<String, NodeProto> floats = new LinkedHashMap<>();
    int integerOperations = 0;
    int conversions = 0;
    for (NodeProto node : graph.sorted()) {
      String operator = node.getOpType();
      boolean toInteger;
      if (CONVERSIONS.contains(operator)) {
        conversions++;
        toInteger = !operator.equals("DequantizeLinear");
      } else if (KEEPING.contains(operator)) {
        toInteger = integers.contains(node.getInput(0));
      } else if (DYNAMIC.contains(operator)) {
        // sums of products, which float operations scale
        integerOperations++;
        toInteger = false;
      } else {
        toInteger = operator.startsWith("Q") && !operator.equals("QuickGelu");
        boolean fromInteger =
            node.getInputCount() > 0 && integers.contains(node.getInput(0))
                || operator.endsWith("IntegerToFloat");
        if (toInteger || fromInteger) {
          integerOperations++;
        } else if (node.getInputCount() > 0) {
          floats.put(node.getOutput(0), node);
        }
      }
      if (toInteger) {
        integers.addAll(node.getOutputList());
      }
    }
    return new FloatIslands(islands(graph, floats), integerOperations, conversions);
  }

  private static List<Island> islands(OnnxGraph graph, Map<String, NodeProto> floats) {
    List<Island> islands = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    Map<String, Set<String>> neighbours = neighbours(graph, floats);
    for (String start : floats.keySet()) {
      if (!seen.add(start)) {
        continue;
      }
      Set<String> island = new HashSet<>(Set.of(start));
      Deque<String> open = new ArrayDeque<>(island);
      while (!open.isEmpty()) {
        for (String next : neighbours.get(open.remove())) {
          if (seen.add(next)) {
            island.add(next);
            open.add(next);
          }
        }
      }
      islands.add(
          new Island(
              floats.entrySet().stream()
                  .filter(entry -> island.contains(entry.getKey()))
                  .map(entry -> entry.getValue().getOpType() + " " + entry.getValue().getName())
                  .toList()));
    }
    return islands;
  }

  /** Which float operations hand numbers to each other; moving them about is no conversion. */
  private static Map<String, Set<String>> neighbours(
      OnnxGraph graph, Map<String, NodeProto> floats) {
    Map<String, Set<String>> neighbours = new HashMap<>();
    floats.keySet().forEach(node -> neighbours.put(node, new HashSet<>()));
    for (NodeProto node : floats.values()) {
      for (String input : node.getInputList()) {
        String tensor = input;
        Optional<NodeProto> source = graph.producer(tensor);
        while (source.isPresent() && KEEPING.contains(source.get().getOpType())) {
          tensor = source.get().getInput(0);
          source = graph.producer(tensor);
        }
        source
            .map(made -> made.getOutput(0))
            .filter(floats::containsKey)
            .ifPresent(
                made -> {
                  neighbours.get(made).add(node.getOutput(0));
                  neighbours.get(node.getOutput(0)).add(made);
                });
      }
    }
    return neighbours;
  }
}
