package org.food4j.models.kernel.onednn;

import java.util.Arrays;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Pointer;
import org.food4j.models.kernel.RowMajor;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An argument of a primitive: a described place in memory that can be moved between calls. */
final class Slot {
  private final memory memory;
  private final long bytes;
  private long address;

  /** Kept until the call is over: its memory would be freed with it. */
  private INDArray array;

  /** A place without memory yet. */
  Slot(memory.desc description) {
    memory = new memory(description, Session.ENGINE, new Pointer());
    bytes = description.get_size();
  }

  private Slot(memory owner, long bytes) {
    memory = owner;
    this.bytes = bytes;
  }

  /** A place with memory of its own, for as long as it lives. */
  static Slot owning(memory.desc description) {
    return new Slot(new memory(description, Session.ENGINE), description.get_size());
  }

  /** A place with memory of its own that holds zeros. */
  static Slot zeros(memory.desc description) {
    Slot slot = owning(description);
    Pointer.memset(slot.memory.get_data_handle(), 0, description.get_size());
    return slot;
  }

  memory memory() {
    return memory;
  }

  /** Bytes that the place takes. */
  long size() {
    return bytes;
  }

  /**
   * Moves to an array's values.
   *
   * @throws IllegalArgumentException if they are not as many float32 values as described, row-major
   *     without gaps: anything else would read or write foreign memory
   */
  Slot at(INDArray array) {
    return at(array, 0, 1);
  }

  /** Moves to a described part of an array, whose first value is the array's. */
  Slot within(INDArray array) {
    require(array, array.length());
    this.array = array;
    return at(array.data().addressPointer());
  }

  /** Moves to one of the equal parts of an array: a photo of a batch. */
  Slot at(INDArray array, long part, long parts) {
    require(array, bytes / Float.BYTES * parts);
    this.array = array;
    Pointer start = array.data().addressPointer();
    return part == 0 ? at(start) : at(new Place(start.address() + part * bytes));
  }

  /** Lets go of the array. */
  void release() {
    array = null;
  }

  /** Moves to memory that is large enough. */
  Slot at(Pointer place) {
    long moved = place.address() + place.position() * place.sizeof();
    if (moved != address) {
      memory.set_data_handle(place);
      address = moved;
    }
    return this;
  }

  private static void require(INDArray array, long values) {
    if (array.dataType() != DataType.FLOAT || array.length() != values || !RowMajor.is(array)) {
      throw new IllegalArgumentException(
          "A oneDNN kernel takes %d float32 values, row-major without gaps, not %s %s with strides %s"
              .formatted(
                  values,
                  array.dataType(),
                  Arrays.toString(array.shape()),
                  Arrays.toString(array.stride())));
    }
  }

  /** An address. */
  private static final class Place extends Pointer {
    Place(long address) {
      this.address = address;
    }
  }
}
