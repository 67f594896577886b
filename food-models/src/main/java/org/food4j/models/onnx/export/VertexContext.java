package org.food4j.models.onnx.export;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.food4j.models.onnx.OnnxGraphBuilder;
import org.food4j.models.onnx.OnnxNode;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a converter sees of the vertex it converts, and where it adds nodes. Lives for one call of
 * {@link OnnxConverter#convert}.
 */
public final class VertexContext {
  private final OnnxGraphBuilder graph;
  private final ConverterRegistry converters;
  private final String vertex;
  private final String nodeName;
  private final Map<String, INDArray> parameters;
  private final List<String> inputs;
  private final List<InputType> inputTypes;

  private VertexContext(
      OnnxGraphBuilder graph,
      ConverterRegistry converters,
      String vertex,
      String nodeName,
      Map<String, INDArray> parameters,
      List<String> inputs,
      List<InputType> inputTypes) {
    this.graph = graph;
    this.converters = converters;
    this.vertex = vertex;
    this.nodeName = nodeName;
    this.parameters = parameters;
    this.inputs = inputs;
    this.inputTypes = inputTypes;
  }

  static VertexContext of(
      OnnxGraphBuilder graph,
      ConverterRegistry converters,
      String vertex,
      Map<String, INDArray> parameters,
      List<String> inputs,
      List<InputType> inputTypes) {
    return new VertexContext(graph, converters, vertex, vertex, parameters, inputs, inputTypes);
  }

  /** The same vertex, seen by a part of it that reads another tensor. */
  VertexContext reading(String tensor, InputType type) {
    return new VertexContext(
        graph, converters, vertex, nodeName, parameters, List.of(tensor), List.of(type));
  }

  /** The same vertex, with its nodes named as those that prepare its input. */
  VertexContext preparingInput() {
    return new VertexContext(
        graph, converters, vertex, vertex + "/input", parameters, inputs, inputTypes);
  }

  /** The vertex's name in the DL4J graph. */
  public String vertex() {
    return vertex;
  }

  /** The tensors that the part reads, in order. */
  public List<String> inputs() {
    return inputs;
  }

  /** The tensor that the part reads, for parts with one input. */
  public String input() {
    return inputs.get(0);
  }

  /** Shapes of the inputs, without the batch. */
  public List<InputType> inputTypes() {
    return inputTypes;
  }

  /** Shape of the first input, without the batch. */
  public InputType inputType() {
    return inputTypes.get(0);
  }

  /**
   * Shape of the first input, which must be an image.
   *
   * @throws RuntimeException as {@link #unsupported} makes it, for anything but {@code [batch,
   *     channels, height, width]}
   */
  public InputType.InputTypeConvolutional imageType() {
    if (!(inputType() instanceof InputType.InputTypeConvolutional image)) {
      throw unsupported("its input is " + inputType() + ", only images are supported");
    }
    requireChannelsFirst(image.getFormat());
    return image;
  }

  /**
   * Refuses the layout {@code [batch, height, width, channels]}.
   *
   * @throws RuntimeException as {@link #unsupported} makes it
   */
  public void requireChannelsFirst(CNN2DFormat format) {
    if (format != CNN2DFormat.NCHW) {
      throw unsupported(
          "layout "
              + format
              + ", in which only this library's own layers can be exported; use one of them, or NCHW");
    }
  }

  /**
   * A parameter of the vertex as DL4J keeps it; not to be modified.
   *
   * @param key DL4J's name, {@code "W"}
   * @throws IllegalStateException if the vertex has no such parameter
   */
  public INDArray parameter(String key) {
    INDArray parameter = parameters.get(key);
    if (parameter == null) {
      throw new IllegalStateException(
          "Vertex '%s' has no parameter '%s', only %s".formatted(vertex, key, parameters.keySet()));
    }
    return parameter;
  }

  /**
   * Adds an array as float32 weights named {@code vertex/key}.
   *
   * @param shape the shape in the file, of as many elements; in row-major order of the array
   * @return the tensor's name
   */
  public String weights(String key, INDArray array, long... shape) {
    float[] values = array.castTo(DataType.FLOAT).dup('c').data().asFloat();
    return graph.floats(vertex + "/" + key, values, shape);
  }

  /** Adds a one-dimensional int64 constant named {@code vertex/key}: axes, or a shape. */
  public String integers(String key, long... values) {
    return graph.integers(vertex + "/" + key, values);
  }

  /** Adds a float32 scalar named {@code vertex/key}. */
  public String scalar(String key, double value) {
    return graph.scalar(vertex + "/" + key, value);
  }

  /**
   * Adds an operation; the vertex's first one is named as the vertex, further ones {@code
   * vertex/Operator}.
   *
   * @return the tensor that holds its output
   */
  public String node(OnnxNode node) {
    return graph.node(nodeName, node);
  }

  /**
   * Converts a part of this vertex with the converter of the part's class: an activation function,
   * or the layer inside a wrapper.
   *
   * @param part its configuration
   * @param input the tensor that it reads
   * @param type that tensor's shape, without the batch
   * @return the tensor that holds its output
   * @throws RuntimeException as {@link #unsupported} makes it, if no converter serves the class
   */
  public <T> String convert(T part, String input, InputType type) {
    return reading(input, type).convert(part);
  }

  /** Converts a part that reads this context's inputs. */
  <T> String convert(T part) {
    return converters
        .converterOf(part)
        .orElseThrow(
            () -> unsupported("no converter is registered for " + part.getClass().getName()))
        .convert(part, this);
  }

  /**
   * The exception to throw when a configuration has no ONNX form. The export goes on to find what
   * else is not supported, and then fails with all of it.
   *
   * @param reason what is not supported, in a few words, without the vertex's name
   */
  public RuntimeException unsupported(String reason) {
    return new UnsupportedPart(reason);
  }

  /** Carries one reason to the exporter. */
  static final class UnsupportedPart extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsupportedPart(String reason) {
      super(reason);
    }
  }
}
