package org.food4j.models.layer;

import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.food4j.models.kernel.MapShape;
import org.food4j.models.kernel.PositionScaleKernel;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The computation of {@link PositionScaleVertex}. */
@SuppressWarnings("overrides") // DL4J declares setInputs with and without varargs
final class PositionScaleComputation extends MapVertex {
  private static final long serialVersionUID = 1L;

  private final transient KernelCache<MapShape, PositionScaleKernel> kernels =
      new KernelCache<>(shape -> NativeEngine.start().kernels(dataType).positionScale(shape));

  PositionScaleComputation(ComputationGraph graph, String name, int index, DataType dataType) {
    super(graph, name, index, dataType);
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    INDArray maps = input(0);
    INDArray factors = input(1);
    INDArray output = Maps.allocateLike(workspaces, ArrayType.ACTIVATIONS, maps);
    kernels.get(MapShape.of(maps)).forward(maps, factors, output);
    return output;
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaces) {
    INDArray maps = input(0);
    INDArray factors = input(1);
    INDArray dMaps = Maps.allocateLike(workspaces, ArrayType.ACTIVATION_GRAD, maps);
    INDArray dFactors = Maps.allocateLike(workspaces, ArrayType.ACTIVATION_GRAD, factors);
    kernels.get(MapShape.of(maps)).backward(maps, factors, gradient(maps.shape()), dMaps, dFactors);
    return new Pair<>(null, new INDArray[] {dMaps, dFactors});
  }
}
