package org.food4j.models.onnx.quantize;

import java.util.Set;

/** What operators do in float16. */
final class Float16Operators {
  /**
   * Those that may compute in float16: their real inputs and outputs are all of one type, and
   * rounding to 11 bits harms none of them by itself. Not exponentials, powers, sums over many
   * values or normalisations, which overflow or lose small parts; nor resizing and detection, which
   * read places as real numbers.
   */
  static final Set<String> HALF =
      Set.of(
          "Abs",
          "Add",
          "AveragePool",
          "BatchNormalization",
          "Ceil",
          "Clip",
          "Concat",
          "Conv",
          "ConvTranspose",
          "DepthToSpace",
          "Div",
          "Elu",
          "Erf",
          "Expand",
          "Flatten",
          "Floor",
          "Gather",
          "Gelu",
          "Gemm",
          "GlobalAveragePool",
          "GlobalMaxPool",
          "HardSigmoid",
          "HardSwish",
          "Identity",
          "LeakyRelu",
          "MatMul",
          "Max",
          "MaxPool",
          "Min",
          "Mul",
          "Neg",
          "PRelu",
          "Pad",
          "ReduceMax",
          "ReduceMin",
          "Relu",
          "Reshape",
          "Selu",
          "Shape",
          "Sigmoid",
          "Size",
          "Slice",
          "Softsign",
          "SpaceToDepth",
          "Split",
          "Squeeze",
          "Sub",
          "Tanh",
          "Tile",
          "Transpose",
          "Unsqueeze",
          "Where");

  /** Those that are worth a cast for their own sake; others follow what is around them. */
  static final Set<String> HEAVY = Set.of("Conv", "ConvTranspose", "Gemm", "MatMul");

  private Float16Operators() {}
}
