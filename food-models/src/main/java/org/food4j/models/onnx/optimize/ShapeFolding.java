package org.food4j.models.onnx.optimize;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.food4j.models.onnx.OnnxAttributes;
import org.food4j.models.onnx.OnnxGraph;
import org.food4j.models.onnx.OnnxTensors;
import org.food4j.models.onnx.TensorType;
import org.food4j.models.onnx.TensorTypes;

/**
 * Computes shapes that are known before a run: {@code Shape} of a fixed tensor, single dimensions
 * picked from a shape, and the new shape of a {@code Reshape} of which only one dimension is free,
 * which becomes -1.
 */
final class ShapeFolding implements GraphPass {
  /** Nodes between a shape and what reads it; more are not followed. */
  private static final int MOST_STEPS = 8;

  /** Inputs of a Slice behind its data: starts, ends, axes, steps. */
  private static final int WITH_STEPS = 4;

  @Override
  public String name() {
    return "fold shapes";
  }

  @Override
  public int apply(OnnxGraph graph) {
    int changes = 0;
    TensorTypes types = TensorTypes.of(graph);
    for (NodeProto node : graph.sorted()) {
      if (OnnxGraph.standard(node) && fold(graph, types, node)) {
        changes++;
      }
    }
    return changes;
  }

  private static boolean fold(OnnxGraph graph, TensorTypes types, NodeProto node) {
    return switch (node.getOpType()) {
      case "Shape" -> {
        Optional<List<Long>> shape = shape(graph, types, node.getOutput(0));
        yield shape.isPresent()
            && set(graph, node, List.of((long) shape.get().size()), shape.get());
      }
      case "Gather" -> gather(graph, types, node);
      case "Reshape" -> reshape(graph, types, node);
      default -> false;
    };
  }

  /** The dimensions that a {@code Shape} tells, if all of them are known. */
  private static Optional<List<Long>> shape(OnnxGraph graph, TensorTypes types, String tensor) {
    return dimensions(graph, types, tensor).filter(shape -> !shape.contains(TensorType.FREE));
  }

  private static Optional<List<Long>> dimensions(
      OnnxGraph graph, TensorTypes types, String tensor) {
    Optional<NodeProto> node =
        graph.producer(tensor).filter(n -> n.getOpType().equals("Shape") && OnnxGraph.standard(n));
    if (node.isEmpty()) {
      return Optional.empty();
    }
    TensorType type = types.type(node.get().getInput(0));
    if (!type.ranked()) {
      return Optional.empty();
    }
    int rank = type.shape().size();
    OnnxAttributes attributes = OnnxAttributes.of(node.get());
    int start = place(attributes.integer("start", 0), rank);
    int end = place(attributes.integer("end", rank), rank);
    return Optional.of(start < end ? type.shape().subList(start, end) : List.of());
  }

  private static int place(long index, int rank) {
    return (int) Math.min(rank, Math.max(0, index < 0 ? index + rank : index));
  }

  private static boolean gather(OnnxGraph graph, TensorTypes types, NodeProto node) {
    Optional<List<Long>> picked = gathered(graph, types, node, MOST_STEPS);
    if (picked.isEmpty() || picked.get().contains(TensorType.FREE)) {
      return false;
    }
    return set(
        graph, node, graph.constant(node.getInput(1)).orElseThrow().getDimsList(), picked.get());
  }

  private static boolean reshape(OnnxGraph graph, TensorTypes types, NodeProto node) {
    if (graph.constant(node.getInput(1)).isPresent()) {
      return false;
    }
    Optional<List<Long>> shape = values(graph, types, node.getInput(1), MOST_STEPS);
    // a 0 or a second -1 has a meaning of its own
    if (shape.isEmpty() || shape.get().stream().filter(size -> size <= 0).count() > 1) {
      return false;
    }
    TensorProto weights = weights(graph, node, List.of((long) shape.get().size()), shape.get());
    graph.setInput(node, 1, graph.put(weights));
    return true;
  }

  /** The integers of a small tensor, those that are not known before a run as -1. */
  private static Optional<List<Long>> values(
      OnnxGraph graph, TensorTypes types, String tensor, int steps) {
    Optional<TensorProto> constant = graph.constant(tensor);
    if (constant.isPresent()) {
      return constant
          .filter(c -> c.getDataType() == DataType.INT64_VALUE && c.getDimsCount() <= 1)
          .map(OnnxTensors::integers)
          .map(array -> Arrays.stream(array).boxed().toList());
    }
    Optional<NodeProto> node = graph.producer(tensor).filter(OnnxGraph::standard);
    if (node.isEmpty() || steps == 0) {
      return Optional.empty();
    }
    return switch (node.get().getOpType()) {
      case "Shape" -> dimensions(graph, types, tensor);
      case "Gather" -> gathered(graph, types, node.get(), steps);
      case "Slice" -> sliced(graph, types, node.get(), steps);
      case "Squeeze", "Unsqueeze", "Identity" ->
          types.type(tensor).rank().orElse(MOST_STEPS) <= 1
              ? values(graph, types, node.get().getInput(0), steps - 1)
              : Optional.empty();
      case "Concat" -> {
        List<Long> all = new ArrayList<>();
        for (String part : node.get().getInputList()) {
          Optional<List<Long>> values = values(graph, types, part, steps - 1);
          if (values.isEmpty()) {
            values = single(types, part);
          }
          if (values.isEmpty()) {
            yield Optional.empty();
          }
          all.addAll(values.get());
        }
        yield Optional.of(all);
      }
      default -> single(types, tensor);
    };
  }

  /** One integer that a run tells. */
  private static Optional<List<Long>> single(TensorTypes types, String tensor) {
    TensorType type = types.type(tensor);
    return type.element() == DataType.INT64 && (type.hasRank(0) || type.shape().equals(List.of(1L)))
        ? Optional.of(List.of(TensorType.FREE))
        : Optional.empty();
  }

  private static Optional<List<Long>> gathered(
      OnnxGraph graph, TensorTypes types, NodeProto node, int steps) {
    Optional<List<Long>> all = values(graph, types, node.getInput(0), steps - 1);
    Optional<TensorProto> indices = graph.constant(node.getInput(1));
    if (all.isEmpty() || indices.isEmpty() || indices.get().getDimsCount() > 1) {
      return Optional.empty();
    }
    List<Long> picked = new ArrayList<>();
    for (long index : OnnxTensors.integers(indices.get())) {
      long place = index < 0 ? index + all.get().size() : index;
      if (place < 0 || place >= all.get().size()) {
        return Optional.empty();
      }
      picked.add(all.get().get((int) place));
    }
    return Optional.of(picked);
  }

  private static Optional<List<Long>> sliced(
      OnnxGraph graph, TensorTypes types, NodeProto node, int steps) {
    Optional<List<Long>> all = values(graph, types, node.getInput(0), steps - 1);
    List<Long> bounds = new ArrayList<>();
    for (int i = 1; i < node.getInputCount(); i++) {
      Optional<TensorProto> bound = graph.constant(node.getInput(i));
      if (bound.isEmpty() || OnnxTensors.count(bound.get()) != 1) {
        return Optional.empty();
      }
      bounds.add(OnnxTensors.integers(bound.get())[0]);
    }
    boolean plain =
        bounds.size() >= 2 && bounds.stream().skip(2).allMatch(v -> v.equals(0L))
            || bounds.size() == WITH_STEPS && bounds.get(2) == 0 && bounds.get(3) == 1;
    if (all.isEmpty() || !plain) {
      return Optional.empty();
    }
    int start = place(bounds.get(0), all.get().size());
    int end = place(bounds.get(1), all.get().size());
    return Optional.of(start < end ? all.get().subList(start, end) : List.of());
  }

  private static boolean set(OnnxGraph graph, NodeProto node, List<Long> dims, List<Long> values) {
    if (graph.keepsName(node.getOutput(0))) {
      return false;
    }
    TensorProto weights = weights(graph, node, dims, values);
    graph.remove(node);
    graph.redirect(node.getOutput(0), graph.put(weights));
    return true;
  }

  private static TensorProto weights(
      OnnxGraph graph, NodeProto node, List<Long> dims, List<Long> values) {
    return OnnxTensors.longs(
        graph.free(node.getOutput(0) + "/shape"),
        values.stream().mapToLong(Long::longValue).toArray(),
        dims.stream().mapToLong(Long::longValue).toArray());
  }
}
