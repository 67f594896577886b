package org.food4j.data.photo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the process occupies of the machine's memory, heap and native together; on Linux alone. */
final class ResidentMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path CLEAR = Path.of("/proc/self/clear_refs");

  private ResidentMemory() {}

  static boolean known() {
    return Files.isReadable(STATUS) && Files.isWritable(CLEAR);
  }

  /** Now, in bytes. */
  static long now() throws IOException {
    return value("VmRSS:");
  }

  /** The most since the last {@link #resetPeak()}, in bytes. */
  static long peak() throws IOException {
    return value("VmHWM:");
  }

  /** Starts to look for a new peak (proc(5), clear_refs). */
  static void resetPeak() throws IOException {
    Files.writeString(CLEAR, "5");
  }

  private static long value(String name) throws IOException {
    for (String line : Files.readAllLines(STATUS)) {
      if (line.startsWith(name)) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
      }
    }
    throw new IOException("no " + name + " in " + STATUS);
  }
}
