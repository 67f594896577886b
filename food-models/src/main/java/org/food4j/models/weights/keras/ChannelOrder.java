package org.food4j.models.weights.keras;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The order in which a layer's inputs are counted, changed. Nothing given is modified. */
final class ChannelOrder {
  private ChannelOrder() {}

  /**
   * A convolution for the opposite order of input channels.
   *
   * @param kernel {@code [out, in, height, width]}
   */
  static INDArray reversed(INDArray kernel) {
    INDArray turned = Nd4j.createUninitialized(kernel.dataType(), kernel.shape());
    long channels = kernel.size(1);
    for (long channel = 0; channel < channels; channel++) {
      var all = NDArrayIndex.all();
      turned
          .get(all, NDArrayIndex.point(channels - 1 - channel), all, all)
          .assign(kernel.get(all, NDArrayIndex.point(channel), all, all));
    }
    return turned;
  }

  /**
   * A linear layer for maps that were flattened as channels, height, width, from one for maps
   * flattened as height, width, channels.
   *
   * @param kernel {@code [out, height * width * channels]}
   */
  static INDArray channelsFirst(INDArray kernel, long channels) {
    long outputs = kernel.size(0);
    long inputs = kernel.size(1);
    if (inputs % channels != 0) {
      throw new IllegalArgumentException(
          "A dense layer of %d inputs does not read maps of %d channels"
              .formatted(inputs, channels));
    }
    return kernel
        .dup('c')
        .reshape('c', outputs, inputs / channels, channels)
        .permute(0, 2, 1)
        .dup('c')
        .reshape('c', outputs, inputs);
  }
}
