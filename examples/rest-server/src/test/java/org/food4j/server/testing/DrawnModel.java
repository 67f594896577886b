package org.food4j.server.testing;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.food4j.data.manifest.Label;
import org.food4j.data.manifest.Labels;
import org.food4j.data.preprocess.Interpolation;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.models.onnx.ModelCard;
import org.food4j.models.onnx.OnnxGraphBuilder;
import org.food4j.models.onnx.OnnxModelFile;
import org.food4j.models.onnx.OnnxNode;
import org.food4j.models.onnx.endpoint.ClassifierHead;
import org.food4j.models.onnx.endpoint.PixelInput;
import org.food4j.models.onnx.quantize.DynamicQuantizer;
import org.food4j.models.onnx.quantize.KeepFloat;

/**
 * A network that tells red, green and blue photos apart: convolutions that keep the colours, global
 * average pooling, and a head that multiplies them by its strength. Immutable.
 *
 * @param labels of its three classes: red, green and blue
 * @param size of its input, pixels
 * @param resize what a photo's shorter side becomes before that is cut out of its middle, pixels
 * @param channels of the convolutions, 3 at least; what they cost
 * @param depth convolutions, one at least
 * @param strength of the head; negative for a network that is always wrong
 * @param pixels whether it takes uint8 pixels
 * @param maps whether it has class activation maps
 * @param threshold below which it knows nothing, 0 for none
 */
public record DrawnModel(
    Labels labels,
    int size,
    int resize,
    int channels,
    int depth,
    double strength,
    boolean pixels,
    boolean maps,
    double threshold) {
  /** The names of its classes. */
  public static final List<String> CLASSES = List.of("red_curry", "green_salad", "blueberries");

  private static final Labels FOODS =
      new Labels(
          List.of(
              new Label(0, CLASSES.get(0), "Red curry", Map.of("kcal", 120)),
              new Label(1, CLASSES.get(1), "Salade verte à l’été", Map.of()),
              new Label(2, CLASSES.get(2), "Blueberries", Map.of())));

  /** A fast one, 16 pixels wide. */
  public static DrawnModel small() {
    return new DrawnModel(FOODS, 16, 16, 3, 1, 5, false, false, 0);
  }

  /** One that takes some milliseconds a photo. */
  public static DrawnModel slow() {
    return new DrawnModel(FOODS, 64, 64, 32, 8, 5, false, false, 0);
  }

  /** The same with other names for its classes. */
  public DrawnModel withLabels(Labels other) {
    return new DrawnModel(other, size, resize, channels, depth, strength, pixels, maps, threshold);
  }

  /** The same with another input, cut out of a photo that is resized so. */
  public DrawnModel withSizes(int input, int shorterSide) {
    return new DrawnModel(
        labels, input, shorterSide, channels, depth, strength, pixels, maps, threshold);
  }

  /** The same with another strength, and so another version of the file. */
  public DrawnModel withStrength(double other) {
    return new DrawnModel(labels, size, resize, channels, depth, other, pixels, maps, threshold);
  }

  /** The same that takes pixels. */
  public DrawnModel withPixels() {
    return new DrawnModel(labels, size, resize, channels, depth, strength, true, maps, threshold);
  }

  /** The same that explains. */
  public DrawnModel withMaps() {
    return new DrawnModel(labels, size, resize, channels, depth, strength, pixels, true, threshold);
  }

  /** The same that is not always sure. */
  public DrawnModel withThreshold(double other) {
    return new DrawnModel(labels, size, resize, channels, depth, strength, pixels, maps, other);
  }

  /** What its file says about it. */
  public ModelCard card() {
    ModelCard card =
        ModelCard.of(
                labels,
                new Preprocessing(
                    size,
                    resize,
                    Interpolation.BILINEAR,
                    List.of(0.5f, 0.4f, 0.3f),
                    List.of(0.2f, 0.25f, 0.3f)))
            .withProvenance(Map.of("source", "drawn"));
    return threshold > 0 ? card.withThreshold(threshold) : card;
  }

  /** Writes it. */
  public Path write(Path file) throws IOException {
    OnnxModelFile.write(file, model(), card());
    return file;
  }

  /** Writes it with scales of its activations that every call finds anew. */
  public Path writeDynamic(Path file) throws IOException {
    ModelProto quantized = DynamicQuantizer.quantize(model(), KeepFloat.NOTHING, false);
    OnnxModelFile.write(file, quantized, card());
    return file;
  }

  /** Puts it in the place of another file in one step, as a deployment does. */
  public void moveTo(Path file) {
    try {
      Path beside = file.resolveSibling(file.getFileName() + ".new");
      write(beside);
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ModelProto model() {
    OnnxGraphBuilder graph = new OnnxGraphBuilder("drawn");
    String tensor = graph.input("input", OnnxGraphBuilder.BATCH, 3, size, size);
    int given = 3;
    for (int i = 0; i < depth; i++) {
      String kernels = graph.floats("W" + i, kernels(given), channels, given, 3, 3);
      tensor =
          graph.node(
              "conv" + i,
              OnnxNode.of("Conv", tensor, kernels).with("pads", new int[] {1, 1, 1, 1}));
      given = channels;
    }
    String mean = graph.node("mean", OnnxNode.of("GlobalAveragePool", tensor));
    String flat = graph.node("flat", OnnxNode.of("Flatten", mean).with("axis", 1));
    float[] weights = new float[channels * 3];
    for (int k = 0; k < 3; k++) {
      weights[k * 3 + k] = (float) strength;
    }
    String head = graph.floats("head", weights, channels, 3);
    String bias = graph.floats("bias", new float[] {0.25f, 0, -0.25f}, 3);
    graph.output(
        graph.node("logits", OnnxNode.of("Gemm", flat, head, bias)),
        "logits",
        OnnxGraphBuilder.BATCH,
        3);
    ModelProto model = graph.build();
    if (maps) {
      ClassifierHead found = ClassifierHead.of(model, "logits");
      found.addClassActivation(size, size);
      model = found.toModel();
    }
    return pixels ? PixelInput.of(model, card().preprocessing()) : model;
  }

  /** The first three channels are the colours as they are; the others cost time. */
  private float[] kernels(int given) {
    Random random = new Random(7);
    float[] kernels = new float[channels * given * 9];
    for (int i = 0; i < kernels.length; i++) {
      kernels[i] = i < 3 * given * 9 ? 0 : random.nextFloat(-0.1f, 0.1f);
    }
    for (int c = 0; c < 3; c++) {
      kernels[(c * given + c) * 9 + 4] = 1;
    }
    return kernels;
  }
}
