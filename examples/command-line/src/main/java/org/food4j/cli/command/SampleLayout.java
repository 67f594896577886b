package org.food4j.cli.command;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TypeProto;
import java.util.Optional;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.models.inference.PixelLevels;
import org.food4j.models.onnx.quantize.SampleBatch;

/**
 * How a model's input wants the numbers of photos.
 *
 * @param pixels whether they are levels, 0 to 255, rather than normalised
 * @param channelsLast whether they are {@code [batch, size, size, 3]}, not {@code [batch, 3, size,
 *     size]}
 */
record SampleLayout(boolean pixels, boolean channelsLast) {
  private static final int CHANNELS = 3;

  /**
   * The layout that an input's type tells; none if photos do not go into it as float32 or uint8.
   */
  static Optional<SampleLayout> of(TypeProto.Tensor type) {
    boolean pixels = type.getElemType() == DataType.UINT8.getNumber();
    if (!(pixels || type.getElemType() == DataType.FLOAT.getNumber())
        || type.getShape().getDimCount() != 4) {
      return Optional.empty();
    }
    boolean first = type.getShape().getDim(1).getDimValue() == CHANNELS;
    boolean last = !first && type.getShape().getDim(3).getDimValue() == CHANNELS;
    return first || last ? Optional.of(new SampleLayout(pixels, last)) : Optional.empty();
  }

  /**
   * A batch for the input.
   *
   * @param photos normalised, {@code [count, 3, side, side]}
   * @param preprocessing that normalised them
   */
  SampleBatch batch(String input, float[] photos, int count, Preprocessing preprocessing) {
    int side = preprocessing.inputSize();
    if (!pixels && !channelsLast) {
      return SampleBatch.of(input, photos, count, CHANNELS, side, side);
    }
    PixelLevels levels = new PixelLevels(preprocessing);
    int area = side * side;
    float[] arranged = new float[photos.length];
    for (int i = 0; i < photos.length; i++) {
      int photo = i / (CHANNELS * area);
      int channel = i / area % CHANNELS;
      int to = channelsLast ? (photo * area + i % area) * CHANNELS + channel : i;
      arranged[to] = pixels ? Byte.toUnsignedInt(levels.of(photos[i], channel)) : photos[i];
    }
    return channelsLast
        ? SampleBatch.of(input, arranged, count, side, side, CHANNELS)
        : SampleBatch.of(input, arranged, count, CHANNELS, side, side);
  }
}
