package org.food4j.models.kernel.nd4j;

import org.food4j.models.kernel.AdditionKernel;
import org.food4j.models.kernel.AttentionKernel;
import org.food4j.models.kernel.BatchNormKernel;
import org.food4j.models.kernel.ChannelScaleKernel;
import org.food4j.models.kernel.ConvolutionKernel;
import org.food4j.models.kernel.ConvolutionShape;
import org.food4j.models.kernel.FunctionKernel;
import org.food4j.models.kernel.Kernels;
import org.food4j.models.kernel.LayerNormKernel;
import org.food4j.models.kernel.MapShape;
import org.food4j.models.kernel.MeanMaxKernel;
import org.food4j.models.kernel.PoolingKernel;
import org.food4j.models.kernel.PositionScaleKernel;
import org.food4j.models.kernel.Precision;
import org.food4j.models.kernel.Window;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Kernels that run on any backend of ND4J, for arrays of one floating-point type per call. The
 * factory is thread-safe.
 */
public final class Nd4jKernels implements Kernels {
  /** A factory; it loads nothing before a kernel runs. */
  public Nd4jKernels() {}

  @Override
  public String description() {
    return "ND4J operations";
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException for anything but float32, which stands for the arrays' type
   */
  @Override
  public void require(Precision training) {
    if (training != Precision.FLOAT32) {
      throw new IllegalArgumentException(
          "precision %s needs oneDNN's kernels on an x86-64 processor, in float32 networks; here layers are computed by %s: set precision to float32"
              .formatted(training.key(), description()));
    }
  }

  @Override
  public ConvolutionKernel convolution(ConvolutionShape shape, Precision training) {
    require(training);
    return shape.groups() == 1 || shape.depthwise()
        ? new Convolution(shape)
        : new GroupedConvolution(shape);
  }

  @Override
  public BatchNormKernel batchNorm(MapShape shape, double eps, boolean rectified) {
    return new BatchNorm(shape, eps, rectified);
  }

  @Override
  public FunctionKernel function(MapShape shape, IActivation function) {
    return new Function(function);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException for a dilated window, or one that sees padding alone
   */
  @Override
  public PoolingKernel maxPooling(MapShape input, Window window) {
    return Pooling.max(input, window);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException for a dilated window, or one that sees padding alone
   */
  @Override
  public PoolingKernel averagePooling(MapShape input, Window window) {
    return Pooling.mean(input, window);
  }

  @Override
  public ChannelScaleKernel channelScale(MapShape shape) {
    return new ChannelScale(shape);
  }

  @Override
  public PositionScaleKernel positionScale(MapShape shape) {
    return new PositionScale(shape);
  }

  @Override
  public MeanMaxKernel meanMaxOverPositions(MapShape shape) {
    return MeanMax.overPositions(shape);
  }

  @Override
  public MeanMaxKernel meanMaxOverChannels(MapShape shape) {
    return MeanMax.overChannels(shape);
  }

  @Override
  public LayerNormKernel layerNorm(MapShape shape, double eps) {
    return new LayerNorm(shape, eps);
  }

  @Override
  public AttentionKernel attention(MapShape shape, int heads) {
    return new Attention(shape, heads);
  }

  @Override
  public AdditionKernel addition(MapShape shape, IActivation function) {
    return new Addition(function);
  }

  @Override
  public void toChannelsLast(INDArray channelsFirst, INDArray channelsLast) {
    channelsLast.assign(channelsFirst.permute(0, 2, 3, 1));
  }

  @Override
  public void toChannelsFirst(INDArray channelsLast, INDArray channelsFirst) {
    channelsFirst.assign(channelsLast.permute(0, 3, 1, 2));
  }
}
