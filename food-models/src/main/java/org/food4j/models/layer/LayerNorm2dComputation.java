package org.food4j.models.layer;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.food4j.models.kernel.LayerNormKernel;
import org.food4j.models.kernel.MapShape;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The computation of {@link LayerNorm2d}. */
final class LayerNorm2dComputation extends MapComputation<LayerNorm2d> {
  private static final long serialVersionUID = 1L;

  private final transient KernelCache<MapShape, LayerNormKernel> kernels =
      new KernelCache<>(shape -> engine().layerNorm(shape, layerConf().eps()));

  /** The kernel of the last pass, if it was one of training. */
  private transient LayerNormKernel trained;

  LayerNorm2dComputation(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    prepareInput(training, workspaces);
    INDArray output = Maps.allocateLike(workspaces, ArrayType.ACTIVATIONS, input);
    LayerNormKernel kernel = kernels.get(MapShape.of(input));
    kernel.forward(input, params.get(Normalization.GAMMA), params.get(Normalization.BETA), output);
    trained = training ? kernel : null;
    return output;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    INDArray dOutput = Maps.gradient(epsilon, input.shape(), layerConf().getLayerName());
    INDArray dInput = Maps.allocateLike(workspaces, ArrayType.ACTIVATION_GRAD, input);
    INDArray dGamma = gradientViews.get(Normalization.GAMMA);
    INDArray dBeta = gradientViews.get(Normalization.BETA);
    ofTrainingPass(trained)
        .backward(input, params.get(Normalization.GAMMA), dOutput, dInput, dGamma, dBeta);
    trained = null;
    Gradient gradient = new DefaultGradient();
    gradient.setGradientFor(Normalization.GAMMA, dGamma);
    gradient.setGradientFor(Normalization.BETA, dBeta);
    return new Pair<>(gradient, backpropDropOutIfPresent(dInput));
  }

  @Override
  public void clear() {
    super.clear();
    trained = null;
  }

  @Override
  public Type type() {
    return Type.NORMALIZATION;
  }
}
