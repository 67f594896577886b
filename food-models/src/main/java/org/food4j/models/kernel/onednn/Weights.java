package org.food4j.models.kernel.onednn;

import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A convolution's weights, or their gradient, as an argument of a call that prefers a layout of its
 * own: copied there before the call, or back after it, through memory that all kernels share.
 */
final class Weights {
  private final Slot argument;
  private final Reorder reorder;

  private Weights(Slot argument, Reorder reorder) {
    this.argument = argument;
    this.reorder = reorder;
  }

  /** Weights that a call reads. */
  static Weights input(Call call, int argument, memory.desc plain, memory.desc preferred) {
    return new Weights(
        call.slot(argument, preferred),
        preferred.equals(plain) ? null : new Reorder(plain, preferred));
  }

  /** Weights that a call writes. */
  static Weights output(Call call, int argument, memory.desc plain, memory.desc preferred) {
    return new Weights(
        call.slot(argument, preferred),
        preferred.equals(plain) ? null : new Reorder(preferred, plain));
  }

  /** To be called before the call that reads. */
  void read(INDArray weights) {
    if (reorder == null) {
      argument.at(weights);
      return;
    }
    place();
    reorder.from().at(weights);
    reorder.to().at(Session.current().weights.atLeast(argument.size()));
    reorder.run();
  }

  /** To be called before the call that writes. */
  void prepare(INDArray weights) {
    if (reorder == null) {
      argument.at(weights);
    } else {
      place();
    }
  }

  /** To be called after the call that wrote. */
  void write(INDArray weights) {
    if (reorder != null) {
      reorder.from().at(Session.current().weights.atLeast(argument.size()));
      reorder.to().at(weights);
      reorder.run();
    }
  }

  private void place() {
    argument.at(Session.current().weights.atLeast(argument.size()));
  }
}
