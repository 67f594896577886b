package org.food4j.models.layer;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.food4j.models.kernel.FunctionKernel;
import org.food4j.models.kernel.MapShape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The computation of {@link FunctionLayer}. */
final class FunctionComputation extends PlainComputation<FunctionLayer> {
  private static final long serialVersionUID = 1L;

  private final transient KernelCache<MapShape, FunctionKernel> kernels =
      new KernelCache<>(
          shape -> NativeEngine.start().kernels(dataType).function(shape, layerConf().function()));

  FunctionComputation(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
  }

  @Override
  INDArray forward(boolean training, LayerWorkspaceMgr workspaces) {
    INDArray output = Maps.allocateLike(workspaces, ArrayType.ACTIVATIONS, input);
    kernels.get(MapShape.of(input)).forward(input, output);
    return output;
  }

  @Override
  INDArray backward(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    INDArray dInput = Maps.allocateLike(workspaces, ArrayType.ACTIVATION_GRAD, input);
    kernels.get(MapShape.of(input)).backward(input, Maps.rowMajor(epsilon), dInput);
    return dInput;
  }
}
