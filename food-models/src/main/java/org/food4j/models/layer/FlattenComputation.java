package org.food4j.models.layer;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The computation of {@link Flatten2d}. */
final class FlattenComputation extends PlainComputation<Flatten2d> {
  private static final long serialVersionUID = 1L;

  FlattenComputation(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
  }

  @Override
  INDArray forward(boolean training, LayerWorkspaceMgr workspaces) {
    INDArray channelsFirst =
        workspaces.createUninitialized(ArrayType.ACTIVATIONS, dataType, channelsFirst(), 'c');
    engine().toChannelsFirst(input, channelsFirst);
    return channelsFirst.reshape('c', vectors());
  }

  @Override
  INDArray backward(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    INDArray dOutput = Maps.gradient(epsilon, vectors(), name());
    INDArray dInput = Maps.allocateLike(workspaces, ArrayType.ACTIVATION_GRAD, input);
    engine().toChannelsLast(dOutput.reshape('c', channelsFirst()), dInput);
    return dInput;
  }

  private long[] channelsFirst() {
    return new long[] {input.size(0), input.size(3), input.size(1), input.size(2)};
  }

  private long[] vectors() {
    return new long[] {input.size(0), input.length() / input.size(0)};
  }

  @Override
  public Type type() {
    return Type.FEED_FORWARD;
  }
}
