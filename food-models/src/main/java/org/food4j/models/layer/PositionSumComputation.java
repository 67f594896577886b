package org.food4j.models.layer;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.food4j.models.kernel.FunctionKernel;
import org.food4j.models.kernel.MapShape;
import org.food4j.models.kernel.PoolingKernel;
import org.food4j.models.kernel.Window;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The computation of {@link PositionSum2d}: the mean times the number of positions. */
final class PositionSumComputation extends PlainComputation<PositionSum2d> {
  private static final long serialVersionUID = 1L;

  private final transient KernelCache<MapShape, Summed> kernels = new KernelCache<>(this::kernels);

  /** The kernels of the last pass, if it was one of training. */
  private transient Summed trained;

  /** Of that pass, before the function. */
  private transient INDArray sums;

  PositionSumComputation(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
  }

  private record Summed(MapShape output, PoolingKernel mean, FunctionKernel function) {}

  private Summed kernels(MapShape maps) {
    Window window = Window.everything(maps);
    MapShape output = window.output(maps, maps.channels());
    return new Summed(
        output,
        engine().averagePooling(maps, window),
        engine().function(output, layerConf().function()));
  }

  @Override
  INDArray forward(boolean training, LayerWorkspaceMgr workspaces) {
    MapShape maps = MapShape.of(input);
    Summed kernel = kernels.get(maps);
    INDArray output = Maps.allocate(workspaces, ArrayType.ACTIVATIONS, dataType, kernel.output());
    if (training) {
      sums = Maps.allocateLike(workspaces, ArrayType.ACTIVATIONS, output);
      kernel.mean().forward(input, sums);
      kernel.function().forward(sums.muli(maps.positions()), output);
      trained = kernel;
    } else {
      kernel.mean().infer(input, output);
      kernel.function().forward(output.muli(maps.positions()), output);
      forget();
    }
    return output;
  }

  @Override
  INDArray backward(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    Summed kernel = Maps.ofTrainingPass(trained, name());
    INDArray dSums = Maps.allocateLike(workspaces, ArrayType.BP_WORKING_MEM, sums);
    kernel.function().backward(sums, Maps.gradient(epsilon, sums.shape(), name()), dSums);
    INDArray dInput = Maps.allocateLike(workspaces, ArrayType.ACTIVATION_GRAD, input);
    kernel.mean().backward(input, dSums.muli(MapShape.of(input).positions()), dInput);
    forget();
    return dInput;
  }

  @Override
  public void clear() {
    super.clear();
    forget();
  }

  private void forget() {
    trained = null;
    sums = null;
  }

  @Override
  public Type type() {
    return Type.SUBSAMPLING;
  }
}
