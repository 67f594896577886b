package org.food4j.models.layer;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.food4j.models.activation.Rectifier;
import org.food4j.models.kernel.BatchNormKernel;
import org.food4j.models.kernel.FunctionKernel;
import org.food4j.models.kernel.Kernels;
import org.food4j.models.kernel.MapShape;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The computation of {@link BatchNorm2d}. */
final class BatchNorm2dComputation extends BaseLayer<BatchNorm2d> {
  private static final long serialVersionUID = 1L;

  private final transient KernelCache<MapShape, Fused> kernels = new KernelCache<>(this::kernels);
  private transient NormalizationState state;

  /** What the function was applied to in the last training pass, if there is a function. */
  private transient INDArray beforeFunction;

  BatchNorm2dComputation(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
  }

  /** The parts of the layer for one shape; no function if there is none, or the kernel has it. */
  private record Fused(BatchNormKernel batchNorm, FunctionKernel function) {}

  private Fused kernels(MapShape shape) {
    Kernels engine = NativeEngine.start().kernels(dataType);
    IActivation function = layerConf().getActivationFn();
    boolean rectified = Rectifier.is(function);
    return new Fused(
        engine.batchNorm(shape, layerConf().normalization().eps(), rectified),
        rectified || function instanceof ActivationIdentity
            ? null
            : engine.function(shape, function));
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
    input = Maps.input(workspaces, input, dataType);
    INDArray output = Maps.allocateLike(workspaces, ArrayType.ACTIVATIONS, input);
    Fused fused = kernels.get(MapShape.of(input));
    if (training) {
      beforeFunction =
          fused.function() == null
              ? output
              : Maps.allocateLike(workspaces, ArrayType.ACTIVATIONS, output);
      state().forward(fused.batchNorm(), params, input, beforeFunction);
      if (fused.function() != null) {
        fused.function().forward(beforeFunction, output);
      }
    } else {
      state().infer(fused.batchNorm(), params, input, output);
      if (fused.function() != null) {
        fused.function().forward(output, output);
      }
    }
    return output;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    Gradient gradient = new DefaultGradient();
    INDArray dInput = Maps.allocateLike(workspaces, ArrayType.ACTIVATION_GRAD, input);
    Fused fused = kernels.get(MapShape.of(input));
    INDArray dFunction = Maps.rowMajor(epsilon);
    if (fused.function() != null) {
      fused.function().backward(beforeFunction, dFunction, dInput);
      dFunction = dInput; // in place from here
    }
    state().backward(fused.batchNorm(), params, gradientViews, input, dFunction, dInput, gradient);
    beforeFunction = null;
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
