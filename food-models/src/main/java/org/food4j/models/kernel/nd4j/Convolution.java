package org.food4j.models.kernel.nd4j;

import org.food4j.models.kernel.ConvolutionKernel;
import org.food4j.models.kernel.ConvolutionShape;
import org.food4j.models.kernel.Window;
import org.food4j.models.kernel.Window.Size;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A convolution of one group, or a depthwise one.
 *
 * <p>Dilated kernels are given to ND4J as larger ones with zeros in between: 1.0.0-M2.1 forgets the
 * dilation when it tells oneDNN the padding, so that float convolutions with dilation are refused.
 */
final class Convolution implements ConvolutionKernel {
  private static final int CHANNELS_LAST = 1;

  /** Kernels {@code [filters, channels, height, width]}, as here. */
  private static final int FILTERS_FIRST = 1;

  /** Depthwise kernels {@code [height, width, channels, multiplier]}: oneDNN takes no other. */
  private static final int FILTERS_LAST = 0;

  private final ConvolutionShape shape;
  private final Size dilation;

  /** Without dilation: the kernel is as large as its reach. */
  private final Size kernel;

  private final Frame frame;
  private final String operation;

  Convolution(ConvolutionShape shape) {
    Window window = shape.window();
    this.shape = shape;
    this.dilation = window.dilation();
    this.kernel =
        new Size(
            Window.reach(window.kernel().height(), dilation.height()),
            Window.reach(window.kernel().width(), dilation.width()));
    this.frame =
        new Frame(
            shape.input(),
            new Window(kernel, window.stride(), Size.square(1), window.before(), window.after()));
    this.operation = shape.depthwise() ? "depthwise_conv2d" : "conv2d";
  }

  @Override
  public void forward(INDArray x, INDArray weights, INDArray bias, INDArray y) {
    INDArray framed = frame.around(x, 0);
    INDArray arranged = arranged(weights);
    INDArray[] inputs =
        bias == null ? new INDArray[] {framed, arranged} : new INDArray[] {framed, arranged, bias};
    Nd4j.exec(call(operation, inputs, y));
  }

  @Override
  public void infer(
      INDArray x,
      INDArray weights,
      INDArray scale,
      INDArray shift,
      IActivation function,
      INDArray y) {
    INDArray scaled =
        scale == null ? weights : weights.mul(scale.reshape('c', shape.filters(), 1, 1, 1));
    forward(x, scaled, shift, y);
    new Function(function).forward(y, y);
  }

  @Override
  public void backward(
      INDArray x, INDArray weights, INDArray dy, INDArray dx, INDArray dWeights, INDArray dBias) {
    INDArray framed = frame.around(x, 0);
    INDArray arranged = arranged(weights);
    INDArray dArranged = arranged.ulike();
    INDArray dFrame = dx == null ? framed.ulike() : frame.gradient(dx);
    Nd4j.exec(call(operation + "_bp", new INDArray[] {framed, arranged, dy}, dFrame, dArranged));
    byFilter(dWeights).assign(values(dArranged));
    if (dx != null) {
      frame.crop(dFrame, dx);
    }
    if (dBias != null) {
      dBias.assign(ChannelSums.of(dy));
    }
  }

  private CustomOp call(String name, INDArray[] inputs, INDArray... outputs) {
    int format = shape.depthwise() ? FILTERS_LAST : FILTERS_FIRST;
    return DynamicCustomOp.builder(name)
        .addInputs(inputs)
        .addOutputs(outputs)
        .addIntegerArguments(frame.arguments(CHANNELS_LAST, format))
        .build();
  }

  /** Kernels as the operation takes them. */
  private INDArray arranged(INDArray weights) {
    if (!shape.depthwise() && dilation.equals(Size.square(1))) {
      return weights;
    }
    INDArray arranged = empty(weights);
    values(arranged).assign(byFilter(weights));
    return arranged;
  }

  /** Zeros in the shape that the operation takes. */
  private INDArray empty(INDArray weights) {
    long height = kernel.height();
    long width = kernel.width();
    long[] filters = {byFilter(weights).size(0), byFilter(weights).size(1)};
    return shape.depthwise()
        ? Nd4j.create(weights.dataType(), height, width, filters[0], filters[1])
        : Nd4j.create(weights.dataType(), filters[0], filters[1], height, width);
  }

  /**
   * A view of arranged kernels in the order of {@link #byFilter}, without the zeros that dilate
   * them.
   */
  private INDArray values(INDArray arranged) {
    INDArray byFilter = shape.depthwise() ? arranged.permute(2, 3, 0, 1) : arranged;
    return byFilter.get(
        NDArrayIndex.all(),
        NDArrayIndex.all(),
        NDArrayIndex.interval(0, dilation.height(), kernel.height()),
        NDArrayIndex.interval(0, dilation.width(), kernel.width()));
  }

  /**
   * A view of depthwise kernels {@code [channels * multiplier, 1, height, width]} as {@code
   * [channels, multiplier, height, width]}; other kernels themselves.
   */
  private INDArray byFilter(INDArray weights) {
    long channels = shape.input().channels();
    return shape.depthwise()
        ? weights.reshape(
            'c', true, channels, shape.filters() / channels, weights.size(2), weights.size(3))
        : weights;
  }
}
