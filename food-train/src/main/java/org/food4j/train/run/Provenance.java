package org.food4j.train.run;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.data.manifest.Dataset;
import org.food4j.models.layer.NativeEngine;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Where a run comes from: the content of {@code provenance.json}.
 *
 * @param facts in order; keys are snake_case
 */
public record Provenance(Map<String, String> facts) {
  /** The key of the dataset directory's absolute path. */
  public static final String DATASET = "dataset";

  /** The key of the data set's fingerprint. */
  public static final String FINGERPRINT = "dataset_fingerprint";

  /** The key of the number of devices that share a batch. */
  public static final String DEVICES = "devices";

  /** The key of the Spark cluster's URL; absent where one process trains. */
  public static final String SPARK_MASTER = "spark_master";

  private static final String DL4J_PROPERTIES =
      "/META-INF/maven/org.deeplearning4j/deeplearning4j-nn/pom.properties";

  private static final String ND4J_PROPERTIES = "/META-INF/maven/org.nd4j/nd4j-api/pom.properties";

  /** Instruction sets that decide how oneDNN and BLAS compute, and in which order they sum. */
  private static final Set<String> FLAGS =
      Set.of(
          "sse4_2",
          "avx",
          "avx2",
          "fma",
          "f16c",
          "avx512f",
          "avx512bw",
          "avx512dq",
          "avx512vl",
          "avx512_vnni",
          "avx_vnni",
          "avx512_bf16",
          "avx512_fp16",
          "amx_tile",
          "amx_bf16",
          "amx_int8",
          "asimd",
          "sve",
          "bf16");

  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  /** Copies the facts, in their order. */
  public Provenance {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  /**
   * This machine, these versions, this data set.
   *
   * @param origin where the network comes from, and {@link #equipment}
   */
  public static Provenance of(Dataset dataset, long seed, Map<String, String> origin) {
    Map<String, String> facts = new LinkedHashMap<>(environment());
    facts.put("seed", Long.toString(seed));
    facts.put(DATASET, dataset.directory().toAbsolutePath().normalize().toString());
    facts.put(FINGERPRINT, dataset.fingerprint());
    facts.putAll(origin);
    gitCommit().ifPresent(commit -> facts.put("git_commit", commit));
    return new Provenance(facts);
  }

  /**
   * What makes a training's steps, besides this machine.
   *
   * @param devices that share a batch, at least 1
   * @param sparkMaster URL of the cluster whose workers make the steps, if there is one
   */
  public static Map<String, String> equipment(int devices, Optional<String> sparkMaster) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(DEVICES, Integer.toString(devices));
    sparkMaster.ifPresent(master -> facts.put(SPARK_MASTER, master));
    return facts;
  }

  /**
   * What differs from this run's equipment, as {@code "devices 2 instead of 1"}: the same recipe
   * may come to something else by it.
   *
   * @param now an {@link #equipment}
   * @return empty also where the run is older than the record of it
   */
  public List<String> otherEquipment(Map<String, String> now) {
    if (!facts.containsKey(DEVICES)) {
      return List.of();
    }
    return Stream.of(DEVICES, SPARK_MASTER)
        .filter(key -> !Objects.equals(facts.get(key), now.get(key)))
        .map(
            key ->
                "%s %s instead of %s"
                    .formatted(key, now.getOrDefault(key, "none"), facts.getOrDefault(key, "none")))
        .toList();
  }

  /** Versions and hardware, for any measurement that is to be understood later. */
  public static Map<String, String> environment() {
    NativeEngine engine = NativeEngine.start();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("food4j", ownVersion());
    facts.put("dl4j", version(ComputationGraph.class, DL4J_PROPERTIES));
    facts.put("nd4j", version(Nd4j.class, ND4J_PROPERTIES));
    facts.put("onnxruntime", OrtEnvironment.getEnvironment().getVersion());
    facts.put("engine", engine.description());
    facts.put(
        "java", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
    facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    facts.put("cpu", cpu("model name").orElse("unknown"));
    facts.put("cpu_flags", flags());
    facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
    facts.put("threads", Integer.toString(engine.threads()));
    facts.put("gpu", gpu());
    facts.put("memory_gib", memoryGib());
    return facts;
  }

  private static String ownVersion() {
    String version = Provenance.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged build" : version;
  }

  /** DL4J's manifest names no version; what Maven leaves in the jar does. */
  private static String version(Class<?> type, String file) {
    Properties properties = new Properties();
    try (InputStream resource = type.getResourceAsStream(file)) {
      if (resource != null) {
        properties.load(resource);
      }
    } catch (IOException e) {
      return "unknown: " + e.getMessage();
    }
    return properties.getProperty("version", "unknown");
  }

  /** The first value of that name in Linux's list. */
  private static Optional<String> cpu(String name) {
    if (Files.isReadable(CPU_INFO)) {
      try (var lines = Files.lines(CPU_INFO)) {
        return lines
            .filter(line -> line.startsWith(name))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst();
      } catch (IOException e) {
        return Optional.of("unknown: " + e.getMessage());
      }
    }
    return Optional.empty();
  }

  private static String flags() {
    return cpu("flags")
        .or(() -> cpu("Features"))
        .map(
            all ->
                Arrays.stream(all.split(" "))
                    .filter(FLAGS::contains)
                    .sorted()
                    .collect(Collectors.joining(" ")))
        .filter(known -> !known.isEmpty())
        .orElse("unknown");
  }

  /** Graphics cards by name and driver, used or not: {@code engine} says what computes. */
  private static String gpu() {
    try {
      return answer(
              new ProcessBuilder(
                  "nvidia-smi", "--query-gpu=name,driver_version", "--format=csv,noheader"),
              Duration.ofSeconds(5))
          .map(lines -> String.join("; ", lines.lines().toList()))
          .filter(names -> !names.isEmpty())
          .orElse("none");
    } catch (IOException e) {
      return "none"; // no such program, no such card
    }
  }

  private static String memoryGib() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    return system instanceof com.sun.management.OperatingSystemMXBean memory
        ? String.format(Locale.ROOT, "%.1f", memory.getTotalMemorySize() / 0x1p30)
        : "unknown";
  }

  /** The commit of the repository that the process was started in; absent outside one. */
  public static Optional<String> gitCommit() {
    try {
      return answer(new ProcessBuilder("git", "rev-parse", "HEAD"), Duration.ofSeconds(5));
    } catch (IOException e) {
      return Optional.empty(); // no git on this machine
    }
  }

  /**
   * What a command prints, which must fit the pipe's buffer (a few kB): it is read after the end,
   * so that the limit holds for a command that hangs. Absent if it fails or is not done in time.
   */
  static Optional<String> answer(ProcessBuilder command, Duration limit) throws IOException {
    Process process = command.redirectErrorStream(true).start();
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
        return Optional.empty();
      }
      byte[] output = process.getInputStream().readAllBytes();
      return Optional.of(new String(output, StandardCharsets.UTF_8).strip());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      process.destroyForcibly();
    }
  }
}
