package org.food4j.models.onnx.export;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.objdetect.Yolo2OutputLayer;
import org.food4j.models.onnx.OnnxGraphBuilder;
import org.food4j.models.onnx.OnnxNode;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * YOLOv2's head (Redmon and Farhadi, 2016, section 2): per box the centre within its cell, the size
 * in cells, a confidence and class probabilities. Boxes are not selected, as in DL4J's output.
 */
final class DetectionConverters {
  /** Boxes, values of a box, rows, columns: values are the third axis. */
  private static final int VALUES = 2;

  private DetectionConverters() {}

  static void register(ConverterRegistry registry) {
    registry.register(Yolo2OutputLayer.class, DetectionConverters::yolo);
  }

  private static String yolo(Yolo2OutputLayer layer, VertexContext context) {
    context.requireLayout(2, layer.getFormat() == CNN2DFormat.NHWC);
    TensorShape shape = context.shape();
    INDArray priors = layer.getBoundingBoxes();
    long boxes = priors.size(0);
    long values = shape.channels() / boxes;
    long[] sizes = shape.sizes();
    String split =
        context.integers("boxes", OnnxGraphBuilder.BATCH, boxes, values, sizes[0], sizes[1]);
    String all = context.node(OnnxNode.of("Reshape", context.input(), split));
    String centre = context.node(OnnxNode.of("Sigmoid", part("centre", 0, 2, all, context)));
    String size = context.node(OnnxNode.of("Exp", part("size", 2, 4, all, context)));
    String scaled =
        context.node(
            OnnxNode.of("Mul", size, context.weights("priors", priors, 1, boxes, 2, 1, 1)));
    String confidence =
        context.node(OnnxNode.of("Sigmoid", part("confidence", 4, 5, all, context)));
    String classes =
        context.node(
            OnnxNode.of("Softmax", part("classes", 5, values, all, context)).with("axis", VALUES));
    String joined =
        context.node(
            OnnxNode.of("Concat", centre, scaled, confidence, classes).with("axis", VALUES));
    context.outputType(context.inputType());
    String maps = context.integers("maps", shape.inFile());
    return context.node(OnnxNode.of("Reshape", joined, maps));
  }

  private static String part(String name, long from, long to, String all, VertexContext context) {
    return context.node(
        OnnxNode.of(
            "Slice",
            all,
            context.integers(name + "/from", from),
            context.integers(name + "/to", to),
            context.integers(name + "/axis", VALUES)));
  }
}
