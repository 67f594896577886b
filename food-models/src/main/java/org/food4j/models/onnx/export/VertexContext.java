package org.food4j.models.onnx.export;

import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final DeclaredType declared;

  /** Shared by all who see the same part, so that a wrapped layer answers for its wrapper. */
  private static final class DeclaredType {
    private Optional<InputType> type = Optional.empty();
  }

  private VertexContext(
      OnnxGraphBuilder graph,
      ConverterRegistry converters,
      String vertex,
      String nodeName,
      Map<String, INDArray> parameters,
      List<String> inputs,
      List<InputType> inputTypes,
      DeclaredType declared) {
    this.graph = graph;
    this.converters = converters;
    this.vertex = vertex;
    this.nodeName = nodeName;
    this.parameters = parameters;
    this.inputs = inputs;
    this.inputTypes = inputTypes;
    this.declared = declared;
  }

  static VertexContext of(
      OnnxGraphBuilder graph,
      ConverterRegistry converters,
      String vertex,
      Map<String, INDArray> parameters,
      List<String> inputs,
      List<InputType> inputTypes) {
    return new VertexContext(
        graph, converters, vertex, vertex, parameters, inputs, inputTypes, new DeclaredType());
  }

  /** The same vertex, seen by a part of it that reads another tensor. */
  VertexContext reading(String tensor, InputType type) {
    return new VertexContext(
        graph, converters, vertex, nodeName, parameters, List.of(tensor), List.of(type), declared);
  }

  /** The same vertex, with its nodes named as those that prepare its input. */
  VertexContext preparingInput() {
    return new VertexContext(
        graph,
        converters,
        vertex,
        vertex + "/input",
        parameters,
        inputs,
        inputTypes,
        new DeclaredType());
  }

  /** The same vertex, seen by one of several parts that follow each other. */
  VertexContext step(String tensor, InputType type) {
    return new VertexContext(
        graph,
        converters,
        vertex,
        nodeName,
        parameters,
        List.of(tensor),
        List.of(type),
        new DeclaredType());
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
   * Shape of the first input, which must be an image: in the file {@code [batch, channels, height,
   * width]} whatever its format says, which is the layout in DL4J's memory.
   *
   * @throws RuntimeException as {@link #unsupported} makes it, for anything but an image
   */
  public InputType.InputTypeConvolutional imageType() {
    if (!(inputType() instanceof InputType.InputTypeConvolutional image)) {
      throw unsupported("its input is " + inputType() + ", only images are supported");
    }
    return image;
  }

  /** Shape of the first input as numbers. */
  TensorShape shape() {
    return TensorShape.of(inputType());
  }

  /**
   * Refuses an input that is not what the layer was configured for.
   *
   * @param axes spatial ones: 1 for sequences, 2 for images, 3 for volumes
   * @param channelsLast the layer's setting
   */
  void requireLayout(int axes, boolean channelsLast) {
    TensorShape shape = shape();
    if (shape.sizes().length != axes) {
      throw unsupported("its input is " + inputType() + ", of another rank than it reads");
    }
    if (shape.channelsLast() != channelsLast) {
      throw unsupported(
          "the layer reads channels %s, but its input is %s; give the exporter the input type that the graph was built with"
              .formatted(channelsLast ? "last" : "first", inputType()));
    }
  }

  /**
   * Says what shape the part's output has. Without it DL4J is asked, whose answer is wrong for some
   * of its parts.
   *
   * @param type without the batch; its format is the layout in DL4J's memory
   */
  public void outputType(InputType type) {
    declared.type = Optional.of(type);
  }

  /** As {@link #outputType}. */
  void outputShape(TensorShape shape) {
    outputType(shape.toInputType());
  }

  /** What the part said about its output. */
  Optional<InputType> outputType() {
    return declared.type;
  }

  /** A tensor of the file in the order in which DL4J's memory holds it. */
  String inMemoryOrder(String tensor, TensorShape shape) {
    if (shape.isSameInBothLayouts()) {
      return tensor; // only to be reshaped: the same numbers in the same order
    }
    return node(OnnxNode.of("Transpose", tensor).with("perm", shape.toMemory()));
  }

  /** Numbers in DL4J's order, given a shape, as the file keeps it. */
  String reshaped(String tensor, TensorShape to) {
    String reshaped = node(OnnxNode.of("Reshape", tensor, integers("shape", to.inMemory())));
    return inFileOrder(reshaped, to);
  }

  /** A tensor in DL4J's order as the file keeps it. */
  String inFileOrder(String tensor, TensorShape shape) {
    return shape.channelsLast()
        ? node(OnnxNode.of("Transpose", tensor).with("perm", shape.toFile()))
        : tensor;
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

  /** Adds a one-dimensional float32 constant named {@code vertex/key}. */
  public String floats(String key, float... values) {
    return graph.floats(vertex + "/" + key, values, values.length);
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
