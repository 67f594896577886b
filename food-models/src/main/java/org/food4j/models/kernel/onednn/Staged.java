package org.food4j.models.kernel.onednn;

import java.util.function.Function;
import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An argument of a call that prefers a layout of its own: copied there before the call, or back
 * after it, through memory that all kernels of a thread share. Where the layouts are the same, the
 * call reads and writes the array itself.
 */
final class Staged {
  private final Slot argument;
  private final Reorder reorder;
  private final Function<Session, Area> area;

  private Staged(Slot argument, Reorder reorder, Function<Session, Area> area) {
    this.argument = argument;
    this.reorder = reorder;
    this.area = area;
  }

  /**
   * What a call reads.
   *
   * @param given the array's layout
   * @param preferred the call's
   */
  static Staged input(
      Call call,
      int argument,
      memory.desc given,
      memory.desc preferred,
      Function<Session, Area> area) {
    Reorder reorder = preferred.equals(given) ? null : new Reorder(given, preferred);
    return new Staged(call.slot(argument, preferred), reorder, area);
  }

  /** What a call writes. */
  static Staged output(
      Call call,
      int argument,
      memory.desc given,
      memory.desc preferred,
      Function<Session, Area> area) {
    Reorder reorder = preferred.equals(given) ? null : new Reorder(preferred, given);
    return new Staged(call.slot(argument, preferred), reorder, area);
  }

  /** Before a call that reads. */
  void read(INDArray array) {
    if (reorder == null) {
      argument.at(array);
    } else {
      reorder.from().at(array);
      reorder.to().at(area.apply(Session.current()).atLeast(argument.size()));
      reorder.run();
      reuse();
    }
  }

  /** Before a call that reads what another one in the same layout has just read. */
  void readAgain(INDArray array) {
    if (reorder == null) {
      argument.at(array);
    } else {
      reuse();
    }
  }

  /** Before a call that writes. */
  void prepare(INDArray array) {
    readAgain(array);
  }

  /** After a call that wrote. */
  void write(INDArray array) {
    if (reorder != null) {
      reorder.from().at(area.apply(Session.current()).atLeast(argument.size()));
      reorder.to().at(array);
      reorder.run();
    }
  }

  private void reuse() {
    argument.at(area.apply(Session.current()).atLeast(argument.size()));
  }
}
