package org.food4j.models.onnx;

import static org.food4j.models.onnx.TensorType.FREE;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The shapes that operators make which are not those of their inputs. */
record ShapeInference(OnnxGraph graph, TensorTypes known, NodeProto node) {
  /** Empty if the operator is not known here. */
  List<TensorType> outputs() {
    TensorType x = input(0);
    OnnxAttributes attributes = OnnxAttributes.of(node);
    return switch (node.getOpType()) {
      case "Conv" -> List.of(windows(x, input(1).ranked() ? dimension(input(1), 0) : FREE));
      case "ConvTranspose" -> List.of(transposedConvolution(x, attributes));
      case "MaxPool", "AveragePool", "LpPool" -> {
        TensorType pooled = windows(x, dimension(x, 1));
        yield node.getOutputCount() > 1
            ? List.of(pooled, pooled.as(DataType.INT64))
            : List.of(pooled);
      }
      case "GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool" -> List.of(pooledToOne(x));
      case "ReduceMean", "ReduceMax", "ReduceMin", "ReduceSum", "ReduceProd", "ReduceL1" ->
          List.of(reduced(x, attributes));
      case "ReduceL2", "ReduceLogSum", "ReduceLogSumExp", "ReduceSumSquare" ->
          List.of(reduced(x, attributes));
      case "ArgMax", "ArgMin" -> List.of(TensorType.unranked(DataType.INT64));
      case "Flatten" -> List.of(flattened(x, Math.toIntExact(attributes.integer("axis", 1))));
      case "Reshape" -> List.of(reshaped(x, attributes));
      case "Transpose" -> List.of(transposed(x, attributes));
      case "Squeeze" -> List.of(squeezed(x, attributes));
      case "Unsqueeze" -> List.of(unsqueezed(x, attributes));
      case "Concat" -> List.of(concatenated(attributes));
      case "Split" -> split(x, attributes);
      case "Slice" -> List.of(sliced(x));
      case "Pad" -> List.of(padded(x));
      case "DepthToSpace" -> List.of(blocks(x, attributes.integer("blocksize", 1), 1));
      case "SpaceToDepth" -> List.of(blocks(x, 1, attributes.integer("blocksize", 1)));
      case "Gather" -> List.of(gathered(x, attributes));
      case "Gemm" -> List.of(gemm(x, attributes));
      case "MatMul" -> List.of(product(x, input(1)));
      default -> List.of();
    };
  }

  private TensorType input(int index) {
    return index < node.getInputCount() ? known.type(node.getInput(index)) : TensorType.UNKNOWN;
  }

  private Optional<long[]> constant(int index) {
    if (index >= node.getInputCount()) {
      return Optional.empty();
    }
    return graph
        .constant(node.getInput(index))
        .filter(ShapeInference::holdsValues)
        .map(OnnxTensors::integers);
  }

  /** Graphs may be without the values of their weights. */
  static boolean holdsValues(TensorProto tensor) {
    return tensor.hasRawData()
        || tensor.getInt64DataCount() + tensor.getInt32DataCount() > 0
        || tensor.getDimsList().contains(0L);
  }

  /** How messages call a node. */
  static String title(NodeProto node) {
    return "node '%s' (%s)".formatted(node.getName(), node.getOpType());
  }

  /** A size that was computed; one that cannot be is unknown at best. */
  private long size(long computed) {
    if (computed < 0 && !known.strict()) {
      return FREE;
    }
    if (computed < 0) {
      throw new IllegalArgumentException(
          "%s gives maps of an impossible size, %d".formatted(title(node), computed));
    }
    return computed;
  }

  private static long dimension(TensorType type, int index) {
    return type.ranked() && index >= 0 && index < type.shape().size()
        ? type.shape().get(index)
        : FREE;
  }

  private static TensorType free(TensorType type) {
    return type.shaped(Collections.nCopies(type.shape().size(), FREE));
  }

  private TensorType padded(TensorType x) {
    Optional<long[]> pads = constant(1);
    boolean allAxes = node.getInputCount() < 4 || node.getInput(3).isEmpty();
    if (!x.ranked() || !allAxes || pads.isEmpty() || pads.get().length != 2 * x.shape().size()) {
      return x.ranked() ? free(x) : x;
    }
    List<Long> shape = new ArrayList<>();
    for (int i = 0; i < x.shape().size(); i++) {
      long size = x.shape().get(i);
      long added = Math.addExact(pads.get()[i], pads.get()[i + x.shape().size()]);
      shape.add(size == FREE ? FREE : size(Math.addExact(size, added)));
    }
    return x.shaped(shape);
  }

  /** Channels become positions, or the other way round. */
  private static TensorType blocks(TensorType x, long finer, long coarser) {
    if (!x.hasRank(4)) {
      return TensorType.unranked(x.element());
    }
    long channels = x.shape().get(1);
    List<Long> shape = new ArrayList<>(List.of(x.shape().get(0)));
    long squared = Math.multiplyExact(coarser, coarser);
    shape.add(channels == FREE ? FREE : Math.multiplyExact(channels, squared) / (finer * finer));
    for (long size : x.shape().subList(2, 4)) {
      shape.add(size == FREE ? FREE : Math.multiplyExact(size, finer) / coarser);
    }
    return x.shaped(shape);
  }

  private TensorType windows(TensorType x, long channels) {
    if (!x.ranked() || x.shape().size() < 3) {
      return TensorType.unranked(x.element());
    }
    List<Long> shape = new ArrayList<>(List.of(x.shape().get(0), channels));
    int rank = x.shape().size() - 2;
    OnnxAttributes attributes = OnnxAttributes.of(node);
    List<Long> weights = input(1).ranked() ? input(1).shape() : List.of();
    long[] kernel =
        attributes
            .integers("kernel_shape")
            .orElseGet(() -> weights.stream().skip(2).mapToLong(Long::longValue).toArray());
    long[] strides = attributes.integers("strides", rank, 1);
    long[] dilations = attributes.integers("dilations", rank, 1);
    long[] pads = attributes.integers("pads", 2 * rank, 0);
    String auto = attributes.text("auto_pad", "NOTSET");
    boolean up = attributes.integer("ceil_mode", 0) != 0;
    for (int i = 0; i < rank; i++) {
      long size = x.shape().get(i + 2);
      if (size == FREE || kernel.length != rank || kernel[i] == FREE) {
        shape.add(FREE);
      } else if (auto.startsWith("SAME")) {
        shape.add(-Math.floorDiv(-size, strides[i]));
      } else {
        long added = auto.equals("VALID") ? 0 : Math.addExact(pads[i], pads[i + rank]);
        long window = Math.addExact(Math.multiplyExact(dilations[i], kernel[i] - 1), 1);
        long room = Math.subtractExact(Math.addExact(size, added), window);
        long floor = size(Math.floorDiv(room, strides[i]) + 1);
        shape.add(up ? FREE : floor);
      }
    }
    return x.shaped(shape);
  }

  private TensorType transposedConvolution(TensorType x, OnnxAttributes attributes) {
    if (!x.ranked() || x.shape().size() < 3) {
      return TensorType.unranked(x.element());
    }
    Long[] shape = x.shape().toArray(Long[]::new);
    Arrays.fill(shape, 2, shape.length, FREE);
    long perGroup = dimension(input(1), 1);
    shape[1] = perGroup == FREE ? FREE : perGroup * attributes.integer("group", 1);
    return x.shaped(List.of(shape));
  }

  private static TensorType pooledToOne(TensorType x) {
    Long[] shape = x.shape().toArray(Long[]::new);
    Arrays.fill(shape, Math.min(2, shape.length), shape.length, 1L);
    return x.ranked() ? x.shaped(List.of(shape)) : x;
  }

  private TensorType reduced(TensorType x, OnnxAttributes attributes) {
    boolean kept = attributes.integer("keepdims", 1) != 0;
    boolean given = node.getInputCount() > 1 && !node.getInput(1).isEmpty();
    Optional<long[]> axes = given ? constant(1) : attributes.integers("axes");
    if (!x.ranked() || given && axes.isEmpty()) {
      return TensorType.unranked(x.element());
    }
    boolean all = axes.isEmpty() || axes.get().length == 0;
    if (all && attributes.integer("noop_with_empty_axes", 0) != 0) {
      return x;
    }
    List<Long> shape = new ArrayList<>();
    for (int i = 0; i < x.shape().size(); i++) {
      if (!all && !names(axes.get(), i, x.shape().size())) {
        shape.add(x.shape().get(i));
      } else if (kept) {
        shape.add(1L);
      }
    }
    return x.shaped(shape);
  }

  private static boolean names(long[] axes, int index, int rank) {
    return Arrays.stream(axes).anyMatch(axis -> axis == index || axis + rank == index);
  }

  private static TensorType flattened(TensorType x, int axis) {
    if (!x.ranked()) {
      return x.shaped(List.of(FREE, FREE));
    }
    int rank = x.shape().size();
    int place = axis < 0 ? axis + rank : axis;
    if (place < 0 || place > rank) {
      return x.shaped(List.of(FREE, FREE));
    }
    return x.shaped(
        List.of(product(x.shape().subList(0, place)), product(x.shape().subList(place, rank))));
  }

  private static long product(List<Long> dimensions) {
    return dimensions.contains(FREE) ? FREE : dimensions.stream().reduce(1L, Math::multiplyExact);
  }

  private TensorType reshaped(TensorType x, OnnxAttributes attributes) {
    Optional<long[]> wanted = constant(1);
    if (wanted.isEmpty()) {
      List<Long> length = input(1).shape();
      return length.size() == 1 && length.get(0) != FREE && length.get(0) < 16
          ? x.shaped(Collections.nCopies(Math.toIntExact(length.get(0)), FREE))
          : TensorType.unranked(x.element());
    }
    boolean zeros = attributes.integer("allowzero", 0) != 0;
    List<Long> shape = new ArrayList<>();
    for (int i = 0; i < wanted.get().length; i++) {
      long size = wanted.get()[i];
      shape.add(size == 0 && !zeros ? dimension(x, i) : size);
    }
    int open = shape.indexOf(FREE);
    if (x.isFixed() && open >= 0 && open == shape.lastIndexOf(FREE)) {
      List<Long> rest = new ArrayList<>(shape);
      rest.remove(open);
      long others = product(rest);
      shape.set(open, others > 0 ? product(x.shape()) / others : FREE);
    }
    return x.shaped(shape);
  }

  private TensorType transposed(TensorType x, OnnxAttributes attributes) {
    if (!x.ranked()) {
      return x;
    }
    List<Long> shape = new ArrayList<>(x.shape());
    Collections.reverse(shape);
    Optional<long[]> axes = attributes.integers("perm");
    if (axes.isPresent() && axes.get().length == shape.size()) {
      for (int i = 0; i < axes.get().length; i++) {
        shape.set(i, dimension(x, Math.toIntExact(axes.get()[i])));
      }
    }
    return x.shaped(shape);
  }

  private Optional<long[]> axes(OnnxAttributes attributes) {
    return node.getInputCount() > 1 ? constant(1) : attributes.integers("axes");
  }

  private TensorType squeezed(TensorType x, OnnxAttributes attributes) {
    Optional<long[]> axes = axes(attributes);
    if (!x.ranked() || axes.isEmpty()) {
      return TensorType.unranked(x.element());
    }
    List<Long> shape = new ArrayList<>();
    for (int i = 0; i < x.shape().size(); i++) {
      if (!names(axes.get(), i, x.shape().size())) {
        shape.add(x.shape().get(i));
      }
    }
    return x.shaped(shape);
  }

  private TensorType unsqueezed(TensorType x, OnnxAttributes attributes) {
    Optional<long[]> axes = axes(attributes);
    if (!x.ranked() || axes.isEmpty()) {
      return TensorType.unranked(x.element());
    }
    int rank = x.shape().size() + axes.get().length;
    List<Long> shape = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < rank; i++) {
      boolean added = names(axes.get(), i, rank);
      shape.add(added || next >= x.shape().size() ? 1L : x.shape().get(next++));
    }
    return x.shaped(shape);
  }

  private TensorType concatenated(OnnxAttributes attributes) {
    TensorType first = input(0);
    if (!first.ranked() || first.shape().isEmpty()) {
      return first;
    }
    List<Long> shape = new ArrayList<>(first.shape());
    int axis = Math.floorMod((int) attributes.integer("axis", 0), shape.size());
    for (int i = 1; i < node.getInputCount(); i++) {
      for (int d = 0; d < shape.size(); d++) {
        long one = shape.get(d);
        long other = dimension(input(i), d);
        boolean open = one == FREE || other == FREE;
        shape.set(d, d == axis ? (open ? FREE : one + other) : one == FREE ? other : one);
      }
    }
    return first.shaped(shape);
  }

  private List<TensorType> split(TensorType x, OnnxAttributes attributes) {
    if (!x.ranked() || x.shape().isEmpty()) {
      return Collections.nCopies(node.getOutputCount(), x);
    }
    int axis = Math.floorMod((int) attributes.integer("axis", 0), x.shape().size());
    Optional<long[]> sizes = node.getInputCount() > 1 ? constant(1) : attributes.integers("split");
    List<TensorType> parts = new ArrayList<>();
    for (int i = 0; i < node.getOutputCount(); i++) {
      List<Long> shape = new ArrayList<>(x.shape());
      shape.set(axis, sizes.isPresent() && i < sizes.get().length ? sizes.get()[i] : FREE);
      parts.add(x.shaped(shape));
    }
    return parts;
  }

  /** Slices with constant bounds; axes that are cut otherwise become free. */
  private TensorType sliced(TensorType x) {
    Optional<long[]> axes = constant(3);
    if (!x.ranked() || axes.isEmpty()) {
      return x.ranked() ? free(x) : x;
    }
    Optional<long[]> starts = constant(1);
    Optional<long[]> ends = constant(2);
    boolean whole = node.getInputCount() == 4 && starts.isPresent() && ends.isPresent();
    List<Long> shape = new ArrayList<>(x.shape());
    for (int i = 0; i < axes.get().length; i++) {
      int axis = Math.floorMod((int) axes.get()[i], shape.size());
      long size = shape.get(axis);
      if (whole && size != FREE) {
        long start = bound(starts.get()[i], size);
        shape.set(axis, Math.max(0, bound(ends.get()[i], size) - start));
      } else {
        shape.set(axis, FREE);
      }
    }
    return x.shaped(shape);
  }

  private static long bound(long index, long size) {
    return Math.min(size, Math.max(0, index < 0 ? index + size : index));
  }

  private TensorType gathered(TensorType x, OnnxAttributes attributes) {
    TensorType indices = input(1);
    if (!x.ranked() || !indices.ranked() || x.shape().isEmpty()) {
      return TensorType.unranked(x.element());
    }
    int axis = Math.floorMod((int) attributes.integer("axis", 0), x.shape().size());
    List<Long> shape = new ArrayList<>(x.shape().subList(0, axis));
    shape.addAll(indices.shape());
    shape.addAll(x.shape().subList(axis + 1, x.shape().size()));
    return x.shaped(shape);
  }

  private TensorType gemm(TensorType x, OnnxAttributes attributes) {
    boolean left = attributes.integer("transA", 0) != 0;
    boolean right = attributes.integer("transB", 0) != 0;
    return x.shaped(List.of(dimension(x, left ? 1 : 0), dimension(input(1), right ? 0 : 1)));
  }

  private static TensorType product(TensorType a, TensorType b) {
    int rank = a.shape().size();
    int other = b.shape().size();
    if (!a.ranked() || !b.ranked() || rank < 2 || other < 2) {
      return TensorType.unranked(a.element());
    }
    List<Long> shape = new ArrayList<>();
    if (other == 2) {
      shape.addAll(a.shape().subList(0, rank - 2));
    } else if (rank == 2) {
      shape.addAll(b.shape().subList(0, other - 2));
    } else if (rank == other) {
      for (int i = 0; i < rank - 2; i++) {
        shape.add(TensorType.broadcast(a.shape().get(i), b.shape().get(i)));
      }
    } else {
      return TensorType.unranked(a.element());
    }
    shape.add(a.shape().get(rank - 2));
    shape.add(b.shape().get(other - 1));
    return a.shaped(shape);
  }
}
