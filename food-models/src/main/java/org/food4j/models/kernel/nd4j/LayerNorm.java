package org.food4j.models.kernel.nd4j;

import org.food4j.models.kernel.LayerNormKernel;
import org.food4j.models.kernel.MapShape;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** On rows {@code [batch * positions, channels]}. */
final class LayerNorm implements LayerNormKernel {
  private final long rows;
  private final long channels;
  private final double eps;

  LayerNorm(MapShape shape, double eps) {
    this.rows = shape.batch() * shape.positions();
    this.channels = shape.channels();
    this.eps = eps;
  }

  @Override
  public void forward(INDArray x, INDArray gamma, INDArray beta, INDArray y) {
    INDArray deviations = deviations(x);
    INDArray standardised = deviations.muliColumnVector(inverseDeviation(deviations));
    rows(y).assign(standardised.muliRowVector(wide(gamma)).addiRowVector(wide(beta)));
  }

  @Override
  public void backward(
      INDArray x, INDArray gamma, INDArray dy, INDArray dx, INDArray dGamma, INDArray dBeta) {
    INDArray deviations = deviations(x);
    INDArray inverse = inverseDeviation(deviations);
    INDArray standardised = deviations.muliColumnVector(inverse);
    INDArray gradient = wide(rows(dy));
    dBeta.assign(ChannelSums.of(gradient));
    dGamma.assign(ChannelSums.of(gradient.mul(standardised)));
    INDArray dStandardised = gradient.mulRowVector(wide(gamma));
    INDArray throughMean = dStandardised.mean(true, 1);
    INDArray throughVariance = dStandardised.mul(standardised).mean(true, 1);
    dStandardised
        .subiColumnVector(throughMean)
        .subi(standardised.muliColumnVector(throughVariance))
        .muliColumnVector(inverse);
    rows(dx).assign(dStandardised);
  }

  /** A new array of each value's distance from its row's mean. */
  private INDArray deviations(INDArray x) {
    INDArray values = wide(rows(x));
    return values.subColumnVector(values.mean(true, 1));
  }

  private INDArray inverseDeviation(INDArray deviations) {
    INDArray variance = deviations.mul(deviations).mean(true, 1);
    return Transforms.sqrt(variance.addi(eps), false).rdivi(1);
  }

  private static INDArray wide(INDArray values) {
    return ChannelSums.wide(values);
  }

  private INDArray rows(INDArray maps) {
    return maps.reshape('c', true, rows, channels);
  }
}
