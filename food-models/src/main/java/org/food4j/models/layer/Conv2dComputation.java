package org.food4j.models.layer;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.food4j.models.activation.Rectifier;
import org.food4j.models.kernel.BatchNormKernel;
import org.food4j.models.kernel.ConvolutionKernel;
import org.food4j.models.kernel.ConvolutionShape;
import org.food4j.models.kernel.FunctionKernel;
import org.food4j.models.kernel.Kernels;
import org.food4j.models.kernel.MapShape;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** The computation of {@link Conv2d}. */
final class Conv2dComputation extends BaseLayer<Conv2d> {
  private static final long serialVersionUID = 1L;

  private final transient KernelCache<MapShape, Fused> kernels = new KernelCache<>(this::kernels);
  private transient NormalizationState state;

  /** What the convolution made in the last training pass, before normalisation and function. */
  private transient INDArray convolved;

  /** What the function was applied to in the last training pass, if there is a function. */
  private transient INDArray beforeFunction;

  Conv2dComputation(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
  }

  /** The parts of the layer for one shape of input. */
  private record Fused(
      ConvolutionShape shape,
      ConvolutionKernel convolution,
      BatchNormKernel batchNorm,
      FunctionKernel function) {}

  private Fused kernels(MapShape input) {
    Kernels engine = NativeEngine.start().kernels(dataType);
    Conv2d layer = layerConf();
    ConvolutionShape shape =
        new ConvolutionShape(
            input, layer.getNOut(), layer.groups(), layer.window(input.height(), input.width()));
    IActivation function = layer.getActivationFn();
    boolean normalised = layer.normalization() != null;
    boolean rectified = normalised && Rectifier.is(function);
    return new Fused(
        shape,
        engine.convolution(shape),
        normalised
            ? engine.batchNorm(shape.output(), layer.normalization().eps(), rectified)
            : null,
        rectified || isIdentity(function) ? null : engine.function(shape.output(), function));
  }

  private static boolean isIdentity(IActivation function) {
    return function instanceof ActivationIdentity;
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    applyDropOutIfNecessary(training, workspaces);
    input = Maps.input(workspaces, input, dataType);
    Fused fused = kernels.get(MapShape.of(input));
    INDArray output =
        Maps.allocate(workspaces, ArrayType.ACTIVATIONS, dataType, fused.shape().output());
    if (training) {
      train(fused, output, workspaces);
    } else {
      infer(fused, output);
    }
    return output;
  }

  private void train(Fused fused, INDArray output, LayerWorkspaceMgr workspaces) {
    beforeFunction =
        fused.function() == null
            ? output
            : Maps.allocateLike(workspaces, ArrayType.ACTIVATIONS, output);
    convolved =
        fused.batchNorm() == null
            ? beforeFunction
            : Maps.allocateLike(workspaces, ArrayType.ACTIVATIONS, output);
    fused.convolution().forward(input, params.get("W"), params.get("b"), convolved);
    if (fused.batchNorm() != null) {
      if (state == null) {
        state =
            new NormalizationState(layerConf().normalization(), dataType, layerConf().getNOut());
      }
      state.forward(fused.batchNorm(), params, convolved, beforeFunction);
    }
    if (fused.function() != null) {
      fused.function().forward(beforeFunction, output);
    }
  }

  /** The normalisation is a factor and an addend per filter, applied as the convolution writes. */
  private void infer(Fused fused, INDArray output) {
    INDArray scale = null;
    INDArray shift = params.get("b");
    Normalization normalization = layerConf().normalization();
    if (normalization != null) {
      INDArray deviation =
          Transforms.sqrt(params.get(Normalization.VARIANCE).add(normalization.eps()), false);
      scale = params.get(Normalization.GAMMA).div(deviation);
      INDArray centre = params.get(Normalization.MEAN);
      if (shift != null) {
        centre = centre.sub(shift);
      }
      shift = params.get(Normalization.BETA).sub(centre.mul(scale));
    }
    fused
        .convolution()
        .infer(input, params.get("W"), scale, shift, layerConf().getActivationFn(), output);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    Fused fused = kernels.get(MapShape.of(input));
    Gradient gradient = new DefaultGradient();
    INDArray dConvolved = throughFunction(fused, Maps.rowMajor(epsilon), gradient, workspaces);
    INDArray dWeights = gradientViews.get("W");
    INDArray dBias = gradientViews.get("b");
    INDArray dInput =
        layerConf().hasInputGradient()
            ? Maps.allocateLike(workspaces, ArrayType.ACTIVATION_GRAD, input)
            : null;
    fused.convolution().backward(input, params.get("W"), dConvolved, dInput, dWeights, dBias);
    gradient.setGradientFor("W", dWeights);
    if (dBias != null) {
      gradient.setGradientFor("b", dBias);
    }
    if (dInput != null) {
      dInput = backpropDropOutIfPresent(dInput);
    }
    beforeFunction = null;
    convolved = null;
    return new Pair<>(gradient, dInput);
  }

  private INDArray throughFunction(
      Fused fused, INDArray dOutput, Gradient gradient, LayerWorkspaceMgr workspaces) {
    if (fused.batchNorm() == null && fused.function() == null) {
      return dOutput;
    }
    INDArray dConvolved = Maps.allocateLike(workspaces, ArrayType.BP_WORKING_MEM, dOutput);
    INDArray dFunction = dOutput;
    if (fused.function() != null) {
      fused.function().backward(beforeFunction, dOutput, dConvolved);
      dFunction = dConvolved; // in place from here
    }
    if (fused.batchNorm() != null) {
      state.backward(
          fused.batchNorm(), params, gradientViews, convolved, dFunction, dConvolved, gradient);
    }
    return dConvolved;
  }

  @Override
  public boolean updaterDivideByMinibatch(String key) {
    return !layerConf().isStatistic(key);
  }

  @Override
  public boolean hasBias() {
    return layerConf().hasBias();
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  @Override
  public Type type() {
    return Type.CONVOLUTIONAL;
  }
}
