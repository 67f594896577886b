package org.food4j.models.kernel.onednn;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;
import org.food4j.models.kernel.MapShape;
import org.food4j.models.kernel.PoolingKernel;
import org.food4j.models.kernel.Window;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Maximum or mean over windows. The maximum keeps where it was found. */
final class Pooling implements PoolingKernel {
  private final algorithm kind;
  private final Window window;
  private final memory.desc input;
  private final memory.desc output;
  private Forward training;
  private Forward inference;
  private Backward backward;

  Pooling(MapShape shape, Window window, algorithm kind) {
    this.kind = kind;
    this.window = window;
    input = Layouts.maps(shape);
    output = Layouts.maps(window.output(shape, shape.channels()));
  }

  @Override
  public void forward(INDArray x, INDArray y) {
    if (training == null) {
      training = new Forward(prop_kind.forward_training);
    }
    training.run(x, y);
  }

  @Override
  public void infer(INDArray x, INDArray y) {
    inferInto(x, y, 0, 1);
  }

  /** Pools into one of the equal parts of an array. */
  void inferInto(INDArray x, INDArray y, long part, long parts) {
    if (inference == null) {
      inference = new Forward(prop_kind.forward_inference);
    }
    inference.x.at(x);
    inference.y.at(y, part, parts);
    inference.call.run();
  }

  @Override
  public void backward(INDArray x, INDArray dy, INDArray dx) {
    if (backward == null) {
      backward = new Backward();
    }
    backward.run(dy, dx);
  }

  private final class Forward {
    private final pooling_forward.primitive_desc description;
    private final Call call;
    private final Slot x;
    private final Slot y;
    private Slot found;

    Forward(prop_kind pass) {
      description =
          new pooling_forward.primitive_desc(
              new pooling_forward.desc(
                  pass,
                  kind,
                  input,
                  output,
                  Layouts.pair(window.stride()),
                  Layouts.pair(window.kernel()),
                  Layouts.pair(window.before()),
                  Layouts.pair(window.after())),
              Call.attributes(),
              Session.ENGINE);
      call = new Call(new pooling_forward(description), description);
      x = call.slot(dnnl.DNNL_ARG_SRC, input);
      y = call.slot(dnnl.DNNL_ARG_DST, output);
      if (pass == prop_kind.forward_training && kind == algorithm.pooling_max) {
        found = Slot.owning(description.workspace_desc());
        call.slot(dnnl.DNNL_ARG_WORKSPACE, found);
      }
    }

    void run(INDArray from, INDArray to) {
      x.at(from);
      y.at(to);
      call.run();
    }
  }

  private final class Backward {
    private final Call call;
    private final Slot dy;
    private final Slot dx;

    Backward() {
      pooling_backward.primitive_desc description =
          new pooling_backward.primitive_desc(
              new pooling_backward.desc(
                  kind,
                  input,
                  output,
                  Layouts.pair(window.stride()),
                  Layouts.pair(window.kernel()),
                  Layouts.pair(window.before()),
                  Layouts.pair(window.after())),
              Call.attributes(),
              Session.ENGINE,
              training.description);
      call = new Call(new pooling_backward(description), description);
      dy = call.slot(dnnl.DNNL_ARG_DIFF_DST, output);
      dx = call.slot(dnnl.DNNL_ARG_DIFF_SRC, input);
      if (training.found != null) {
        call.slot(dnnl.DNNL_ARG_WORKSPACE, training.found);
      }
    }

    void run(INDArray from, INDArray to) {
      dy.at(from);
      dx.at(to);
      call.run();
    }
  }
}
