package org.food4j.models.kernel.onednn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.scratchpad_mode;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc_base;

/**
 * A primitive with its arguments, made once and run in each step. Not thread-safe.
 *
 * <p>Its working memory is the thread's own, shared by all kernels: left to itself, oneDNN would
 * give each primitive its own for as long as it lives.
 */
final class Call {
  private final primitive primitive;
  private final IntMemoryMap arguments = new IntMemoryMap();
  private final List<Slot> slots = new ArrayList<>();
  private final Slot scratchpad;

  Call(primitive primitive, primitive_desc_base description) {
    this.primitive = primitive;
    memory.desc scratch = description.scratchpad_desc();
    if (scratch.get_size() > 0) {
      scratchpad = slot(dnnl.DNNL_ARG_SCRATCHPAD, scratch);
    } else {
      scratchpad = null;
    }
  }

  /** The attributes that every primitive here is made with. */
  static primitive_attr attributes() {
    primitive_attr attributes = new primitive_attr();
    attributes.set_scratchpad_mode(scratchpad_mode.user);
    return attributes;
  }

  /** Adds an argument of the given layout. */
  Slot slot(int argument, memory.desc description) {
    return slot(argument, new Slot(description));
  }

  /** Adds an argument that another call has too. */
  Slot slot(int argument, Slot slot) {
    arguments.put(argument, slot.memory());
    slots.add(slot);
    return slot;
  }

  /** Computes; returns when the result is there. */
  void run() {
    Session session = Session.current();
    if (scratchpad != null) {
      scratchpad.at(session.scratchpad.atLeast(scratchpad.size()));
    }
    try {
      primitive.execute(session.stream, arguments);
      session.stream._wait();
    } finally {
      slots.forEach(Slot::release);
    }
  }
}
