package org.food4j.models.layer;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.food4j.models.kernel.MapShape;
import org.food4j.models.kernel.MeanMaxKernel;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The computation of {@link GlobalMeanMax2d} and {@link ChannelMeanMax2d}. */
final class MeanMaxComputation extends PlainComputation<MeanMaxLayer> {
  private static final long serialVersionUID = 1L;

  private final transient KernelCache<MapShape, MeanMaxKernel> kernels =
      new KernelCache<>(shape -> layerConf().kernel(engine(), shape));

  /** Of the last pass, if it was one of training. */
  private transient INDArray output;

  MeanMaxComputation(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
  }

  @Override
  INDArray forward(boolean training, LayerWorkspaceMgr workspaces) {
    MapShape shape = MapShape.of(input);
    INDArray both =
        Maps.allocate(workspaces, ArrayType.ACTIVATIONS, dataType, layerConf().outputOf(shape));
    kernels.get(shape).forward(input, both);
    output = training ? both : null;
    return both;
  }

  @Override
  INDArray backward(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    INDArray both = Maps.ofTrainingPass(output, name());
    INDArray dInput = Maps.allocateLike(workspaces, ArrayType.ACTIVATION_GRAD, input);
    kernels
        .get(MapShape.of(input))
        .backward(input, both, Maps.gradient(epsilon, both.shape(), name()), dInput);
    output = null;
    return dInput;
  }

  @Override
  public void clear() {
    super.clear();
    output = null;
  }

  @Override
  public Type type() {
    return Type.SUBSAMPLING;
  }
}
