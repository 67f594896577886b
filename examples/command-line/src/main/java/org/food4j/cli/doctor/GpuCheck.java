package org.food4j.cli.doctor;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.food4j.models.cuda.CudaDriver;
import org.food4j.models.layer.NativeEngine;

/** NVIDIA GPUs, and whether the engine in use would take them. */
final class GpuCheck {
  private static final String NAME = "GPU";

  private GpuCheck() {}

  static Finding look() throws IOException, InterruptedException {
    Optional<String> problem = CudaDriver.look().problem();
    if (problem.isPresent() || !isOnPath("nvidia-smi")) {
      return withoutGpu(problem, NativeEngine.computesOnGpus());
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
    return judge(output.lines().toList(), NativeEngine.computesOnGpus());
  }

  /** What is found of an engine that would compute on a GPU and finds none; empty otherwise. */
  static Optional<Finding> missingFor(String name) {
    return NativeEngine.computesOnGpus()
        ? CudaDriver.look().problem().map(problem -> required(name, problem))
        : Optional.empty();
  }

  private static Finding required(String name, String problem) {
    return Finding.fail(
        name,
        "this build computes on GPUs, and " + problem,
        "Build for the processor, with FOOD_MAVEN_ARGS empty, or install NVIDIA's driver.");
  }

  /**
   * @param problem what is missing; empty if the driver is there and only {@code nvidia-smi} is not
   * @param wanted whether ND4J would run on a GPU
   */
  static Finding withoutGpu(Optional<String> problem, boolean wanted) {
    if (problem.isEmpty()) {
      return Finding.ok(
          NAME, "NVIDIA's driver is there, nvidia-smi is not on the PATH to say more");
    }
    return wanted ? required(NAME, problem.get()) : judge(List.of(), false);
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
            "Build with FOOD_MAVEN_ARGS=-Pcuda; the download is about 1.4 GB.");
  }

  private static boolean isOnPath(String program) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
