package org.food4j.models.layer;

import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.food4j.models.kernel.Kernels;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What the computations of layers over feature maps without parameters have in common. */
abstract class PlainComputation<L extends PlainLayer> extends AbstractLayer<L> {
  private static final long serialVersionUID = 1L;

  PlainComputation(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
  }

  /** Computes from {@link #input}, which is row-major and of this layer's type. */
  abstract INDArray forward(boolean training, LayerWorkspaceMgr workspaces);

  /** The gradient with respect to {@link #input}, from that with respect to the output. */
  abstract INDArray backward(INDArray epsilon, LayerWorkspaceMgr workspaces);

  /** Who computes. */
  final Kernels engine() {
    return NativeEngine.start().kernels(dataType);
  }

  /** The layer's name in its graph. */
  final String name() {
    return layerConf().getLayerName();
  }

  @Override
  public final INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    applyDropOutIfNecessary(training, workspaces);
    input = Maps.input(workspaces, input, dataType);
    return forward(training, workspaces);
  }

  @Override
  public final Pair<Gradient, INDArray> backpropGradient(
      INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    INDArray dInput = backward(epsilon, workspaces);
    return new Pair<>(new DefaultGradient(), backpropDropOutIfPresent(dInput));
  }

  @Override
  public final Pair<INDArray, MaskState> feedForwardMaskArray(
      INDArray mask, MaskState state, int batch) {
    Maps.refuseMask(mask, name());
    return super.feedForwardMaskArray(mask, state, batch);
  }

  @Override
  public final boolean isPretrainLayer() {
    return false;
  }

  @Override
  public final void clearNoiseWeightParams() {
    // there are none
  }

  @Override
  public Type type() {
    return Type.CONVOLUTIONAL;
  }
}
