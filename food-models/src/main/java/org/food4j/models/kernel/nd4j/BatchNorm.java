package org.food4j.models.kernel.nd4j;

import org.food4j.models.kernel.BatchNormKernel;
import org.food4j.models.kernel.MapShape;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Forward with ND4J's operation; backward by composition, because {@code batchnorm_bp} of
 * 1.0.0-M2.1 is off by 1e-8 in double precision and three times slower on the CPU.
 */
final class BatchNorm implements BatchNormKernel {
  private final MapShape shape;
  private final double values; // of each channel
  private final double eps;
  private final boolean rectified;

  BatchNorm(MapShape shape, double eps, boolean rectified) {
    this.shape = shape;
    this.values = (double) shape.batch() * shape.positions();
    this.eps = eps;
    this.rectified = rectified;
  }

  @Override
  public void forward(
      INDArray x, INDArray gamma, INDArray beta, INDArray mean, INDArray variance, INDArray y) {
    mean.assign(ChannelSums.of(x).divi(values));
    INDArray deviations = rows(x).subRowVector(mean);
    variance.assign(ChannelSums.of(deviations.muli(deviations)).divi(values));
    infer(x, gamma, beta, mean, variance, y);
  }

  @Override
  public void infer(
      INDArray x, INDArray gamma, INDArray beta, INDArray mean, INDArray variance, INDArray y) {
    normalise(x, gamma, beta, mean, variance, y);
    if (rectified) {
      Transforms.relu(y, false);
    }
  }

  @Override
  public void forwardFrozen(
      INDArray x, INDArray gamma, INDArray beta, INDArray mean, INDArray variance, INDArray y) {
    infer(x, gamma, beta, mean, variance, y);
  }

  @Override
  public void backward(
      INDArray x,
      INDArray gamma,
      INDArray beta,
      INDArray mean,
      INDArray variance,
      INDArray dy,
      INDArray dx,
      INDArray dGamma,
      INDArray dBeta) {
    INDArray gradient = beforeRectifier(x, gamma, beta, mean, variance, dy);
    INDArray inverse = inverseDeviation(variance);
    INDArray standardised = standardised(x, mean, inverse);
    sums(gradient, standardised, dGamma, dBeta);
    INDArray throughStatistics =
        standardised.muliRowVector(dGamma.div(values)).addiRowVector(dBeta.div(values));
    rows(dx).assign(gradient.subi(throughStatistics).muliRowVector(inverse.mul(gamma)));
  }

  @Override
  public void backwardFrozen(
      INDArray x,
      INDArray gamma,
      INDArray beta,
      INDArray mean,
      INDArray variance,
      INDArray dy,
      INDArray dx,
      INDArray dGamma,
      INDArray dBeta) {
    INDArray gradient = beforeRectifier(x, gamma, beta, mean, variance, dy);
    INDArray inverse = inverseDeviation(variance);
    sums(gradient, standardised(x, mean, inverse), dGamma, dBeta);
    rows(dx).assign(gradient.muliRowVector(inverse.mul(gamma)));
  }

  /** A copy of the gradient in rows, without what the rectifier stopped. */
  private INDArray beforeRectifier(
      INDArray x, INDArray gamma, INDArray beta, INDArray mean, INDArray variance, INDArray dy) {
    INDArray gradient = rows(dy).dup('c');
    if (rectified) {
      INDArray y = x.ulike();
      normalise(x, gamma, beta, mean, variance, y);
      gradient.muli(rows(y).gt(0).castTo(y.dataType()));
    }
    return gradient;
  }

  private INDArray standardised(INDArray x, INDArray mean, INDArray inverse) {
    return rows(x).subRowVector(mean).muliRowVector(inverse);
  }

  private static void sums(
      INDArray gradient, INDArray standardised, INDArray dGamma, INDArray dBeta) {
    dBeta.assign(ChannelSums.of(gradient));
    dGamma.assign(ChannelSums.of(gradient.mul(standardised)));
  }

  private void normalise(
      INDArray x, INDArray gamma, INDArray beta, INDArray mean, INDArray variance, INDArray y) {
    Nd4j.exec(
        DynamicCustomOp.builder("batchnorm")
            .addInputs(x, mean, variance, gamma, beta)
            .addOutputs(y)
            .addIntegerArguments(1, 1, x.rank() - 1) // with gamma, with beta, the channels' axis
            .addFloatingPointArguments(eps)
            .build());
  }

  private INDArray inverseDeviation(INDArray variance) {
    return Transforms.sqrt(variance.add(eps), false).rdivi(1);
  }

  /** The same values as {@code [batch * positions, channels]}. */
  private INDArray rows(INDArray maps) {
    return maps.reshape('c', true, shape.batch() * shape.positions(), shape.channels());
  }
}
