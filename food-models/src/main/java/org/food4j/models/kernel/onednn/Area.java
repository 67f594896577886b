package org.food4j.models.kernel.onednn;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** Native memory that grows to the largest request and is then reused. Not thread-safe. */
final class Area {
  /** A cache line, and the width of an AVX-512 register: what oneDNN's kernels are fastest on. */
  private static final long ALIGNMENT = 64;

  private BytePointer memory;
  private Pointer start;
  private long capacity;

  /** At least this many bytes, at the same place as long as they suffice. */
  Pointer atLeast(long bytes) {
    if (start == null || capacity < bytes) {
      if (memory != null) {
        BytePointer old = memory;
        memory = null; // if there is no memory for more, the next request starts anew
        start = null;
        old.deallocate();
      }
      memory = new BytePointer(bytes + ALIGNMENT);
      long gap = (ALIGNMENT - memory.address() % ALIGNMENT) % ALIGNMENT;
      start = new BytePointer(memory).position(gap);
      capacity = bytes;
    }
    return start;
  }
}
