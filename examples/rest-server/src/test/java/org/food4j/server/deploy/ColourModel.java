package org.food4j.server.deploy;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.food4j.data.manifest.Labels;
import org.food4j.data.preprocess.Interpolation;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.models.onnx.ModelCard;
import org.food4j.models.onnx.OnnxGraphBuilder;
import org.food4j.models.onnx.OnnxModelFile;
import org.food4j.models.onnx.OnnxNode;
import org.food4j.models.onnx.endpoint.ClassifierHead;

/**
 * A network for tests that tells colours: its logits are the mean red, green and blue of a photo,
 * times ten, and its class activation map is the photo itself.
 */
public final class ColourModel {
  /** The classes. */
  public static final List<String> LABELS = List.of("tomato", "salad", "blueberry");

  private ColourModel() {}

  /**
   * Writes the network.
   *
   * @param size side of a photo as it takes it
   * @param explains whether it has class activation maps
   */
  public static Path write(Path file, int size, boolean explains) throws IOException {
    OnnxGraphBuilder graph = new OnnxGraphBuilder("colours");
    String input = graph.input("input", OnnxGraphBuilder.BATCH, 3, size, size);
    String mean = graph.node("mean", OnnxNode.of("GlobalAveragePool", input));
    String flat = graph.node("flat", OnnxNode.of("Flatten", mean).with("axis", 1));
    String sure = graph.node("sure", OnnxNode.of("Mul", flat, graph.scalar("ten", 10)));
    graph.output(sure, "logits", OnnxGraphBuilder.BATCH, LABELS.size());
    if (explains) {
      String map = graph.node("map", OnnxNode.of("Identity", input));
      graph.output(
          map, ClassifierHead.CLASS_ACTIVATION, OnnxGraphBuilder.BATCH, LABELS.size(), size, size);
    }
    ModelProto model = graph.build();
    OnnxModelFile.write(
        file,
        model,
        ModelCard.of(
            Labels.of(LABELS),
            new Preprocessing(
                size, size, Interpolation.BILINEAR, List.of(0f, 0f, 0f), List.of(1f, 1f, 1f))));
    return file;
  }

  /**
   * A photo of one colour.
   *
   * @param format {@code "jpg"} or {@code "png"}
   */
  public static byte[] photo(Color colour, String format) throws IOException {
    BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
    Graphics2D drawing = image.createGraphics();
    drawing.setColor(colour);
    drawing.fillRect(0, 0, image.getWidth(), image.getHeight());
    drawing.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(image, format, bytes)) {
      throw new IOException("No writer for " + format);
    }
    return bytes.toByteArray();
  }
}
