package org.food4j.models.onnx.optimize;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.Arrays;
import java.util.Optional;
import org.food4j.models.onnx.OnnxAttributes;
import org.food4j.models.onnx.OnnxGraph;
import org.food4j.models.onnx.OnnxTensors;

/** Hands the margins that a {@code Pad} adds to the convolution or pooling behind it. */
final class PadFusion implements GraphPass {
  /** Batch and channels. */
  private static final int UNPADDED = 2;

  @Override
  public String name() {
    return "fuse paddings";
  }

  @Override
  public int apply(OnnxGraph graph) {
    int changes = 0;
    for (NodeProto listed : graph.sorted()) {
      Optional<NodeProto> node = graph.producer(listed.getOutput(0));
      if (node.isPresent() && OnnxGraph.standard(node.get()) && fuse(graph, node.get())) {
        changes++;
      }
    }
    return changes;
  }

  private static boolean fuse(OnnxGraph graph, NodeProto node) {
    Optional<NodeProto> pad =
        node.getInputCount() == 0
            ? Optional.empty()
            : graph
                .producer(node.getInput(0))
                .filter(n -> n.getOpType().equals("Pad") && OnnxGraph.standard(n))
                .filter(n -> graph.onlyReader(n.getOutput(0)).isPresent());
    if (pad.isEmpty()) {
      return false;
    }
    Optional<long[]> margins = margins(graph, pad.get());
    Optional<Float> value = value(graph, pad.get());
    if (margins.isEmpty() || value.isEmpty()) {
      return false;
    }
    OnnxAttributes attributes = OnnxAttributes.of(node);
    int places = margins.get().length / 2;
    long[] old = attributes.integers("pads", 2 * places, 0);
    String auto = attributes.text("auto_pad", "NOTSET");
    if (old.length != 2 * places || auto.startsWith("SAME")) {
      return false;
    }
    boolean unpadded = auto.equals("VALID") || Arrays.stream(old).allMatch(size -> size == 0);
    long[] both = margins.get().clone();
    Arrays.setAll(both, i -> both[i] + (auto.equals("VALID") ? 0 : old[i]));
    boolean fits =
        switch (node.getOpType()) {
          case "Conv" -> value.get() == 0;
          case "AveragePool" ->
              value.get() == 0
                  && (unpadded || attributes.integer("count_include_pad", 0) != 0)
                  && isInsideWindow(attributes, both);
          case "MaxPool" ->
              value.get() <= -Float.MAX_VALUE
                  && node.getOutputCount() == 1
                  && isInsideWindow(attributes, both);
          default -> false;
        };
    if (!fits) {
      return false;
    }
    NodeProto changed = OnnxAttributes.of(attributes.without("auto_pad")).with("pads", both);
    if (node.getOpType().equals("AveragePool")) {
      changed = OnnxAttributes.of(changed).withInteger("count_include_pad", 1);
    }
    graph.replace(node, changed.toBuilder().setInput(0, pad.get().getInput(0)).build());
    graph.remove(pad.get());
    return true;
  }

  /** Before each place, then after each; empty if batch or channels are padded, or it is cut. */
  private static Optional<long[]> margins(OnnxGraph graph, NodeProto pad) {
    boolean axes = pad.getInputCount() > 3 && !pad.getInput(3).isEmpty();
    if (axes
        || pad.getInputCount() < 2
        || !OnnxAttributes.of(pad).text("mode", "constant").equals("constant")) {
      return Optional.empty();
    }
    Optional<long[]> pads = graph.constant(pad.getInput(1)).map(OnnxTensors::integers);
    if (pads.isEmpty() || pads.get().length <= 2 * UNPADDED || pads.get().length % 2 != 0) {
      return Optional.empty();
    }
    int rank = pads.get().length / 2;
    long[] margins = new long[2 * (rank - UNPADDED)];
    for (int i = 0; i < pads.get().length; i++) {
      int axis = i % rank;
      long size = pads.get()[i];
      if (size < 0 || axis < UNPADDED && size != 0) {
        return Optional.empty();
      }
      if (axis >= UNPADDED) {
        margins[axis - UNPADDED + (i < rank ? 0 : rank - UNPADDED)] = size;
      }
    }
    return Optional.of(margins);
  }

  private static Optional<Float> value(OnnxGraph graph, NodeProto pad) {
    if (pad.getInputCount() < 3 || pad.getInput(2).isEmpty()) {
      return Optional.of(0f);
    }
    Optional<TensorProto> value =
        graph.constant(pad.getInput(2)).filter(v -> v.getDataType() == DataType.FLOAT_VALUE);
    return value.map(OnnxTensors::floats).filter(v -> v.length == 1).map(v -> v[0]);
  }

  /** Poolings must meet a real value in every window, and round their number of windows down. */
  private static boolean isInsideWindow(OnnxAttributes attributes, long[] pads) {
    long[] kernel = attributes.integers("kernel_shape").orElse(new long[0]);
    boolean dilated = Arrays.stream(attributes.integers("dilations", 1, 1)).anyMatch(d -> d != 1);
    if (kernel.length * 2 != pads.length || dilated || attributes.integer("ceil_mode", 0) != 0) {
      return false;
    }
    for (int i = 0; i < pads.length; i++) {
      if (pads[i] >= kernel[i % kernel.length]) {
        return false;
      }
    }
    return true;
  }
}
