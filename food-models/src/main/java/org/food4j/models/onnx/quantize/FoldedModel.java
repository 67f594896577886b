package org.food4j.models.onnx.quantize;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.List;
import java.util.Optional;
import org.food4j.models.onnx.OnnxGraph;
import org.food4j.models.onnx.OnnxTensors;

/**
 * What has to be done to a float graph before its operations can be quantised: batch normalisation
 * becomes part of the convolution before it, and what does nothing at inference goes.
 */
final class FoldedModel {
  private final OnnxGraph graph;

  private FoldedModel(OnnxGraph graph) {
    this.graph = graph;
  }

  /** The same network in fewer operations. */
  static ModelProto of(ModelProto model) {
    FoldedModel folded = new FoldedModel(OnnxGraph.of(model));
    for (NodeProto node : folded.graph.sorted()) {
      if (!OnnxGraph.standard(node)) {
        continue;
      }
      switch (node.getOpType()) {
        case "BatchNormalization" -> folded.foldNormalization(node);
        case "Identity" -> folded.graph.bypass(node, node.getInput(0));
        case "Dropout" -> folded.dropDropout(node);
        default -> {
          // stays
        }
      }
    }
    return folded.graph.toModel();
  }

  private void dropDropout(NodeProto node) {
    boolean inference =
        node.getOutputCount() == 1 && (node.getInputCount() < 3 || node.getInput(2).isEmpty());
    if (inference) {
      graph.bypass(node, node.getInput(0));
    }
  }

  private void foldNormalization(NodeProto stale) {
    NodeProto node = graph.producer(stale.getOutput(0)).orElseThrow();
    Optional<NodeProto> source = graph.producer(node.getInput(0));
    if (node.getOutputCount() != 1
        || source.isEmpty()
        || !source.get().getOpType().equals("Conv")
        || graph.isOutput(node.getInput(0))
        || graph.readers(node.getInput(0)).size() != 1) {
      return;
    }
    NodeProto convolution = source.get();
    boolean hasBias = OperatorRole.hasBias(convolution);
    Optional<TensorProto> weights = graph.constant(convolution.getInput(1));
    List<Optional<TensorProto>> statistics =
        node.getInputList().subList(1, 5).stream().map(graph::constant).toList();
    if (weights.isEmpty()
        || statistics.stream().anyMatch(Optional::isEmpty)
        || (hasBias && graph.constant(convolution.getInput(2)).isEmpty())) {
      return;
    }
    float[] kernels = OnnxTensors.floats(weights.get());
    float[] gamma = OnnxTensors.floats(statistics.get(0).orElseThrow());
    float[] beta = OnnxTensors.floats(statistics.get(1).orElseThrow());
    float[] mean = OnnxTensors.floats(statistics.get(2).orElseThrow());
    float[] variance = OnnxTensors.floats(statistics.get(3).orElseThrow());
    float[] old =
        hasBias
            ? OnnxTensors.floats(graph.constant(convolution.getInput(2)).orElseThrow())
            : new float[gamma.length];
    double eps =
        node.getAttributeList().stream()
            .filter(a -> a.getName().equals("epsilon"))
            .findFirst()
            .map(AttributeProto::getF)
            .orElse(1e-5f);
    float[] bias = new float[gamma.length];
    int each = kernels.length / gamma.length;
    for (int c = 0; c < gamma.length; c++) {
      double factor = gamma[c] / Math.sqrt(variance[c] + eps);
      bias[c] = (float) (beta[c] + (old[c] - mean[c]) * factor);
      for (int i = c * each; i < (c + 1) * each; i++) {
        kernels[i] = (float) (kernels[i] * factor);
      }
    }
    String output = node.getOutput(0);
    graph.remove(node);
    NodeProto.Builder folded =
        convolution.toBuilder().clearInput().addInput(convolution.getInput(0));
    folded.addInput(
        graph.put(
            OnnxTensors.floats(
                graph.free(convolution.getInput(1) + "/folded"),
                kernels,
                OnnxTensors.shape(weights.get()))));
    folded.addInput(graph.put(OnnxTensors.floats(graph.free(output + "/bias"), bias, bias.length)));
    graph.replace(convolution, folded.setOutput(0, output).build());
  }
}
