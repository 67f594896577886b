package org.food4j.models.onnx.optimize;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
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
    Optional<List<Long>> dimensions = dimensions(graph, types, node.getInput(0));
    Optional<TensorProto> indices = graph.constant(node.getInput(1));
    if (dimensions.isEmpty() || indices.isEmpty() || indices.get().getDimsCount() > 1) {
      return false;
    }
    List<Long> picked = new ArrayList<>();
    for (long index : OnnxTensors.integers(indices.get())) {
      long place = index < 0 ? index + dimensions.get().size() : index;
      if (place < 0
          || place >= dimensions.get().size()
          || dimensions.get().get((int) place) == TensorType.FREE) {
        return false;
      }
      picked.add(dimensions.get().get((int) place));
    }
    return set(graph, node, indices.get().getDimsList(), picked);
  }

  private static boolean reshape(OnnxGraph graph, TensorTypes types, NodeProto node) {
    Optional<NodeProto> concat =
        graph
            .producer(node.getInput(1))
            .filter(n -> n.getOpType().equals("Concat") && OnnxGraph.standard(n));
    if (concat.isEmpty()) {
      return false;
    }
    List<Long> shape = new ArrayList<>();
    for (String part : concat.get().getInputList()) {
      Optional<TensorProto> constant = graph.constant(part);
      if (constant.isPresent()) {
        for (long size : OnnxTensors.integers(constant.get())) {
          shape.add(size);
        }
      } else if (types.type(part).shape().equals(List.of(1L)) && !shape.contains(TensorType.FREE)) {
        shape.add(TensorType.FREE);
      } else {
        return false;
      }
    }
    long open = shape.stream().filter(size -> size <= 0).count();
    if (open > 1) {
      return false; // a 0 or a second -1 has a meaning of its own
    }
    TensorProto weights = weights(graph, node, List.of((long) shape.size()), shape);
    graph.setInput(node, 1, graph.put(weights));
    return true;
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
