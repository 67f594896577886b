package org.food4j.models.layer;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.food4j.models.activation.KnownFunctions;
import org.food4j.models.kernel.BatchNormKernel;
import org.food4j.models.kernel.FunctionKernel;
import org.food4j.models.kernel.MapShape;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The computation of {@link BatchNorm2d}. */
final class BatchNorm2dComputation extends MapComputation<BatchNorm2d> {
  private static final long serialVersionUID = 1L;

  private final transient KernelCache<MapShape, Fused> kernels = new KernelCache<>(this::kernels);

  /** The kernels of the last pass, if it was one of training. */
  private transient Fused trained;

  /** What the function was applied to in that pass, if there is a function. */
  private transient INDArray beforeFunction;

  BatchNorm2dComputation(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
  }

  /** The parts of the layer for one shape; no function if there is none, or the kernel has it. */
  private record Fused(BatchNormKernel batchNorm, FunctionKernel function) {}

  private Fused kernels(MapShape shape) {
    IActivation function = layerConf().getActivationFn();
    boolean rectified = KnownFunctions.isRectifier(function);
    return new Fused(
        engine().batchNorm(shape, layerConf().normalization().eps(), rectified),
        rectified || KnownFunctions.isIdentity(function)
            ? null
            : engine().function(shape, function));
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    prepareInput(training, workspaces);
    INDArray output = Maps.allocateLike(workspaces, ArrayType.ACTIVATIONS, input);
    Fused fused = kernels.get(MapShape.of(input));
    trained = training ? fused : null;
    beforeFunction =
        training && fused.function() != null
            ? Maps.allocateLike(workspaces, ArrayType.ACTIVATIONS, output)
            : output;
    if (training) {
      normalization().forward(fused.batchNorm(), params, input, beforeFunction);
    } else {
      normalization().infer(fused.batchNorm(), params, input, output);
    }
    if (fused.function() != null) {
      fused.function().forward(beforeFunction, output);
    }
    return output;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    Fused fused = ofTrainingPass(trained);
    INDArray dFunction = Maps.gradient(epsilon, input.shape(), layerConf().getLayerName());
    Gradient gradient = new DefaultGradient();
    INDArray dInput = Maps.allocateLike(workspaces, ArrayType.ACTIVATION_GRAD, input);
    if (fused.function() != null) {
      fused.function().backward(beforeFunction, dFunction, dInput);
      dFunction = dInput; // in place from here
    }
    normalization()
        .backward(fused.batchNorm(), params, gradientViews, input, dFunction, dInput, gradient);
    forget();
    return new Pair<>(gradient, backpropDropOutIfPresent(dInput));
  }

  @Override
  public void clear() {
    super.clear();
    forget();
  }

  private void forget() {
    trained = null;
    beforeFunction = null;
  }

  @Override
  public Type type() {
    return Type.NORMALIZATION;
  }
}
