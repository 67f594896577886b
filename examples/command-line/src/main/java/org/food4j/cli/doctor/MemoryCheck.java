package org.food4j.cli.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.bytedeco.javacpp.Pointer;

/** Memory of the machine or container, and the limits of heap and tensors within it. */
final class MemoryCheck {
  private static final long GIB = 1L << 30;

  private MemoryCheck() {}

  static Finding look() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return judge(
        system.getTotalMemorySize(),
        Runtime.getRuntime().maxMemory(),
        Pointer.maxBytes(),
        Pointer.maxPhysicalBytes());
  }

  /**
   * @param total of the machine or container, in bytes, as the others
   * @param heap limit of Java's heap
   * @param tensors limit of memory outside the heap
   * @param process limit of the whole process, 0 for none
   */
  static Finding judge(long total, long heap, long tensors, long process) {
    String found =
        "%s; at most %s for the Java heap, %s for tensors, %s for the process"
            .formatted(gib(total), gib(heap), gib(tensors), process == 0 ? "all" : gib(process));
    if (total < 3 * GIB) {
      return Finding.fail(
          "Memory",
          found,
          "Training needs 4 GiB at the least; give the machine or container more.");
    }
    if (heap + tensors > total) {
      return Finding.warn(
          "Memory",
          found + ": together more than there is",
          "Lower FOOD_HEAP or FOOD_NATIVE, or the system may end the process.");
    }
    if (total < 7 * GIB) {
      return Finding.warn(
          "Memory",
          found,
          "Keep batch_size and input_size small (--set), or give the machine 8 GiB.");
    }
    return Finding.ok("Memory", found);
  }

  static String gib(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) GIB);
  }
}
