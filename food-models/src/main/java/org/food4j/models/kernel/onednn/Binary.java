package org.food4j.models.kernel.onednn;

import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A sum or product of two arrays, with an element-wise function after it. */
final class Binary {
  private final Call call;
  private final Slot first;
  private final Slot second;
  private final Slot result;

  /**
   * @param second may have size 1 where {@code first} has more
   * @param function null for none
   */
  Binary(algorithm algorithm, memory.desc first, memory.desc second, Eltwise function) {
    primitive_attr attributes = Call.attributes();
    if (function != null) {
      post_ops after = new post_ops();
      after.append_eltwise(1, function.kind(), function.alpha(), function.beta());
      attributes.set_post_ops(after);
    }
    binary.primitive_desc description =
        new binary.primitive_desc(
            new binary.desc(algorithm, first, second, first), attributes, Session.ENGINE);
    call = new Call(new binary(description), description);
    this.first = call.slot(dnnl.DNNL_ARG_SRC_0, first);
    this.second = call.slot(dnnl.DNNL_ARG_SRC_1, second);
    result = call.slot(dnnl.DNNL_ARG_DST, first);
  }

  Slot first() {
    return first;
  }

  Slot second() {
    return second;
  }

  Slot result() {
    return result;
  }

  void run() {
    call.run();
  }

  void run(INDArray a, INDArray b, INDArray y) {
    first.at(a);
    second.at(b);
    result.at(y);
    run();
  }
}
