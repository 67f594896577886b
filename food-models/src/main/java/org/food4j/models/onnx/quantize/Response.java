package org.food4j.models.onnx.quantize;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;
import org.food4j.models.onnx.OnnxGraph;

/**
 * What the network makes of a tensor's numbers one by one before it mixes them: an error there
 * counts only as far as it gets through. Most of what lies before a SiLU is negative and comes out
 * as nearly 0, so that integers are better spent on the rest.
 */
enum Response {
  /** Nothing. */
  LINEAR(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY) {
    @Override
    double value(double x) {
      return x;
    }

    @Override
    double slope(double x) {
      return 1;
    }
  },
  /** {@code x sigmoid(x)}. */
  SILU(-8, Double.POSITIVE_INFINITY) {
    @Override
    double value(double x) {
      return x * SIGMOID.value(x);
    }

    @Override
    double slope(double x) {
      double gate = SIGMOID.value(x);
      return gate * (1 + x * (1 - gate));
    }
  },
  /** {@code 1 / (1 + exp(-x))}. */
  SIGMOID(-8, 8) {
    @Override
    double value(double x) {
      return 1 / (1 + Math.exp(-x));
    }

    @Override
    double slope(double x) {
      double gate = value(x);
      return gate * (1 - gate);
    }
  };

  private final double least;
  private final double most;

  Response(double least, double most) {
    this.least = least;
    this.most = most;
  }

  abstract double value(double x);

  abstract double slope(double x);

  /** The part of a range beyond which the response hardly changes any more. */
  Range effective(Range range) {
    return range.within(
        (float) Math.max(least, -Float.MAX_VALUE), (float) Math.min(most, Float.MAX_VALUE));
  }

  /** The response to a tensor, from who reads it. */
  static Response to(OnnxGraph graph, String tensor) {
    List<NodeProto> readers = graph.readers(tensor);
    List<NodeProto> gates =
        readers.stream().filter(node -> node.getOpType().equals("Sigmoid")).toList();
    if (gates.size() != 1 || graph.isOutput(tensor)) {
      return LINEAR;
    }
    if (readers.size() == 1) {
      return SIGMOID;
    }
    String gate = gates.get(0).getOutput(0);
    boolean silu =
        readers.size() == 2
            && readers.stream()
                .filter(node -> node.getOpType().equals("Mul"))
                .anyMatch(node -> node.getInputList().containsAll(List.of(tensor, gate)));
    return silu ? SILU : LINEAR;
  }
}
