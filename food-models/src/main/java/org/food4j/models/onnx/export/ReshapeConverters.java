package org.food4j.models.onnx.export;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.preprocessors.PermutePreprocessor;
import org.deeplearning4j.preprocessors.ReshapePreprocessor;
import org.food4j.models.onnx.OnnxNode;

/**
 * Free reshapes and permutations, which speak of DL4J's array and not of channels and places: the
 * tensor is brought into the order in which DL4J holds it, and back.
 */
final class ReshapeConverters {
  private ReshapeConverters() {}

  static void register(ConverterRegistry registry) {
    registry
        .register(ReshapeVertex.class, ReshapeConverters::vertex)
        .register(ReshapePreprocessor.class, ReshapeConverters::reshape)
        .register(PermutePreprocessor.class, ReshapeConverters::permute);
  }

  private static String vertex(ReshapeVertex vertex, VertexContext context) {
    if (vertex.getReshapeOrder() != 'c') {
      throw context.unsupported("a reshape in column-major order");
    }
    long[] sizes = Arrays.stream(vertex.getNewShape()).skip(1).asLongStream().toArray();
    // DL4J takes the result for channels first.
    return reshaped(sizes, false, context);
  }

  private static String reshape(ReshapePreprocessor reshape, VertexContext context) {
    long[] target = reshape.getTargetShape();
    long[] sizes =
        reshape.isHasMiniBatchDimension() ? Arrays.copyOfRange(target, 1, target.length) : target;
    boolean channelsLast =
        TensorShape.of(reshape.getOutputType(context.inputType())).channelsLast();
    return reshaped(sizes, channelsLast, context);
  }

  /**
   * @param sizes of DL4J's array without the batch; one of them may be -1
   */
  private static String reshaped(long[] sizes, boolean channelsLast, VertexContext context) {
    TensorShape from = context.shape();
    long known = Arrays.stream(sizes).filter(size -> size > 0).reduce(1, (a, b) -> a * b);
    long[] full =
        Arrays.stream(sizes).map(size -> size > 0 ? size : from.elements() / known).toArray();
    if (full.length < 1
        || full.length > 4
        || Arrays.stream(full).reduce(1, (a, b) -> a * b) != from.elements()) {
      throw context.unsupported(
          "a reshape of %s to %s, which changes the batch or has no InputType"
              .formatted(context.inputType(), Arrays.toString(sizes)));
    }
    TensorShape to = shape(full, channelsLast);
    context.outputShape(to);
    return context.reshaped(context.inMemoryOrder(context.input(), from), to);
  }

  private static String permute(PermutePreprocessor permute, VertexContext context) {
    TensorShape from = context.shape();
    int[] order = permute.getPermutationIndices();
    // Keras leaves the batch out; DL4J adds it at the first use, and so it may be there already.
    int[] full =
        order.length == from.rank()
            ? order
            : IntStream.concat(IntStream.of(0), Arrays.stream(order)).toArray();
    if (full.length != from.rank() || full[0] != 0) {
      throw context.unsupported(
          "a permutation %s of %s".formatted(Arrays.toString(order), context.inputType()));
    }
    long[] memory = from.inMemory();
    long[] sizes = Arrays.stream(full).skip(1).mapToLong(axis -> memory[axis]).toArray();
    TensorShape to = shape(sizes, from.channelsLast());
    int[] inFile = new int[full.length];
    for (int axis = 0; axis < full.length; axis++) {
      inFile[to.axis(axis)] = from.axis(full[axis]);
    }
    context.outputShape(to);
    return context.node(OnnxNode.of("Transpose", context.input()).with("perm", inFile));
  }

  private static TensorShape shape(long[] sizes, boolean channelsLast) {
    int last = sizes.length - 1;
    return channelsLast && last > 0
        ? new TensorShape(sizes[last], Arrays.copyOf(sizes, last), true)
        : new TensorShape(sizes[0], Arrays.copyOfRange(sizes, 1, sizes.length), false);
  }
}
