package org.food4j.models.onnx;

import static org.food4j.models.onnx.TensorType.FREE;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Types and shapes of a graph's tensors, as far as they follow from its inputs, its weights, what
 * the file states, and the operators that image networks use. What an unknown operator makes is
 * unknown, not guessed. A picture of the graph at one moment: later changes do not show. Immutable.
 */
public final class TensorTypes {
  /** 4 GiB of float32: beyond anything that a network of photos makes. */
  private static final double MOST_NUMBERS = 1 << 30;

  private final Map<String, TensorType> types = new HashMap<>();

  /** Whether impossible sizes are refused, not merely unknown; then nothing stated is believed. */
  private final boolean strict;

  private TensorTypes(boolean strict) {
    this.strict = strict;
  }

  /**
   * Looks through a graph, whose weights may be without their values.
   *
   * @throws IllegalArgumentException if attributes do not fit a node's inputs
   */
  public static TensorTypes of(OnnxGraph graph) {
    return of(graph, false);
  }

  /**
   * Looks through a graph for tensors that cannot be, as far as that follows from inputs, weights
   * and operators, whatever else the file states.
   *
   * @throws IllegalArgumentException if a tensor would have a negative size, or more than
   *     2<sup>30</sup> numbers a photo, or attributes do not fit a node's inputs
   */
  public static void requirePossible(OnnxGraph graph) {
    of(graph, true);
  }

  private static TensorTypes of(OnnxGraph graph, boolean strict) {
    TensorTypes result = new TensorTypes(strict);
    for (String input : graph.inputs()) {
      TensorType type = stated(graph, input);
      // what nobody gives costs nothing: an input may be of any size that there is
      result.requirePossible(type, Double.POSITIVE_INFINITY, "Input '%s' is".formatted(input));
      result.types.put(input, type);
    }
    for (NodeProto node : graph.sorted()) {
      for (String read : node.getInputList()) {
        if (!result.types.containsKey(read)) {
          graph.initializer(read).ifPresent(weights -> result.types.put(read, type(weights)));
        }
      }
      List<TensorType> made = List.of();
      if (OnnxGraph.standard(node)) {
        made = infer(graph, result, node);
      }
      for (int i = 0; i < node.getOutputCount(); i++) {
        String name = node.getOutput(i);
        TensorType inferred = i < made.size() ? made.get(i) : TensorType.UNKNOWN;
        result.requirePossible(inferred, MOST_NUMBERS, ShapeInference.title(node) + " gives maps");
        result.types.put(name, strict ? inferred : inferred.or(stated(graph, name)));
      }
    }
    return result;
  }

  private static List<TensorType> infer(OnnxGraph graph, TensorTypes known, NodeProto node) {
    try {
      return new Inference(graph, known, node).outputs();
    } catch (IndexOutOfBoundsException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "The attributes of the %s that makes '%s' do not fit its inputs"
              .formatted(node.getOpType(), node.getOutput(0)),
          e);
    }
  }

  boolean strict() {
    return strict;
  }

  private void requirePossible(TensorType type, double most, String subject) {
    double numbers = 1;
    boolean possible = true;
    for (long size : type.shape()) {
      possible &= size >= FREE && size <= Integer.MAX_VALUE;
      numbers *= size == FREE ? 1 : size;
    }
    if (strict && !(possible && numbers <= most)) {
      throw new IllegalArgumentException(
          "%s of an impossible size, %s".formatted(subject, type.shape()));
    }
  }

  /** What is known of a tensor: {@link TensorType#UNKNOWN} at worst. */
  public TensorType type(String tensor) {
    return types.getOrDefault(tensor, TensorType.UNKNOWN);
  }

  private static TensorType stated(OnnxGraph graph, String tensor) {
    return graph
        .stated(tensor)
        .map(value -> TensorType.of(value.getType()))
        .orElse(TensorType.UNKNOWN);
  }

  private static TensorType type(TensorProto weights) {
    return TensorType.of(OnnxTensors.type(weights), weights.getDimsList());
  }

  /** One node's outputs from its inputs. */
  private record Inference(OnnxGraph graph, TensorTypes known, NodeProto node) {
    List<TensorType> outputs() {
      return switch (node.getOpType()) {
        case "Abs",
            "BatchNormalization",
            "Ceil",
            "Celu",
            "Clip",
            "CumSum",
            "Dropout",
            "Elu",
            "Erf" ->
            same();
        case "Exp", "Floor", "Gelu", "HardSigmoid", "HardSwish", "Hardmax", "Identity" -> same();
        case "InstanceNormalization", "GroupNormalization", "LRN", "LayerNormalization" -> same();
        case "LeakyRelu", "Log", "LogSoftmax", "LpNormalization", "Mish", "Neg", "Not" -> same();
        case "MeanVarianceNormalization", "Reciprocal", "Relu", "Round", "Selu", "Shrink" -> same();
        case "Sigmoid", "Sign", "Sin", "Cos", "Softmax", "Softplus", "Softsign", "Sqrt" -> same();
        case "Tanh", "ThresholdedRelu", "Trilu" -> same();
        case "Add", "Sub", "Mul", "Div", "Pow", "PRelu", "Mod" -> List.of(broadcast(0, 0));
        case "Max", "Min", "Mean", "Sum" -> List.of(broadcast(0, 0));
        case "Where" -> List.of(broadcast(0, 1));
        case "Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual", "And", "Or", "Xor" ->
            List.of(broadcast(0, 0).as(DataType.BOOL));
        case "Cast" -> List.of(input(0).as(cast()));
        case "Shape" -> List.of(shapeOf());
        case "Size" -> List.of(TensorType.of(DataType.INT64, List.of()));
        case "DequantizeLinear" -> List.of(input(0).as(input(1).element()));
        case "QuantizeLinear" -> List.of(input(0).as(quantized()));
        case "Constant" ->
            List.of(
                graph
                    .constant(node.getOutput(0))
                    .map(TensorTypes::type)
                    .orElse(TensorType.UNKNOWN));
        case "ConstantOfShape" -> List.of(constantOfShape());
        default ->
            Optional.of(new ShapeInference(graph, known, node).outputs())
                .filter(made -> !made.isEmpty())
                .orElseGet(this::elementOnly);
      };
    }

    private TensorType input(int index) {
      return index < node.getInputCount() ? known.type(node.getInput(index)) : TensorType.UNKNOWN;
    }

    private List<TensorType> same() {
      return List.of(input(0));
    }

    /** Operators whose values have the first input's type in a shape not followed here. */
    private List<TensorType> elementOnly() {
      return switch (node.getOpType()) {
        case "Expand",
            "GatherElements",
            "GatherND",
            "GridSample",
            "Resize",
            "RoiAlign",
            "ScatterElements",
            "ScatterND",
            "Tile",
            "Einsum",
            "TopK",
            "Unique",
            "Upsample",
            "MaxUnpool",
            "MaxRoiPool",
            "Compress",
            "EyeLike" ->
            List.of(TensorType.unranked(input(0).element()));
        default -> List.of();
      };
    }

    private TensorType broadcast(int shapesFrom, int typeFrom) {
      TensorType result = input(shapesFrom);
      for (int i = shapesFrom + 1; i < node.getInputCount(); i++) {
        result = broadcast(result, input(i));
      }
      return result.as(input(typeFrom).element());
    }

    private static TensorType broadcast(TensorType a, TensorType b) {
      if (!a.ranked() || !b.ranked()) {
        return TensorType.UNKNOWN;
      }
      int rank = Math.max(a.shape().size(), b.shape().size());
      Long[] shape = new Long[rank];
      for (int i = 0; i < rank; i++) {
        shape[i] = TensorType.broadcast(dimension(a, i - rank), dimension(b, i - rank));
      }
      return a.shaped(List.of(shape));
    }

    private static long dimension(TensorType type, int fromEnd) {
      int index = type.shape().size() + fromEnd;
      return index < 0 ? 1 : type.shape().get(index);
    }

    private DataType cast() {
      return dataType(OnnxAttributes.of(node).integer("to", 0));
    }

    private DataType quantized() {
      return node.getInputCount() > 2
          ? input(2).element()
          : dataType(OnnxAttributes.of(node).integer("output_dtype", DataType.UINT8_VALUE));
    }

    private static DataType dataType(long number) {
      DataType type = DataType.forNumber(Math.toIntExact(number));
      return type == null ? DataType.UNDEFINED : type;
    }

    private TensorType shapeOf() {
      return TensorType.of(
          DataType.INT64,
          List.of(
              input(0).ranked()
                      && !OnnxAttributes.of(node).has("start")
                      && !OnnxAttributes.of(node).has("end")
                  ? (long) input(0).shape().size()
                  : FREE));
    }

    private TensorType constantOfShape() {
      DataType element =
          OnnxAttributes.of(node)
              .find("value")
              .map(value -> OnnxTensors.type(value.getT()))
              .orElse(DataType.FLOAT);
      return graph
          .constant(node.getInput(0))
          .filter(ShapeInference::holdsValues)
          .map(OnnxTensors::integers)
          .map(shape -> TensorType.of(element, java.util.Arrays.stream(shape).boxed().toList()))
          .orElse(TensorType.unranked(element));
    }
  }
}
