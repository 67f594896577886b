package org.food4j.models.layer;

import java.util.Map;
import org.deeplearning4j.nn.gradient.Gradient;
import org.food4j.models.kernel.BatchNormKernel;
import org.food4j.models.kernel.MapShape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Batch normalisation inside a layer: it keeps the statistics of the last training batch, and moves
 * the running ones towards them. That step goes through the network's gradient vector, as in DL4J's
 * own layer: so it takes part in whatever DL4J does with gradients, averaging over several workers
 * included.
 */
final class NormalizationState {
  private final Normalization settings;
  private final INDArray mean;
  private final INDArray variance;

  @SuppressWarnings("try") // the scope is what matters
  NormalizationState(Normalization settings, DataType type, long channels) {
    this.settings = settings;
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      mean = Nd4j.create(type, channels);
      variance = Nd4j.create(type, channels);
    }
  }

  /** Normalises with the batch's statistics, and keeps them. */
  void forward(BatchNormKernel kernel, Map<String, INDArray> parameters, INDArray x, INDArray y) {
    kernel.forward(
        x,
        parameters.get(Normalization.GAMMA),
        parameters.get(Normalization.BETA),
        mean,
        variance,
        y);
  }

  /** Normalises with the running statistics. */
  void infer(BatchNormKernel kernel, Map<String, INDArray> parameters, INDArray x, INDArray y) {
    kernel.infer(
        x,
        parameters.get(Normalization.GAMMA),
        parameters.get(Normalization.BETA),
        parameters.get(Normalization.MEAN),
        parameters.get(Normalization.VARIANCE),
        y);
  }

  /**
   * Writes all gradients, and the running statistics' steps, which the optimiser subtracts.
   *
   * @param views of the network's gradient vector
   */
  void backward(
      BatchNormKernel kernel,
      Map<String, INDArray> parameters,
      Map<String, INDArray> views,
      INDArray x,
      INDArray dy,
      INDArray dx,
      Gradient gradient) {
    INDArray dGamma = views.get(Normalization.GAMMA);
    INDArray dBeta = views.get(Normalization.BETA);
    kernel.backward(
        x,
        parameters.get(Normalization.GAMMA),
        parameters.get(Normalization.BETA),
        mean,
        variance,
        dy,
        dx,
        dGamma,
        dBeta);
    gradient.setGradientFor(Normalization.GAMMA, dGamma);
    gradient.setGradientFor(Normalization.BETA, dBeta);
    MapShape shape = MapShape.of(x);
    double values = shape.batch() * (double) shape.positions();
    // one value has no unbiased variance: PyTorch refuses such a batch, here it counts as it is
    double unbiased = values > 1 ? values / (values - 1) : 1;
    step(Normalization.MEAN, mean, 1, parameters, views, gradient);
    step(Normalization.VARIANCE, variance, unbiased, parameters, views, gradient);
  }

  private void step(
      String key,
      INDArray batch,
      double factor,
      Map<String, INDArray> parameters,
      Map<String, INDArray> views,
      Gradient gradient) {
    INDArray view = views.get(key);
    batch.mul(-factor, view).addi(parameters.get(key)).muli(settings.momentum());
    gradient.setGradientFor(key, view);
  }
}
