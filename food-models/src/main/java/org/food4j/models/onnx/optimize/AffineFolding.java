package org.food4j.models.onnx.optimize;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.food4j.models.onnx.OnnxGraph;
import org.food4j.models.onnx.TensorType;
import org.food4j.models.onnx.TensorTypes;

/**
 * Folds batch normalisation, and arithmetic with a constant for each channel, into the weights and
 * the bias of the convolution or matrix product before it, or after it where that is exact: a shift
 * in front of a padded convolution is not, since padding is 0 behind it. Weights that operators
 * share are copied, which saves the arithmetic and may cost size; copies that come out equal are
 * {@linkplain DuplicateConstants merged} again.
 */
final class AffineFolding implements GraphPass {
  @Override
  public String name() {
    return "fold normalisation";
  }

  @Override
  public int apply(OnnxGraph graph) {
    int changes = 0;
    TensorTypes types = TensorTypes.of(graph);
    for (NodeProto listed : graph.sorted()) {
      Optional<NodeProto> node = graph.producer(listed.getOutput(0));
      while (node.isPresent() && foldAfter(graph, types, node.get())) {
        changes++;
        node = graph.producer(listed.getOutput(0)); // gone if it lent its place to its reader
      }
      if (node.isPresent() && foldBefore(graph, types, node.get())) {
        changes++;
      }
    }
    return changes;
  }

  /** Takes what reads the operator into it. */
  private static boolean foldAfter(OnnxGraph graph, TensorTypes types, NodeProto node) {
    Optional<NodeProto> reader = graph.onlyReader(node.getOutput(0));
    Optional<LinearOperator> linear =
        reader.isPresent() ? LinearOperator.of(graph, node) : Optional.empty();
    if (linear.isEmpty()) {
      return false;
    }
    TensorType output = types.type(node.getOutput(0));
    if (linear.get().rank() > 0) {
      output = TensorType.of(output.element(), free(linear.get().rank()));
    }
    int axis = linear.get().takesBias() ? 1 : output.shape().size() - 1;
    Optional<ChannelAffine> affine =
        ChannelAffine.of(graph, reader.get(), output, axis, linear.get().outputs());
    if (affine.isEmpty() || !linear.get().takesBias() && !affine.get().isScaleOnly()) {
      return false;
    }
    graph.remove(reader.get());
    linear.get().foldOutputs(affine.get().scale(), affine.get().shift(), reader.get().getOutput(0));
    return true;
  }

  /** Takes what makes the operator's input into it. */
  private static boolean foldBefore(OnnxGraph graph, TensorTypes types, NodeProto node) {
    Optional<NodeProto> source = graph.producer(node.getInputCount() > 0 ? node.getInput(0) : "");
    if (source.isEmpty() || graph.onlyReader(node.getInput(0)).isEmpty()) {
      return false;
    }
    Optional<LinearOperator> linear = LinearOperator.of(graph, node);
    if (linear.isEmpty() || !linear.get().takesRows() || !linear.get().takesBias()) {
      return false;
    }
    int channels = linear.get().inputs();
    TensorType output =
        TensorType.of(types.type(node.getInput(0)).element(), free(linear.get().rank()));
    Optional<ChannelAffine> affine = ChannelAffine.of(graph, source.get(), output, 1, channels);
    if (affine.isEmpty()
        || !affine.get().isScaleOnly() && !linear.get().isUnpadded()
        || !hasChannels(types.type(affine.get().input()), linear.get().rank(), channels)) {
      return false;
    }
    linear.get().foldInputs(affine.get().scale(), affine.get().shift(), affine.get().input());
    graph.remove(source.get());
    return true;
  }

  /** The constant must not be what gives the tensor its channels. */
  private static boolean hasChannels(TensorType type, int rank, int channels) {
    return type.hasRank(rank) && type.shape().get(1) == channels;
  }

  private static List<Long> free(int rank) {
    Long[] shape = new Long[rank];
    Arrays.fill(shape, TensorType.FREE);
    return List.of(shape);
  }
}
