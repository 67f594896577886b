package org.food4j.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Processors and the vector instructions that the engines choose their kernels by. */
final class ProcessorCheck {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  /** The kernel's flags that matter, with the names that people use. */
  private static final Map<String, String> FEATURES = new LinkedHashMap<>();

  static {
    FEATURES.put("avx2", "AVX2");
    FEATURES.put("avx512f", "AVX-512");
    FEATURES.put("avx512_vnni", "VNNI");
    FEATURES.put("avx512_bf16", "AVX-512 bf16");
    FEATURES.put("amx_tile", "AMX");
    FEATURES.put("amx_bf16", "AMX bf16");
    FEATURES.put("amx_int8", "AMX int8");
  }

  private ProcessorCheck() {}

  static Finding look() throws IOException {
    int processors = Runtime.getRuntime().availableProcessors();
    List<String> lines = Files.isReadable(CPU_INFO) ? Files.readAllLines(CPU_INFO) : List.of();
    return judge(processors, System.getProperty("os.arch"), lines);
  }

  /**
   * @param cpuInfo the lines of {@code /proc/cpuinfo}, empty where the system has none
   */
  static Finding judge(int processors, String architecture, List<String> cpuInfo) {
    String count = processors + (processors == 1 ? " processor" : " processors");
    // some kernels list a flag twice, which Set.of refuses
    Set<String> flags = new HashSet<>(List.of(value(cpuInfo, "flags").split(" +")));
    if (!architecture.equals("amd64") || flags.size() < 2) {
      return Finding.ok("Processor", count + ", " + architecture);
    }
    List<String> features =
        FEATURES.entrySet().stream()
            .filter(feature -> flags.contains(feature.getKey()))
            .map(Map.Entry::getValue)
            .toList();
    String found = "%s, %s".formatted(count, value(cpuInfo, "model name"));
    if (!features.contains("AVX2")) {
      return Finding.fail(
          "Processor",
          found + ", without AVX2",
          "Build the engine without oneDNN: FOOD_MAVEN_ARGS=-Dnd4j.classifier=linux-x86_64,"
              + " after a mvn clean.");
    }
    return Finding.ok("Processor", found + ", " + String.join(", ", features));
  }

  private static String value(List<String> cpuInfo, String key) {
    return cpuInfo.stream()
        .filter(line -> line.startsWith(key) && line.contains(":"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("");
  }
}
