package org.food4j.models.kernel.nd4j;

import org.food4j.models.kernel.ConvolutionKernel;
import org.food4j.models.kernel.ConvolutionShape;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Several convolutions side by side: ND4J's operation knows no groups. */
final class GroupedConvolution implements ConvolutionKernel {
  private final int groups;
  private final Convolution group;

  GroupedConvolution(ConvolutionShape shape) {
    this.groups = shape.groups();
    this.group =
        new Convolution(
            new ConvolutionShape(
                shape.input().withChannels(shape.input().channels() / groups),
                shape.filters() / groups,
                1,
                shape.window()));
  }

  @Override
  public void forward(INDArray x, INDArray weights, INDArray bias, INDArray y) {
    for (int g = 0; g < groups; g++) {
      INDArray part = channels(y, g).ulike();
      group.forward(channels(x, g).dup('c'), filters(weights, g), filters(bias, g), part);
      channels(y, g).assign(part);
    }
  }

  @Override
  public void infer(
      INDArray x,
      INDArray weights,
      INDArray scale,
      INDArray shift,
      IActivation function,
      INDArray y) {
    for (int g = 0; g < groups; g++) {
      INDArray part = channels(y, g).ulike();
      group.infer(
          channels(x, g).dup('c'),
          filters(weights, g),
          filters(scale, g),
          filters(shift, g),
          function,
          part);
      channels(y, g).assign(part);
    }
  }

  @Override
  public void backward(
      INDArray x, INDArray weights, INDArray dy, INDArray dx, INDArray dWeights, INDArray dBias) {
    for (int g = 0; g < groups; g++) {
      INDArray part = dx == null ? null : channels(dx, g).ulike();
      group.backward(
          channels(x, g).dup('c'),
          filters(weights, g),
          channels(dy, g).dup('c'),
          part,
          filters(dWeights, g),
          filters(dBias, g));
      if (part != null) {
        channels(dx, g).assign(part);
      }
    }
  }

  /** A view of a group's channels. */
  private INDArray channels(INDArray maps, int g) {
    long count = maps.size(3) / groups;
    return maps.get(
        NDArrayIndex.all(),
        NDArrayIndex.all(),
        NDArrayIndex.all(),
        NDArrayIndex.interval(g * count, (g + 1) * count));
  }

  /** A view of a group's part of kernels or of a vector, if there is one. */
  private INDArray filters(INDArray parameters, int g) {
    if (parameters == null) {
      return null;
    }
    long count = parameters.size(0) / groups;
    return parameters.get(NDArrayIndex.interval(g * count, (g + 1) * count));
  }
}
