package org.food4j.cli.doctor;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.nd4j.linalg.factory.Nd4j;

/** NVIDIA GPUs, and whether the engine in use would take them. */
final class GpuCheck {
  private static final String NAME = "GPU";

  private GpuCheck() {}

  static Finding look() throws IOException, InterruptedException {
    if (!isOnPath("nvidia-smi")) {
      return judge(List.of(), false);
    }
    Process process =
        new ProcessBuilder(
                "nvidia-smi",
                "--query-gpu=name,memory.total,driver_version",
                "--format=csv,noheader")
            .redirectErrorStream(true)
            .start();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("nvidia-smi does not answer within 20 s");
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.exitValue() != 0) {
      throw new IOException("nvidia-smi fails: " + output.strip());
    }
    return judge(output.lines().toList(), !Nd4j.getEnvironment().isCPU());
  }

  /**
   * @param gpus a line for each
   * @param used whether ND4J runs on them
   */
  static Finding judge(List<String> gpus, boolean used) {
    if (gpus.isEmpty()) {
      return Finding.ok(NAME, "none found; everything runs on the processor");
    }
    String found = String.join("; ", gpus);
    return used
        ? Finding.ok(NAME, found)
        : Finding.warn(
            NAME,
            found + ", not used by this build",
            "Build with FOOD_MAVEN_ARGS=-Pcuda after a mvn clean; the download is about 2.5 GB.");
  }

  private static boolean isOnPath(String program) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
