package org.food4j.models.onnx.optimize;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.Optional;
import org.food4j.models.onnx.OnnxGraph;
import org.food4j.models.onnx.OnnxTensors;
import org.food4j.models.onnx.TensorTypes;

/** Makes a {@code Gemm} of a product of matrices and the constant row that is added to it. */
final class GemmFusion implements GraphPass {
  @Override
  public String name() {
    return "MatMul and Add to Gemm";
  }

  @Override
  public int apply(OnnxGraph graph) {
    int changes = 0;
    TensorTypes types = TensorTypes.of(graph);
    for (NodeProto node : graph.nodes()) {
      if (node.getOpType().equals("MatMul")
          && OnnxGraph.standard(node)
          && types.type(node.getInput(0)).hasRank(2)
          && types.type(node.getInput(1)).hasRank(2)
          && types.type(node.getInput(1)).element() == DataType.FLOAT
          && fuse(graph, types, node)) {
        changes++;
      }
    }
    return changes;
  }

  private static boolean fuse(OnnxGraph graph, TensorTypes types, NodeProto product) {
    Optional<NodeProto> sum =
        graph
            .onlyReader(product.getOutput(0))
            .filter(n -> n.getOpType().equals("Add") && OnnxGraph.standard(n));
    if (sum.isEmpty()) {
      return false;
    }
    String row = sum.get().getInput(sum.get().getInput(0).equals(product.getOutput(0)) ? 1 : 0);
    Optional<TensorProto> constant = graph.constant(row);
    long outputs = types.type(product.getInput(1)).shape().get(1);
    if (constant.isEmpty() || !isRow(constant.get(), outputs)) {
      return false;
    }
    graph.remove(product);
    NodeProto.Builder gemm = sum.get().toBuilder().setOpType("Gemm").clearAttribute().clearInput();
    gemm.addAllInput(product.getInputList()).addInput(row);
    graph.replace(sum.get(), gemm.build());
    return true;
  }

  private static boolean isRow(TensorProto constant, long outputs) {
    long[] shape = OnnxTensors.shape(constant);
    boolean all = OnnxTensors.count(shape) == 1 && shape.length <= 2;
    boolean row =
        shape.length == 1 && shape[0] == outputs
            || shape.length == 2 && shape[0] == 1 && shape[1] == outputs;
    return all || row;
  }
}
