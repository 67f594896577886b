package org.food4j.models.kernel.onednn;

import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.food4j.models.kernel.FunctionKernel;
import org.food4j.models.kernel.MapShape;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A function that oneDNN has. */
final class Function implements FunctionKernel {
  private final Eltwise function;
  private final memory.desc maps;
  private final eltwise_forward.primitive_desc description;
  private final Call forward;
  private final Slot x;
  private final Slot y;
  private Backward backward;

  Function(MapShape shape, Eltwise function) {
    this.function = function;
    maps = Layouts.maps(shape);
    description =
        new eltwise_forward.primitive_desc(
            new eltwise_forward.desc(
                prop_kind.forward_training,
                function.kind(),
                maps,
                function.alpha(),
                function.beta()),
            Call.attributes(),
            Session.ENGINE);
    forward = new Call(new eltwise_forward(description), description);
    x = forward.slot(dnnl.DNNL_ARG_SRC, maps);
    y = forward.slot(dnnl.DNNL_ARG_DST, maps);
  }

  @Override
  public void forward(INDArray from, INDArray to) {
    x.at(from);
    y.at(to);
    forward.run();
  }

  @Override
  public void backward(INDArray input, INDArray dy, INDArray dx) {
    if (backward == null) {
      backward = new Backward();
    }
    backward.run(input, dy, dx);
  }

  private final class Backward {
    private final Call call;
    private final Slot input;
    private final Slot dy;
    private final Slot dx;

    Backward() {
      eltwise_backward.primitive_desc backwardDescription =
          new eltwise_backward.primitive_desc(
              new eltwise_backward.desc(
                  function.kind(), maps, maps, function.alpha(), function.beta()),
              Call.attributes(),
              Session.ENGINE,
              description);
      call = new Call(new eltwise_backward(backwardDescription), backwardDescription);
      input = call.slot(dnnl.DNNL_ARG_SRC, maps);
      dy = call.slot(dnnl.DNNL_ARG_DIFF_DST, maps);
      dx = call.slot(dnnl.DNNL_ARG_DIFF_SRC, maps);
    }

    void run(INDArray x, INDArray from, INDArray to) {
      input.at(x);
      dy.at(from);
      dx.at(to);
      call.run();
    }
  }
}
