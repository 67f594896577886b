package org.food4j.models.layer;

import java.util.Map;
import org.deeplearning4j.nn.gradient.Gradient;
import org.food4j.models.kernel.BatchNormKernel;
import org.food4j.models.kernel.MapShape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.Axpy;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Batch normalisation inside a layer: it keeps the statistics of the last training batch, and in
 * the backward pass moves the running ones towards them, as PyTorch's forward pass does. Frozen
 * statistics normalise instead, and stay.
 *
 * <p>DL4J's own layer lets the optimiser take that step, as a gradient: whoever clips or normalises
 * gradients then slows the statistics down, and lets their size shrink the weights' steps. Here
 * their gradient is zero.
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

  /** Normalises with the batch's statistics, and keeps them; or with frozen ones. */
  void forward(BatchNormKernel kernel, Map<String, INDArray> parameters, INDArray x, INDArray y) {
    INDArray gamma = parameters.get(Normalization.GAMMA);
    INDArray beta = parameters.get(Normalization.BETA);
    if (settings.hasFrozenStatistics()) {
      kernel.forwardFrozen(
          x,
          gamma,
          beta,
          parameters.get(Normalization.MEAN),
          parameters.get(Normalization.VARIANCE),
          y);
    } else {
      kernel.forward(x, gamma, beta, mean, variance, y);
    }
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
   * Writes all gradients, and moves the running statistics.
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
    INDArray gamma = parameters.get(Normalization.GAMMA);
    INDArray beta = parameters.get(Normalization.BETA);
    INDArray runningMean = parameters.get(Normalization.MEAN);
    INDArray runningVariance = parameters.get(Normalization.VARIANCE);
    if (settings.hasFrozenStatistics()) {
      kernel.backwardFrozen(x, gamma, beta, runningMean, runningVariance, dy, dx, dGamma, dBeta);
    } else {
      kernel.backward(x, gamma, beta, mean, variance, dy, dx, dGamma, dBeta);
      MapShape shape = MapShape.of(x);
      double values = shape.batch() * (double) shape.positions();
      // one value has no unbiased variance: PyTorch refuses such a batch, here it counts as it is
      double unbiased = values > 1 ? values / (values - 1) : 1;
      move(runningMean, mean, 1);
      move(runningVariance, variance, unbiased);
    }
    gradient.setGradientFor(Normalization.GAMMA, dGamma);
    gradient.setGradientFor(Normalization.BETA, dBeta);
    gradient.setGradientFor(Normalization.MEAN, views.get(Normalization.MEAN));
    gradient.setGradientFor(Normalization.VARIANCE, views.get(Normalization.VARIANCE));
  }

  private void move(INDArray running, INDArray batch, double factor) {
    running.muli(1 - settings.momentum());
    Nd4j.exec(new Axpy(batch, running, running, settings.momentum() * factor));
  }
}
