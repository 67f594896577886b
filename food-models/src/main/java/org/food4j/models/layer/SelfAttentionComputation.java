package org.food4j.models.layer;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.food4j.models.kernel.AttentionKernel;
import org.food4j.models.kernel.MapShape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The computation of {@link SelfAttention2d}. */
final class SelfAttentionComputation extends PlainComputation<SelfAttention2d> {
  private static final long serialVersionUID = 1L;

  private final transient KernelCache<MapShape, AttentionKernel> kernels =
      new KernelCache<>(shape -> engine().attention(shape, layerConf().heads()));

  SelfAttentionComputation(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
  }

  @Override
  INDArray forward(boolean training, LayerWorkspaceMgr workspaces) {
    MapShape shape = MapShape.of(input);
    INDArray output = Maps.allocate(workspaces, ArrayType.ACTIVATIONS, dataType, attended(shape));
    kernels.get(shape).forward(input, output);
    return output;
  }

  @Override
  INDArray backward(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    MapShape shape = MapShape.of(input);
    INDArray dOutput = Maps.gradient(epsilon, attended(shape).dimensions(), name());
    INDArray dInput = Maps.allocateLike(workspaces, ArrayType.ACTIVATION_GRAD, input);
    kernels.get(shape).backward(input, dOutput, dInput);
    return dInput;
  }

  private static MapShape attended(MapShape input) {
    return input.withChannels(input.channels() / 3);
  }
}
