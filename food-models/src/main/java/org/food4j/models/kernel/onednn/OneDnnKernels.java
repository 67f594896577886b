package org.food4j.models.kernel.onednn;

import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.food4j.models.activation.KnownFunctions;
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
 * Kernels for float32 arrays on the processor, by oneDNN; training's convolutions can multiply in
 * bfloat16. Thread-safe, as the kernels are not.
 */
public final class OneDnnKernels implements Kernels {
  private final Kernels others;

  /**
   * Loads the library.
   *
   * @param others compute what oneDNN does not have, or what takes no time
   * @throws UnsatisfiedLinkError if there is none for this platform on the class path
   */
  public OneDnnKernels(Kernels others) {
    this.others = others;
    Session.current();
  }

  @Override
  public String description() {
    dnnl_version_t version = dnnl.dnnl_version();
    return "oneDNN " + version.major() + "." + version.minor() + "." + version.patch();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException for bfloat16 on a processor without AMX. AVX512-BF16 alone
   *     does not do: oneDNN 2.5's convolutions with it take 1.3 to 7 times as long as in float32
   */
  @Override
  public void require(Precision training) {
    if (training == Precision.BFLOAT16 && !hasBfloat16Tiles(dnnl.dnnl_get_effective_cpu_isa())) {
      throw new IllegalArgumentException(
          "precision bfloat16 needs a processor with AMX-BF16 instructions (Intel Xeon since Sapphire Rapids) and Linux 5.16 or newer; here oneDNN finds none, and float32 is faster: set precision to float32");
    }
  }

  /** A newer set of instructions has the bits of those that it includes. */
  static boolean hasBfloat16Tiles(int instructions) {
    int needed = dnnl.dnnl_cpu_isa_avx512_core_amx;
    return (instructions & needed) == needed;
  }

  @Override
  public ConvolutionKernel convolution(ConvolutionShape shape, Precision training) {
    require(training);
    return new Convolution(shape, training);
  }

  @Override
  public BatchNormKernel batchNorm(MapShape shape, double eps, boolean rectified) {
    return new BatchNorm(shape, eps, rectified);
  }

  @Override
  public FunctionKernel function(MapShape shape, IActivation function) {
    return Eltwise.of(function)
        .<FunctionKernel>map(eltwise -> new Function(shape, eltwise))
        .orElseGet(() -> others.function(shape, function));
  }

  @Override
  public PoolingKernel maxPooling(MapShape input, Window window) {
    return new Pooling(input, window, algorithm.pooling_max);
  }

  @Override
  public PoolingKernel averagePooling(MapShape input, Window window) {
    return new Pooling(input, window, algorithm.pooling_avg_exclude_padding);
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
    return new PositionMeanMax(shape);
  }

  @Override
  public MeanMaxKernel meanMaxOverChannels(MapShape shape) {
    return new ChannelMeanMax(shape);
  }

  @Override
  public LayerNormKernel layerNorm(MapShape shape, double eps) {
    return new LayerNorm(shape, eps);
  }

  @Override
  public AttentionKernel attention(MapShape shape, int heads) {
    return others.attention(shape, heads);
  }

  @Override
  public AdditionKernel addition(MapShape shape, IActivation function) {
    return new Addition(
        shape,
        Eltwise.of(function).orElse(null),
        KnownFunctions.isIdentity(function) ? null : function(shape, function));
  }

  @Override
  public void toChannelsLast(INDArray channelsFirst, INDArray channelsLast) {
    MapShape shape = MapShape.of(channelsLast);
    Reorder reorder = Session.current().layout(new Session.Layout(shape, true));
    reorder.from().at(channelsFirst);
    reorder.to().at(channelsLast);
    reorder.run();
  }

  @Override
  public void toChannelsFirst(INDArray channelsLast, INDArray channelsFirst) {
    MapShape shape = MapShape.of(channelsLast);
    Reorder reorder = Session.current().layout(new Session.Layout(shape, false));
    reorder.from().at(channelsLast);
    reorder.to().at(channelsFirst);
    reorder.run();
  }
}
