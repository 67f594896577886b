package org.food4j.models.layer;

import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.food4j.models.kernel.Kernels;
import org.food4j.models.kernel.MapShape;
import org.food4j.models.kernel.PoolingKernel;
import org.food4j.models.kernel.Window;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The computation of {@link Pool2d} and {@link GlobalPool2d}. */
final class PoolComputation extends AbstractLayer<PoolLayer> {
  private static final long serialVersionUID = 1L;

  private final transient KernelCache<MapShape, Windowed> kernels =
      new KernelCache<>(this::kernels);

  PoolComputation(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
  }

  /** The kernel of the last pass, if it was one of training. */
  private transient Windowed trained;

  private record Windowed(PoolingKernel kernel, MapShape output) {}

  private Windowed kernels(MapShape shape) {
    Kernels engine = NativeEngine.start().kernels(dataType);
    Window window = layerConf().window(shape.height(), shape.width());
    PoolingKernel kernel =
        layerConf().pooling() == Pooling.MAX
            ? engine.maxPooling(shape, window)
            : engine.averagePooling(shape, window);
    return new Windowed(kernel, window.output(shape, shape.channels()));
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    applyDropOutIfNecessary(training, workspaces);
    input = Maps.input(workspaces, input, dataType);
    Windowed windowed = kernels.get(MapShape.of(input));
    INDArray output = Maps.allocate(workspaces, ArrayType.ACTIVATIONS, dataType, windowed.output());
    trained = training ? windowed : null;
    if (training) {
      windowed.kernel().forward(input, output);
    } else {
      windowed.kernel().infer(input, output);
    }
    return output.reshape('c', layerConf().outputShape(windowed.output()));
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    String name = layerConf().getLayerName();
    Windowed windowed = Maps.ofTrainingPass(trained, name);
    INDArray dOutput =
        Maps.gradient(epsilon, layerConf().outputShape(windowed.output()), name)
            .reshape('c', windowed.output().dimensions());
    INDArray dInput = Maps.allocateLike(workspaces, ArrayType.ACTIVATION_GRAD, input);
    windowed.kernel().backward(input, dOutput, dInput);
    return new Pair<>(new DefaultGradient(), backpropDropOutIfPresent(dInput));
  }

  @Override
  public void clear() {
    super.clear();
    trained = null;
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(INDArray mask, MaskState state, int batch) {
    Maps.refuseMask(mask, layerConf().getLayerName());
    return super.feedForwardMaskArray(mask, state, batch);
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
    return Type.SUBSAMPLING;
  }
}
