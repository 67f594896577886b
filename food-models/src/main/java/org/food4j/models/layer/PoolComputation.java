package org.food4j.models.layer;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.food4j.models.kernel.MapShape;
import org.food4j.models.kernel.PoolingKernel;
import org.food4j.models.kernel.Window;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The computation of {@link Pool2d} and {@link GlobalPool2d}. */
final class PoolComputation extends PlainComputation<PoolLayer> {
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
    Window window = layerConf().window(shape.height(), shape.width());
    PoolingKernel kernel =
        layerConf().pooling() == Pooling.MAX
            ? engine().maxPooling(shape, window)
            : engine().averagePooling(shape, window);
    return new Windowed(kernel, window.output(shape, shape.channels()));
  }

  @Override
  INDArray forward(boolean training, LayerWorkspaceMgr workspaces) {
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
  INDArray backward(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    Windowed windowed = Maps.ofTrainingPass(trained, name());
    INDArray dOutput =
        Maps.gradient(epsilon, layerConf().outputShape(windowed.output()), name())
            .reshape('c', windowed.output().dimensions());
    INDArray dInput = Maps.allocateLike(workspaces, ArrayType.ACTIVATION_GRAD, input);
    windowed.kernel().backward(input, dOutput, dInput);
    return dInput;
  }

  @Override
  public void clear() {
    super.clear();
    trained = null;
  }

  @Override
  public Type type() {
    return Type.SUBSAMPLING;
  }
}
