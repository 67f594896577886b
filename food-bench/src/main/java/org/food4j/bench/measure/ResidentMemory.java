package org.food4j.bench.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** This process's resident memory, heap and natives, as Linux tells it; absent elsewhere. */
final class ResidentMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path CLEAR = Path.of("/proc/self/clear_refs");

  private ResidentMemory() {}

  /** Bytes at this moment. */
  static OptionalLong now() {
    return value("VmRSS");
  }

  /** The most bytes since the process began, or since {@link #forgetPeak}. */
  static OptionalLong peak() {
    return value("VmHWM");
  }

  /** Lets the peak begin anew; without effect where the system does not allow it. */
  static void forgetPeak() {
    try {
      Files.writeString(CLEAR, "5"); // proc(5): resets the peak resident set size
    } catch (IOException e) {
      // Of a young process the peak is near its present size all the same.
      return;
    }
  }

  private static OptionalLong value(String key) {
    try {
      return parsed(Files.readString(STATUS, StandardCharsets.ISO_8859_1), key);
    } catch (IOException e) {
      return OptionalLong.empty(); // not Linux
    }
  }

  /** The value of a line such as {@code "VmRSS: 1234 kB"}, in bytes. */
  static OptionalLong parsed(String status, String key) {
    Matcher line = Pattern.compile("(?m)^" + key + ":\\s*(\\d+) kB$").matcher(status);
    return line.find()
        ? OptionalLong.of(Long.parseLong(line.group(1)) * 1024)
        : OptionalLong.empty();
  }
}
