package org.food4j.models.onnx.export;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional3D;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutionalFlat;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeFeedForward;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeRecurrent;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.food4j.models.onnx.OnnxGraphBuilder;

/**
 * An {@link InputType} as numbers, in either layout: vectors, sequences, images and volumes are
 * alike but for the number of spatial axes. In the file a tensor is {@code [batch, channels,
 * spatial...]} whatever the layout in memory.
 *
 * @param channels features of a vector or a step, channels of maps
 * @param sizes of the spatial axes, outermost first: none, {length}, {height, width} or {depth,
 *     height, width}; below 1 where DL4J does not know it
 * @param channelsLast whether DL4J keeps the channels in the last axis
 */
@SuppressWarnings("ArrayRecordComponent") // handed over within this package only
record TensorShape(long channels, long[] sizes, boolean channelsLast) {

  static TensorShape of(InputType type) {
    if (type instanceof InputTypeFeedForward vector) {
      return new TensorShape(vector.getSize(), new long[0], false);
    }
    if (type instanceof InputTypeConvolutionalFlat vector) {
      return new TensorShape(vector.getFlattenedSize(), new long[0], false);
    }
    if (type instanceof InputTypeRecurrent steps) {
      long[] length = {steps.getTimeSeriesLength()};
      return new TensorShape(steps.getSize(), length, steps.getFormat() == RNNFormat.NWC);
    }
    if (type instanceof InputTypeConvolutional maps) {
      long[] sizes = {maps.getHeight(), maps.getWidth()};
      return new TensorShape(maps.getChannels(), sizes, maps.getFormat() == CNN2DFormat.NHWC);
    }
    InputTypeConvolutional3D volume = (InputTypeConvolutional3D) type; // there is no sixth kind
    long[] sizes = {volume.getDepth(), volume.getHeight(), volume.getWidth()};
    boolean last = volume.getDataFormat() == Convolution3D.DataFormat.NDHWC;
    return new TensorShape(volume.getChannels(), sizes, last);
  }

  /** Axes, the batch included. */
  int rank() {
    return sizes.length + 2;
  }

  boolean isVector() {
    return sizes.length == 0;
  }

  /** Whether every size is known. */
  boolean isKnown() {
    return channels > 0 && Arrays.stream(sizes).allMatch(size -> size > 0);
  }

  /** Whether the two layouts hold the same numbers in the same order. */
  boolean isSameInBothLayouts() {
    return !channelsLast || Arrays.stream(sizes).allMatch(size -> size == 1);
  }

  /** Elements of one example. */
  long elements() {
    return channels * Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
  }

  TensorShape withChannels(long count) {
    return new TensorShape(count, sizes, channelsLast);
  }

  TensorShape withSizes(long... spatial) {
    return new TensorShape(channels, spatial, channelsLast);
  }

  /** Where an axis of DL4J's array is in the file; negative ones count from the end. */
  int axis(int axis) {
    int counted = axis < 0 ? axis + rank() : axis;
    if (!channelsLast || counted == 0) {
      return counted;
    }
    return counted == rank() - 1 ? 1 : counted + 1;
  }

  /** Spatial axes in the file. */
  int[] spatialAxes() {
    return IntStream.range(2, rank()).toArray();
  }

  /** {@code [batch, channels, spatial...]}, with {@link OnnxGraphBuilder#BATCH}. */
  long[] inFile() {
    return LongStream.concat(LongStream.of(OnnxGraphBuilder.BATCH, channels), Arrays.stream(sizes))
        .toArray();
  }

  /** As {@link #inFile}, in DL4J's order. */
  long[] inMemory() {
    long[] file = inFile();
    return channelsLast ? Arrays.stream(toMemory()).mapToLong(axis -> file[axis]).toArray() : file;
  }

  /** The transposition of a tensor of the file into DL4J's order. */
  int[] toMemory() {
    return IntStream.concat(
            IntStream.of(0), IntStream.concat(IntStream.range(2, rank()), IntStream.of(1)))
        .toArray();
  }

  /** The transposition of a tensor in DL4J's order into the file's. */
  int[] toFile() {
    return IntStream.concat(IntStream.of(0, rank() - 1), IntStream.range(1, rank() - 1)).toArray();
  }

  /** As DL4J says it. */
  InputType toInputType() {
    return switch (sizes.length) {
      case 0 -> InputType.feedForward(channels);
      case 1 ->
          InputType.recurrent(channels, sizes[0], channelsLast ? RNNFormat.NWC : RNNFormat.NCW);
      case 2 ->
          InputType.convolutional(
              sizes[0], sizes[1], channels, channelsLast ? CNN2DFormat.NHWC : CNN2DFormat.NCHW);
      default ->
          InputType.convolutional3D(
              channelsLast ? Convolution3D.DataFormat.NDHWC : Convolution3D.DataFormat.NCDHW,
              sizes[0],
              sizes[1],
              sizes[2],
              channels);
    };
  }
}
