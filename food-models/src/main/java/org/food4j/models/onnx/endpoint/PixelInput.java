package org.food4j.models.onnx.endpoint;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.models.onnx.OnnxGraph;
import org.food4j.models.onnx.OnnxNode;
import org.food4j.models.onnx.OnnxTensors;

/**
 * Puts the normalisation of photos into a model, so that it takes pixels as a decoder gives them.
 *
 * <p>Three operations take the place of the input: the pixels are transposed while they are bytes,
 * cast to float32, and normalised by one {@code BatchNormalization} without statistics of its own,
 * {@code value / (255 std) - mean / std} for each channel. The scale is not folded into the first
 * convolution: its padding is zero after the normalisation, not before.
 */
public final class PixelInput {
  private static final int CHANNELS = 3;

  private PixelInput() {}

  /**
   * Changes a model's only input to uint8 {@code [batch, height, width, 3]}: red, green and blue, 0
   * to 255. Its name, its batch and everything behind it stay as they are.
   *
   * @param model with one input, float32 {@code [batch, 3, height, width]}
   * @param preprocessing tells mean and standard deviation; resize and crop stay outside
   * @throws IllegalArgumentException if the model's input is another
   */
  public static ModelProto of(ModelProto model, Preprocessing preprocessing) {
    OnnxGraph graph = OnnxGraph.of(model);
    if (graph.inputs().size() != 1) {
      throw new IllegalArgumentException(
          "Pixels are the input of a model with one input, not of one with " + graph.inputs());
    }
    String input = graph.inputs().get(0);
    ValueInfoProto stated = graph.stated(input).orElseThrow();
    TensorShapeProto shape = stated.getType().getTensorType().getShape();
    if (stated.getType().getTensorType().getElemType() != DataType.FLOAT.getNumber()
        || shape.getDimCount() != CHANNELS + 1
        || shape.getDim(1).getDimValue() != CHANNELS) {
      throw new IllegalArgumentException(
          "Pixels take the place of an input float32 [batch, 3, height, width]; input '%s' of this model is another"
              .formatted(input));
    }
    String normalised = graph.free(input + "/BatchNormalization");
    graph.redirect(input, normalised);
    String first =
        graph.add(
            input + "/Transpose",
            OnnxNode.of("Transpose", input).with("perm", new int[] {0, 3, 1, 2}));
    String floats =
        graph.add(
            input + "/Cast", OnnxNode.of("Cast", first).with("to", DataType.FLOAT.getNumber()));
    graph.add(normalisation(graph, input, floats, preprocessing).toProto(normalised));
    return withInput(graph.toModel(), pixels(stated));
  }

  /** Inference only: {@code (x - mean) / sqrt(var + epsilon) * scale + B} of constants. */
  private static OnnxNode normalisation(
      OnnxGraph graph, String input, String pixels, Preprocessing preprocessing) {
    float[] scale = new float[CHANNELS];
    float[] shift = new float[CHANNELS];
    for (int channel = 0; channel < CHANNELS; channel++) {
      float std = preprocessing.std().get(channel);
      scale[channel] = 1 / (255 * std);
      shift[channel] = -preprocessing.mean().get(channel) / std;
    }
    return OnnxNode.of(
            "BatchNormalization",
            pixels,
            vector(graph, input + "/scale", scale),
            vector(graph, input + "/shift", shift),
            vector(graph, input + "/mean", new float[CHANNELS]),
            vector(graph, input + "/var", new float[] {1, 1, 1}))
        .with("epsilon", 0.0);
  }

  private static String vector(OnnxGraph graph, String wanted, float[] values) {
    return graph.put(OnnxTensors.floats(graph.free(wanted), values, CHANNELS));
  }

  /** The input's name and batch with the shape of pixels. */
  private static ValueInfoProto pixels(ValueInfoProto stated) {
    TensorShapeProto photos = stated.getType().getTensorType().getShape();
    TensorShapeProto shape =
        TensorShapeProto.newBuilder()
            .addDim(photos.getDim(0))
            .addDim(photos.getDim(2))
            .addDim(photos.getDim(3))
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(CHANNELS))
            .build();
    TypeProto.Builder type = TypeProto.newBuilder();
    type.getTensorTypeBuilder().setElemType(DataType.UINT8.getNumber()).setShape(shape);
    return stated.toBuilder().setType(type).build();
  }

  private static ModelProto withInput(ModelProto model, ValueInfoProto input) {
    List<ValueInfoProto> inputs =
        model.getGraph().getInputList().stream()
            .map(value -> value.getName().equals(input.getName()) ? input : value)
            .toList();
    ModelProto.Builder changed = model.toBuilder();
    changed.getGraphBuilder().clearInput().addAllInput(inputs);
    return changed.build();
  }
}
