package org.food4j.models.layer;

import java.util.Arrays;
import java.util.Objects;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InvalidInputTypeException;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The end of a residual block: {@code y = f(a + b)} (He et al. 2016, arXiv 1512.03385, eq. 1), sum
 * and function in one pass over memory.
 *
 * <p>Inputs: two feature maps {@code [batch, height, width, channels]} of one shape; output: the
 * same shape.
 */
public final class AdditionVertex extends PairVertex {
  private static final long serialVersionUID = 1L;

  @JsonProperty private IActivation function = Activation.IDENTITY.getActivationFunction();

  /** For deserialisation. */
  AdditionVertex() {}

  /**
   * @param function applied to the sum; the identity for none
   */
  public AdditionVertex(IActivation function) {
    this.function = Objects.requireNonNull(function);
  }

  /** What is applied to the sum. */
  public IActivation function() {
    return function;
  }

  @Override
  public AdditionVertex clone() {
    return new AdditionVertex(function);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AdditionVertex that && function.equals(that.function);
  }

  @Override
  public int hashCode() {
    return function.hashCode();
  }

  @Override
  public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray parameters,
      boolean initializeParameters,
      DataType dataType) {
    return new AdditionComputation(graph, name, index, function, dataType);
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType... inputs)
      throws InvalidInputTypeException {
    if (inputs.length == 2
        && inputs[0] instanceof InputType.InputTypeConvolutional
        && inputs[0].equals(inputs[1])) {
      return inputs[0];
    }
    throw new InvalidInputTypeException(
        "A residual addition takes two feature maps of one shape, not " + Arrays.toString(inputs));
  }
}
