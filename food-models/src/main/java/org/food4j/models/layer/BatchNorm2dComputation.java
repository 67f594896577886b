package org.food4j.models.layer;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.food4j.models.kernel.BatchNormKernel;
import org.food4j.models.kernel.MapShape;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The computation of {@link BatchNorm2d}. */
final class BatchNorm2dComputation extends BaseLayer<BatchNorm2d> {
  private static final long serialVersionUID = 1L;

  private final transient KernelCache<MapShape, BatchNormKernel> kernels =
      new KernelCache<>(this::kernel);
  private transient NormalizationState state;

  BatchNorm2dComputation(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
  }

  private BatchNormKernel kernel(MapShape shape) {
    return NativeEngine.start()
        .kernels(dataType)
        .batchNorm(shape, layerConf().normalization().eps(), layerConf().getActivationFn());
  }

  private NormalizationState state() {
    if (state == null) {
      state = new NormalizationState(layerConf().normalization(), dataType, layerConf().getNOut());
    }
    return state;
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    applyDropOutIfNecessary(training, workspaces);
    input = Maps.rowMajor(input.castTo(dataType));
    INDArray output = Maps.allocateLike(workspaces, ArrayType.ACTIVATIONS, input);
    BatchNormKernel kernel = kernels.get(MapShape.of(input));
    if (training) {
      state().forward(kernel, params, input, output);
    } else {
      state().infer(kernel, params, input, output);
    }
    return output;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    Gradient gradient = new DefaultGradient();
    INDArray dInput = Maps.allocateLike(workspaces, ArrayType.ACTIVATION_GRAD, input);
    BatchNormKernel kernel = kernels.get(MapShape.of(input));
    state()
        .backward(kernel, params, gradientViews, input, Maps.rowMajor(epsilon), dInput, gradient);
    return new Pair<>(gradient, backpropDropOutIfPresent(dInput));
  }

  @Override
  public boolean updaterDivideByMinibatch(String key) {
    return !layerConf().isStatistic(key);
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  @Override
  public Type type() {
    return Type.NORMALIZATION;
  }
}
