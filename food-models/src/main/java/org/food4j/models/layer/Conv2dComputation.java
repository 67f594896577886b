package org.food4j.models.layer;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.food4j.models.activation.KnownFunctions;
import org.food4j.models.kernel.BatchNormKernel;
import org.food4j.models.kernel.ConvolutionKernel;
import org.food4j.models.kernel.ConvolutionShape;
import org.food4j.models.kernel.FunctionKernel;
import org.food4j.models.kernel.MapShape;
import org.food4j.models.kernel.Precision;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** The computation of {@link Conv2d}. */
final class Conv2dComputation extends MapComputation<Conv2d> {
  private static final long serialVersionUID = 1L;

  private final transient KernelCache<MapShape, Convolved> inferences =
      new KernelCache<>(input -> convolution(input, Precision.FLOAT32));
  private final transient KernelCache<MapShape, Trained> trainings =
      new KernelCache<>(this::training);

  /** The kernels of the last pass, if it was one of training. */
  private transient Trained trained;

  /** What the convolution made in that pass, before normalisation and function. */
  private transient INDArray convolved;

  /** What the function was applied to in that pass, if there is a function. */
  private transient INDArray beforeFunction;

  Conv2dComputation(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
  }

  /** The convolution of one shape of input. */
  private record Convolved(ConvolutionShape shape, ConvolutionKernel kernel) {}

  /** What training does after it; a part is null where the layer has none, or another has it. */
  private record Trained(
      Convolved convolution, BatchNormKernel batchNorm, FunctionKernel function) {}

  private Convolved convolution(MapShape input, Precision training) {
    Conv2d layer = layerConf();
    ConvolutionShape shape =
        new ConvolutionShape(
            input, layer.getNOut(), layer.groups(), layer.window(input.height(), input.width()));
    return new Convolved(shape, engine().convolution(shape, training));
  }

  private Trained training(MapShape input) {
    Convolved convolution = convolution(input, layerConf().trainingPrecision());
    MapShape maps = convolution.shape().output();
    IActivation function = layerConf().getActivationFn();
    Normalization normalization = layerConf().normalization();
    boolean rectified = normalization != null && KnownFunctions.isRectifier(function);
    return new Trained(
        convolution,
        normalization == null ? null : engine().batchNorm(maps, normalization.eps(), rectified),
        rectified || KnownFunctions.isIdentity(function)
            ? null
            : engine().function(maps, function));
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    prepareInput(training, workspaces);
    trained = training ? trainings.get(MapShape.of(input)) : null;
    Convolved convolution = training ? trained.convolution() : inferences.get(MapShape.of(input));
    INDArray output =
        Maps.allocate(workspaces, ArrayType.ACTIVATIONS, dataType, convolution.shape().output());
    if (training) {
      train(output, workspaces);
    } else {
      infer(convolution.kernel(), output);
    }
    return output;
  }

  private void train(INDArray output, LayerWorkspaceMgr workspaces) {
    beforeFunction =
        trained.function() == null
            ? output
            : Maps.allocateLike(workspaces, ArrayType.ACTIVATIONS, output);
    convolved =
        trained.batchNorm() == null
            ? beforeFunction
            : Maps.allocateLike(workspaces, ArrayType.ACTIVATIONS, output);
    trained.convolution().kernel().forward(input, params.get("W"), params.get("b"), convolved);
    if (trained.batchNorm() != null) {
      normalization().forward(trained.batchNorm(), params, convolved, beforeFunction);
    }
    if (trained.function() != null) {
      trained.function().forward(beforeFunction, output);
    }
  }

  /** The normalisation is a factor and an addend per filter, applied as the convolution writes. */
  private void infer(ConvolutionKernel kernel, INDArray output) {
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
    kernel.infer(input, params.get("W"), scale, shift, layerConf().getActivationFn(), output);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    Convolved convolution = ofTrainingPass(trained).convolution();
    INDArray dOutput =
        Maps.gradient(
            epsilon, convolution.shape().output().dimensions(), layerConf().getLayerName());
    Gradient gradient = new DefaultGradient();
    INDArray dConvolved = throughFunction(dOutput, gradient, workspaces);
    INDArray dWeights = gradientViews.get("W");
    INDArray dBias = gradientViews.get("b");
    INDArray dInput =
        layerConf().hasInputGradient()
            ? Maps.allocateLike(workspaces, ArrayType.ACTIVATION_GRAD, input)
            : null;
    convolution.kernel().backward(input, params.get("W"), dConvolved, dInput, dWeights, dBias);
    gradient.setGradientFor("W", dWeights);
    if (dBias != null) {
      gradient.setGradientFor("b", dBias);
    }
    if (dInput != null) {
      dInput = backpropDropOutIfPresent(dInput);
    }
    forget();
    return new Pair<>(gradient, dInput);
  }

  private INDArray throughFunction(
      INDArray dOutput, Gradient gradient, LayerWorkspaceMgr workspaces) {
    if (trained.batchNorm() == null && trained.function() == null) {
      return dOutput;
    }
    INDArray dConvolved = Maps.allocateLike(workspaces, ArrayType.BP_WORKING_MEM, dOutput);
    INDArray dFunction = dOutput;
    if (trained.function() != null) {
      trained.function().backward(beforeFunction, dOutput, dConvolved);
      dFunction = dConvolved; // in place from here
    }
    if (trained.batchNorm() != null) {
      normalization()
          .backward(
              trained.batchNorm(),
              params,
              gradientViews,
              convolved,
              dFunction,
              dConvolved,
              gradient);
    }
    return dConvolved;
  }

  @Override
  public void clear() {
    super.clear();
    forget();
  }

  private void forget() {
    trained = null;
    convolved = null;
    beforeFunction = null;
  }

  @Override
  public boolean hasBias() {
    return layerConf().hasBias();
  }

  @Override
  public Type type() {
    return Type.CONVOLUTIONAL;
  }
}
