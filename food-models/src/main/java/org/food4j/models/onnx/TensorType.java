package org.food4j.models.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import java.util.List;
import java.util.OptionalInt;

/**
 * What is known of a tensor before the model runs. Immutable.
 *
 * @param element type of its values; {@code UNDEFINED} if not known
 * @param shape its dimensions, {@link #FREE} where one is not known; none of a scalar
 * @param ranked whether the number of dimensions is known; if not, the shape is empty
 */
public record TensorType(DataType element, List<Long> shape, boolean ranked) {
  /** Stands for a dimension that only a run tells. */
  public static final long FREE = -1;

  /** A tensor of which nothing is known. */
  public static final TensorType UNKNOWN = unranked(DataType.UNDEFINED);

  /** Copies the shape. */
  public TensorType {
    shape = List.copyOf(shape);
    if (!ranked && !shape.isEmpty()) {
      throw new IllegalArgumentException("A tensor of unknown rank has no shape, not " + shape);
    }
  }

  /** A tensor of known rank. */
  public static TensorType of(DataType element, List<Long> shape) {
    return new TensorType(element, shape, true);
  }

  /** A tensor whose rank is not known. */
  public static TensorType unranked(DataType element) {
    return new TensorType(element, List.of(), false);
  }

  /** What a file states; free dimensions may have names there, which are not kept. */
  static TensorType of(TypeProto type) {
    if (!type.hasTensorType()) {
      return UNKNOWN;
    }
    DataType element = DataType.forNumber(type.getTensorType().getElemType());
    DataType known = element == null ? DataType.UNDEFINED : element;
    if (!type.getTensorType().hasShape()) {
      return unranked(known);
    }
    List<Dimension> dimensions = type.getTensorType().getShape().getDimList();
    return of(
        known,
        dimensions.stream()
            .map(d -> d.hasDimValue() && d.getDimValue() >= 0 ? d.getDimValue() : FREE)
            .toList());
  }

  /** The number of dimensions, if known. */
  public OptionalInt rank() {
    return ranked ? OptionalInt.of(shape.size()) : OptionalInt.empty();
  }

  /** Whether the tensor is known to have that many dimensions. */
  public boolean hasRank(int dimensions) {
    return ranked && shape.size() == dimensions;
  }

  /** Whether every dimension is known. */
  public boolean isFixed() {
    return ranked && !shape.contains(FREE);
  }

  /** The same shape with values of another type. */
  public TensorType as(DataType other) {
    return new TensorType(other, shape, ranked);
  }

  /** The same values in another shape. */
  public TensorType shaped(List<Long> other) {
    return of(element, other);
  }

  /** The size that two dimensions broadcast to; {@link #FREE} if that depends on a free one. */
  static long broadcast(long one, long other) {
    // a free dimension beside a fixed one above 1 must equal it, or be 1
    return one == 1 ? other : other == 1 || one != FREE ? one : other;
  }

  /** Whatever this one leaves open filled from another description of the same tensor. */
  TensorType or(TensorType other) {
    DataType known = element == DataType.UNDEFINED ? other.element : element;
    if (!ranked || !other.hasRank(shape.size())) {
      return ranked ? as(known) : other.as(known);
    }
    Long[] merged = shape.toArray(Long[]::new);
    for (int i = 0; i < merged.length; i++) {
      merged[i] = merged[i] == FREE ? other.shape.get(i) : merged[i];
    }
    return of(known, List.of(merged));
  }
}
