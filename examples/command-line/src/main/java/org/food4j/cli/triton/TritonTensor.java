package org.food4j.cli.triton;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * An input or output of a model, in Triton's terms.
 *
 * @param name the file's own
 * @param dataType one of Triton's, {@code "TYPE_FP32"}
 * @param dims all of them, the batch included, {@value #FREE} where one is free
 */
record TritonTensor(String name, String dataType, List<Long> dims) {
  static final long FREE = -1;

  /** By ONNX's types; complex numbers and 8-bit floats Triton does not know. */
  private static final Map<DataType, String> TYPES =
      Map.ofEntries(
          Map.entry(DataType.BOOL, "TYPE_BOOL"),
          Map.entry(DataType.UINT8, "TYPE_UINT8"),
          Map.entry(DataType.UINT16, "TYPE_UINT16"),
          Map.entry(DataType.UINT32, "TYPE_UINT32"),
          Map.entry(DataType.UINT64, "TYPE_UINT64"),
          Map.entry(DataType.INT8, "TYPE_INT8"),
          Map.entry(DataType.INT16, "TYPE_INT16"),
          Map.entry(DataType.INT32, "TYPE_INT32"),
          Map.entry(DataType.INT64, "TYPE_INT64"),
          Map.entry(DataType.FLOAT16, "TYPE_FP16"),
          Map.entry(DataType.FLOAT, "TYPE_FP32"),
          Map.entry(DataType.DOUBLE, "TYPE_FP64"),
          Map.entry(DataType.STRING, "TYPE_STRING"),
          Map.entry(DataType.BFLOAT16, "TYPE_BF16"));

  TritonTensor {
    dims = List.copyOf(dims);
  }

  /**
   * What a file states of a tensor.
   *
   * @throws IllegalArgumentException if it states no shape, or a type that Triton does not know
   */
  static TritonTensor of(ValueInfoProto stated) {
    String name = stated.getName();
    TypeProto.Tensor tensor = stated.getType().getTensorType();
    if (!tensor.hasShape() || tensor.getShape().getDimCount() == 0) {
      throw new IllegalArgumentException(
          "Triton needs the shape of '%s', of at least one dimension, and the file does not state it"
              .formatted(name));
    }
    DataType type = DataType.forNumber(tensor.getElemType());
    if (type == null || !TYPES.containsKey(type)) {
      throw new IllegalArgumentException(
          "'%s' holds values of type %s; Triton knows %s"
              .formatted(
                  name,
                  type == null ? tensor.getElemType() : type,
                  TYPES.keySet().stream()
                      .map(DataType::name)
                      .collect(Collectors.toCollection(TreeSet::new))));
    }
    return new TritonTensor(
        name,
        TYPES.get(type),
        tensor.getShape().getDimList().stream().map(TritonTensor::size).toList());
  }

  private static long size(Dimension dimension) {
    return dimension.hasDimValue() && dimension.getDimValue() >= 0 ? dimension.getDimValue() : FREE;
  }

  /** Whether its first dimension may be any number, as a batch may. */
  boolean hasFreeBatch() {
    return dims.size() > 1 && dims.get(0) == FREE;
  }

  /** The dimensions as Triton wants them: those of one row, where it makes batches. */
  List<Long> stated(boolean batched) {
    return batched ? dims.subList(1, dims.size()) : dims;
  }
}
