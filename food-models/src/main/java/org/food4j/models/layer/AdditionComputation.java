package org.food4j.models.layer;

import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.food4j.models.kernel.AdditionKernel;
import org.food4j.models.kernel.MapShape;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The computation of {@link AdditionVertex}. */
@SuppressWarnings("overrides") // DL4J declares setInputs with and without varargs
final class AdditionComputation extends MapVertex {
  private static final long serialVersionUID = 1L;

  private final transient KernelCache<MapShape, AdditionKernel> kernels;

  /** Of the last training pass. */
  private transient INDArray output;

  AdditionComputation(
      ComputationGraph graph, String name, int index, IActivation function, DataType dataType) {
    super(graph, name, index, dataType);
    kernels =
        new KernelCache<>(
            shape -> NativeEngine.start().kernels(dataType).addition(shape, function));
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    INDArray first = input(0);
    INDArray sum = Maps.allocateLike(workspaces, ArrayType.ACTIVATIONS, first);
    kernels.get(MapShape.of(first)).forward(first, input(1), sum);
    output = training ? sum : null;
    return sum;
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaces) {
    INDArray sum = Maps.ofTrainingPass(output, vertexName);
    INDArray dFirst = Maps.allocateLike(workspaces, ArrayType.ACTIVATION_GRAD, sum);
    kernels.get(MapShape.of(sum)).backward(input(0), input(1), sum, gradient(sum.shape()), dFirst);
    // an array for each: DL4J adds other gradients of the same input to it, in place
    INDArray dSecond = workspaces.dup(ArrayType.ACTIVATION_GRAD, dFirst, 'c');
    output = null;
    return new Pair<>(null, new INDArray[] {dFirst, dSecond});
  }
}
