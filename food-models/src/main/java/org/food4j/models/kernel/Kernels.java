package org.food4j.models.kernel;

import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One way to compute what layers are made of. All maps are {@code [batch, height, width, channels]}
 * in row-major order without gaps, all vectors {@code [channels]}; a kernel is made for one shape,
 * reused across steps, and belongs to one layer: not thread-safe, while the factory is.
 *
 * <p>An array of another length, type or order than its kernel was made for is refused with an
 * {@link IllegalArgumentException}. No two arrays of a call share memory unless a method says so.
 *
 * <p>Results are written into arrays that the caller provides; a kernel's temporary arrays come
 * from the current ND4J workspace.
 */
public interface Kernels {
  /** What computes, for logs. */
  String description();

  /**
   * A convolution in its arrays' own type: without activation in training, with one at inference.
   */
  default ConvolutionKernel convolution(ConvolutionShape shape) {
    return convolution(shape, Precision.FLOAT32);
  }

  /**
   * A convolution.
   *
   * @param training what forward and backward passes multiply in, but for shapes that gain nothing
   *     by it: those, and inference, multiply in the arrays' own type
   * @throws IllegalArgumentException as {@link #require} does
   */
  ConvolutionKernel convolution(ConvolutionShape shape, Precision training);

  /**
   * Makes sure that training can multiply in a precision.
   *
   * @throws IllegalArgumentException if what computes here does not have it
   */
  void require(Precision training);

  /**
   * Batch normalisation.
   *
   * @param rectified whether max(y, 0) follows, which costs next to nothing in the same pass
   */
  BatchNormKernel batchNorm(MapShape shape, double eps, boolean rectified);

  /** An element-wise function. */
  FunctionKernel function(MapShape shape, IActivation function);

  /** The maximum in each window; zeros that pad do not count. */
  PoolingKernel maxPooling(MapShape input, Window window);

  /** The mean of each window; zeros that pad do not count. */
  PoolingKernel averagePooling(MapShape input, Window window);

  /** Each channel of each map times a number of its own. */
  ChannelScaleKernel channelScale(MapShape shape);

  /** Each position of each map times a number of its own. */
  PositionScaleKernel positionScale(MapShape shape);

  /** Mean and maximum over the positions: of these maps, {@code [batch, 2, 1, channels]}. */
  MeanMaxKernel meanMaxOverPositions(MapShape shape);

  /** Mean and maximum over the channels: of these maps, {@code [batch, height, width, 2]}. */
  MeanMaxKernel meanMaxOverChannels(MapShape shape);

  /** Layer normalisation of each position's channels. */
  LayerNormKernel layerNorm(MapShape shape, double eps);

  /**
   * Attention among the positions of each map.
   *
   * @param shape of queries, keys and values beside each other
   * @param heads divide a third of the channels evenly
   */
  AttentionKernel attention(MapShape shape, int heads);

  /** A sum of maps followed by an element-wise function. */
  AdditionKernel addition(MapShape shape, IActivation function);

  /**
   * Copies {@code [batch, channels, height, width]} into {@code [batch, height, width, channels]}.
   */
  void toChannelsLast(INDArray channelsFirst, INDArray channelsLast);

  /**
   * Copies {@code [batch, height, width, channels]} into {@code [batch, channels, height, width]}.
   */
  void toChannelsFirst(INDArray channelsLast, INDArray channelsFirst);
}
