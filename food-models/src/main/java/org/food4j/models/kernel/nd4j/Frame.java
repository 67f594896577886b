package org.food4j.models.kernel.nd4j;

import java.util.stream.IntStream;
import org.food4j.models.kernel.MapShape;
import org.food4j.models.kernel.Window;
import org.food4j.models.kernel.Window.Size;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The part of the plane that windows slide over: maps and their padding. ND4J's operations pad both
 * sides alike; where that places other windows, the maps are copied into a frame that needs no
 * padding.
 */
final class Frame {
  private final MapShape input;
  private final Window window;

  /** Whether the operation's own padding does, and maps are passed as they are. */
  private final boolean padsItself;

  /** What the operation is given. */
  private final MapShape framed;

  /** The frame of a window without dilation. */
  Frame(MapShape input, Window window) {
    this.input = input;
    this.window = window;
    MapShape output = window.output(input, input.channels());
    this.padsItself =
        samePlaces(
                input.height(),
                output.height(),
                window.kernel().height(),
                window.stride().height(),
                window.before().height())
            && samePlaces(
                input.width(),
                output.width(),
                window.kernel().width(),
                window.stride().width(),
                window.before().width());
    this.framed =
        padsItself
            ? input
            : new MapShape(
                input.batch(),
                (output.height() - 1) * window.stride().height() + window.kernel().height(),
                (output.width() - 1) * window.stride().width() + window.kernel().width(),
                input.channels());
  }

  /** Whether this padding on both sides gives as many places. */
  private static boolean samePlaces(long size, long places, int kernel, int stride, int padding) {
    long spare = size + 2L * padding - ((places - 1) * stride + kernel);
    return spare >= 0 && spare < stride;
  }

  MapShape shape() {
    return framed;
  }

  /**
   * The integers with which ND4J's operations on windows begin: kernel, stride, padding, dilation,
   * and 0 for padding as given.
   */
  int[] arguments(int... more) {
    Size padding = padsItself ? window.before() : Size.square(0);
    IntStream common =
        IntStream.of(
            window.kernel().height(),
            window.kernel().width(),
            window.stride().height(),
            window.stride().width(),
            padding.height(),
            padding.width(),
            1,
            1,
            0);
    return IntStream.concat(common, IntStream.of(more)).toArray();
  }

  /** Maps as the operation takes them, with this value as padding. */
  INDArray around(INDArray maps, double padding) {
    if (padsItself) {
      return maps;
    }
    INDArray frame = Nd4j.valueArrayOf(framed.dimensions(), padding, maps.dataType());
    frame.get(inFrame()).assign(maps.get(inMaps()));
    return frame;
  }

  /** An array for the gradient with respect to the frame, to be passed to {@link #crop}. */
  INDArray gradient(INDArray dMaps) {
    return padsItself ? dMaps : Nd4j.create(dMaps.dataType(), framed.dimensions());
  }

  /** Copies the maps' part of the frame's gradient; values that no window reaches get none. */
  void crop(INDArray dFrame, INDArray dMaps) {
    if (!padsItself) {
      dMaps.assign(0);
      dMaps.get(inMaps()).assign(dFrame.get(inFrame()));
    }
  }

  private INDArrayIndex[] inFrame() {
    return area(window.before().height(), window.before().width());
  }

  private INDArrayIndex[] inMaps() {
    return area(0, 0);
  }

  private INDArrayIndex[] area(int top, int left) {
    long height = Math.min(input.height(), framed.height() - window.before().height());
    long width = Math.min(input.width(), framed.width() - window.before().width());
    return new INDArrayIndex[] {
      NDArrayIndex.all(),
      NDArrayIndex.interval(top, top + height),
      NDArrayIndex.interval(left, left + width),
      NDArrayIndex.all()
    };
  }
}
