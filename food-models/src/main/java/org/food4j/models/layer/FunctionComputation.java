package org.food4j.models.layer;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.food4j.models.kernel.FunctionKernel;
import org.food4j.models.kernel.MapShape;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The computation of {@link FunctionLayer}. */
final class FunctionComputation extends AbstractLayer<FunctionLayer> {
  private static final long serialVersionUID = 1L;

  private final transient KernelCache<MapShape, FunctionKernel> kernels =
      new KernelCache<>(
          shape -> NativeEngine.start().kernels(dataType).function(shape, layerConf().function()));

  FunctionComputation(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    applyDropOutIfNecessary(training, workspaces);
    input = Maps.input(workspaces, input, dataType);
    INDArray output = Maps.allocateLike(workspaces, ArrayType.ACTIVATIONS, input);
    kernels.get(MapShape.of(input)).forward(input, output);
    return output;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    INDArray dInput = Maps.allocateLike(workspaces, ArrayType.ACTIVATION_GRAD, input);
    kernels.get(MapShape.of(input)).backward(input, Maps.rowMajor(epsilon), dInput);
    return new Pair<>(new DefaultGradient(), backpropDropOutIfPresent(dInput));
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  @Override
  public void clearNoiseWeightParams() {
    // there are none
  }

  @Override
  public Type type() {
    return Type.CONVOLUTIONAL;
  }
}
