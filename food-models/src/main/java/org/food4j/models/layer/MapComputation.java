package org.food4j.models.layer;

import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.food4j.models.kernel.Kernels;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What the computations of layers with parameters have in common. */
abstract class MapComputation<L extends MapLayer> extends BaseLayer<L> {
  private static final long serialVersionUID = 1L;

  private transient NormalizationState normalization;

  MapComputation(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
  }

  /** Who computes. */
  final Kernels engine() {
    return NativeEngine.start().kernels(dataType);
  }

  /** The statistics of a layer that normalises. */
  final NormalizationState normalization() {
    if (normalization == null) {
      normalization =
          new NormalizationState(layerConf().normalization(), dataType, layerConf().getNOut());
    }
    return normalization;
  }

  /** Brings the input into the form that kernels take. */
  final void prepareInput(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    applyDropOutIfNecessary(training, workspaces);
    long channels = input.size(input.rank() - 1);
    if (channels != layerConf().getNIn()) {
      throw new IllegalArgumentException(
          "Layer \"%s\" takes maps [batch, height, width, %d], not %s"
              .formatted(
                  layerConf().getLayerName(),
                  layerConf().getNIn(),
                  java.util.Arrays.toString(input.shape())));
    }
    input = Maps.input(workspaces, input, dataType);
  }

  /** What a backward pass needs from the forward pass before it, which must have trained. */
  final <T> T ofTrainingPass(T kept) {
    return Maps.ofTrainingPass(kept, layerConf().getLayerName());
  }

  /** Row-major, as the vector holds them; DL4J's own layers are column-major unless they say so. */
  @Override
  public void setParams(INDArray vector) {
    if (vector != paramsFlattened) {
      setParams(vector, 'c');
    }
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
}
