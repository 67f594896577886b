package org.food4j.models.onnx.quantize;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;

/** The eight-bit integers that tensors are stored in. */
public enum IntegerType {
  /** 0 to 255. */
  U8(DataType.UINT8, 0, 255),
  /** -128 to 127. */
  S8(DataType.INT8, -128, 127);

  private final DataType type;
  private final int least;
  private final int most;

  IntegerType(DataType type, int least, int most) {
    this.type = type;
    this.least = least;
    this.most = most;
  }

  /** The type in the file. */
  public DataType onnx() {
    return type;
  }

  /** The least value. */
  public int least() {
    return least;
  }

  /** The greatest value. */
  public int most() {
    return most;
  }

  /** The zero point of symmetric quantisation: the middle, rounded up. */
  public int middle() {
    return (least + most + 1) / 2;
  }
}
