package org.food4j.models.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;

/** Refuses what ONNX allows to lie beside the model file: values in files of their own. */
final class ExternalData {
  private ExternalData() {}

  /**
   * Looks at all weights and constants of a graph, those in bodies of control flow too.
   *
   * @throws IllegalArgumentException if the values of one lie in another file
   */
  static void refuse(GraphProto graph) {
    graph.getInitializerList().forEach(ExternalData::refuse);
    for (NodeProto node : graph.getNodeList()) {
      for (AttributeProto attribute : node.getAttributeList()) {
        refuse(attribute.getT());
        attribute.getTensorsList().forEach(ExternalData::refuse);
        refuse(attribute.getG());
        attribute.getGraphsList().forEach(ExternalData::refuse);
      }
    }
  }

  /**
   * Looks at one tensor.
   *
   * @throws IllegalArgumentException if its values lie in another file
   */
  static void refuse(TensorProto tensor) {
    if (tensor.getDataLocation() == DataLocation.EXTERNAL) {
      throw new IllegalArgumentException(
          "The values of '%s' lie in a file of their own, which is not supported: save the model as one file"
              .formatted(tensor.getName()));
    }
  }
}
