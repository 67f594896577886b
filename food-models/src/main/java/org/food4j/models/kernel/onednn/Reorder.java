package org.food4j.models.kernel.onednn;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;

/** A copy between two layouts. */
final class Reorder {
  private final Slot from;
  private final Slot to;
  private final Call call;

  Reorder(memory.desc source, memory.desc target) {
    this(new Slot(source), source, target);
  }

  /** From a place that stays the same. */
  Reorder(Slot from, memory.desc source, memory.desc target) {
    reorder.primitive_desc description =
        new reorder.primitive_desc(
            Session.ENGINE, source, Session.ENGINE, target, Call.attributes(), false);
    call = new Call(new reorder(description), description);
    this.from = call.slot(dnnl.DNNL_ARG_FROM, from);
    to = call.slot(dnnl.DNNL_ARG_TO, target);
  }

  Slot from() {
    return from;
  }

  Slot to() {
    return to;
  }

  void run() {
    call.run();
  }
}
