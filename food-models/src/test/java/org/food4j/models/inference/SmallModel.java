package org.food4j.models.inference;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.util.List;
import org.food4j.data.manifest.Labels;
import org.food4j.data.preprocess.Interpolation;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.models.onnx.ModelCard;
import org.food4j.models.onnx.OnnxGraphBuilder;
import org.food4j.models.onnx.OnnxNode;

/** A network for tests whose logits are the mean red, green and blue of a photo of 4 x 4 pixels. */
final class SmallModel {
  static final int SIZE = 4;
  static final int CLASSES = 3;

  static final ModelCard CARD =
      ModelCard.of(
          Labels.of(List.of("red_curry", "green_salad", "blueberries")),
          new Preprocessing(
              SIZE, SIZE, Interpolation.BILINEAR, List.of(0f, 0f, 0f), List.of(1f, 1f, 1f)));

  private SmallModel() {}

  static ModelProto withOutput(String name) {
    OnnxGraphBuilder graph = new OnnxGraphBuilder("test");
    String input = graph.input("input", OnnxGraphBuilder.BATCH, 3, SIZE, SIZE);
    String mean = graph.node("mean", OnnxNode.of("GlobalAveragePool", input));
    String flat = graph.node("flat", OnnxNode.of("Flatten", mean).with("axis", 1));
    graph.output(flat, name, OnnxGraphBuilder.BATCH, CLASSES);
    return graph.build();
  }
}
