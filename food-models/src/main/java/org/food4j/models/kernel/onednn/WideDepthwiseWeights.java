package org.food4j.models.kernel.onednn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.food4j.models.kernel.ConvolutionShape;
import org.food4j.models.kernel.MapShape;
import org.food4j.models.kernel.Window;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The weights' gradient of a depthwise convolution whose kernel is wider than three.
 *
 * <p>oneDNN has a depthwise kernel for three columns; wider ones it computes as dense convolutions
 * of sixteen channels, of which it then throws fifteen sixteenths away. Here each column beyond the
 * middle three is an outer column of a three column kernel on maps that are shifted sideways: a
 * fifth of the time for five columns.
 */
final class WideDepthwiseWeights {
  private static final int COLUMNS = 3;

  /** How oneDNN calls its depthwise kernels. */
  private static final String DEPTHWISE = "jit_dw";

  private final Call call;
  private final Slot x;
  private final Slot dy;
  private final Slot dw;
  private final List<Shift> shifts = new ArrayList<>();
  private final Reorder middle;

  WideDepthwiseWeights(ConvolutionShape shape) {
    int margin = margin(shape);
    Plan plan = narrow(shape);
    convolution_backward_weights.primitive_desc description = plan.backwardWeights(false);
    call = new Call(new convolution_backward_weights(description), description);
    memory.desc result = description.diff_weights_desc();
    x = call.slot(dnnl.DNNL_ARG_SRC, plan.input());
    dy = call.slot(dnnl.DNNL_ARG_DIFF_DST, plan.output());
    dw = call.slot(dnnl.DNNL_ARG_DIFF_WEIGHTS, result);
    memory.desc whole = Layouts.plainWeights(shape);
    middle = new Reorder(result, columns(whole, shape, margin, COLUMNS));
    for (int distance = 1; distance <= margin; distance++) {
      Reorder left = column(result, 0, whole, margin - distance, shape);
      shifts.add(new Shift(shape.input(), -distance, left));
      Reorder right = column(result, COLUMNS - 1, whole, margin + distance + 2, shape);
      shifts.add(new Shift(shape.input(), distance, right));
    }
  }

  /** Columns on either side of the middle three. */
  private static int margin(ConvolutionShape shape) {
    return (shape.window().kernel().width() - COLUMNS) / 2;
  }

  /** The convolution with the middle three columns alone. */
  private static Plan narrow(ConvolutionShape shape) {
    Window wide = shape.window();
    int margin = margin(shape);
    Window narrow =
        new Window(
            new Window.Size(wide.kernel().height(), COLUMNS),
            wide.stride(),
            wide.dilation(),
            new Window.Size(wide.before().height(), wide.before().width() - margin),
            new Window.Size(wide.after().height(), wide.after().width() - margin));
    return Plan.direct(
        new ConvolutionShape(shape.input(), shape.filters(), shape.groups(), narrow));
  }

  /**
   * Whether this is the way to compute a shape's gradient: not where the processor lacks the
   * depthwise kernel, nor on maps that are too small for it.
   */
  static boolean serves(ConvolutionShape shape) {
    return isWide(shape)
        && narrow(shape).backwardWeights(false).impl_info_str().getString().startsWith(DEPTHWISE);
  }

  private static boolean isWide(ConvolutionShape shape) {
    Window window = shape.window();
    int width = window.kernel().width();
    return shape.depthwise()
        && shape.filters() == shape.groups()
        && shape.groups() % Layouts.BLOCK == 0 // columns of padded weights cannot be described
        && width > COLUMNS
        && width % 2 == 1
        && window.dilation().equals(Window.Size.square(1))
        && window.before().width() == width / 2
        && window.after().width() == width / 2
        && shape.input().width() > width / 2;
  }

  void run(INDArray input, INDArray gradient, INDArray toWeights) {
    Session session = Session.current();
    dy.at(gradient);
    dw.at(session.weights().atLeast(dw.size()));
    x.at(input);
    call.run();
    write(middle, toWeights);
    for (Shift shift : shifts) {
      shift.run(input);
      call.run();
      write(shift.column, toWeights);
    }
  }

  private void write(Reorder columns, INDArray toWeights) {
    columns.from().at(Session.current().weights().atLeast(dw.size()));
    columns.to().within(toWeights);
    columns.run();
  }

  private static Reorder column(
      memory.desc result, int from, memory.desc whole, int to, ConvolutionShape shape) {
    return new Reorder(columns(result, shape, from, 1), columns(whole, shape, to, 1));
  }

  /** A view of some columns of all kernels {@code [channels, 1, 1, height, width]}. */
  private static memory.desc columns(
      memory.desc weights, ConvolutionShape shape, int first, int count) {
    long height = shape.window().kernel().height();
    return weights.submemory_desc(
        new long[] {shape.groups(), 1, 1, height, count}, new long[] {0, 0, 0, 0, first});
  }

  /** Copies maps sideways, with zeros where nothing comes from. */
  private final class Shift {
    private final Reorder copy;
    private final Reorder clear;
    private final Reorder column;

    Shift(MapShape shape, int distance, Reorder column) {
      this.column = column;
      long gap = Math.abs(distance);
      long rest = shape.width() - gap;
      memory.desc maps = Layouts.maps(shape);
      MapShape strip = new MapShape(shape.batch(), shape.height(), gap, shape.channels());
      copy =
          new Reorder(
              part(maps, shape, Math.max(distance, 0), rest),
              part(maps, shape, Math.max(-distance, 0), rest));
      clear =
          new Reorder(
              Slot.zeros(Layouts.maps(strip)),
              Layouts.maps(strip),
              part(maps, shape, distance > 0 ? rest : 0, gap));
    }

    void run(INDArray input) {
      var target = Session.current().inputs().atLeast(x.size());
      copy.from().within(input);
      copy.to().at(target);
      copy.run();
      clear.to().at(target);
      clear.run();
      x.at(target);
    }
  }

  /** A view of some columns of maps. */
  private static memory.desc part(memory.desc maps, MapShape shape, long first, long count) {
    return maps.submemory_desc(
        new long[] {shape.batch(), shape.channels(), shape.height(), count},
        new long[] {0, 0, 0, first});
  }
}
