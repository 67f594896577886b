package org.food4j.bench.measure;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.food4j.bench.result.BenchmarkSettings;
import org.food4j.train.run.Provenance;

/** Where a benchmark is taken: what of a machine decides times, and the versions. */
public final class BenchmarkEnvironment {
  private static final Path GOVERNOR =
      Path.of("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");

  private BenchmarkEnvironment() {}

  /**
   * The facts of {@link Provenance#environment}, with the threads of the settings in place of this
   * process's own, {@code governor} (how the clock is chosen, where Linux tells), {@code
   * load_average} (over the last minute, before anything is measured: near 0 on a machine that does
   * nothing else) and {@code git_commit} (of the repository that the process was started in).
   */
  public static Map<String, String> facts(BenchmarkSettings settings) {
    Map<String, String> facts = new LinkedHashMap<>(Provenance.environment());
    facts.remove("engine"); // tells this process's threads; a model's runtime is told beside it
    facts.put("threads", Integer.toString(settings.threads()));
    facts.put("governor", governor());
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    facts.put("load_average", load < 0 ? "unknown" : String.format(Locale.ROOT, "%.2f", load));
    Provenance.gitCommit().ifPresent(commit -> facts.put("git_commit", commit));
    return facts;
  }

  private static String governor() {
    try {
      return Files.isReadable(GOVERNOR) ? Files.readString(GOVERNOR).strip() : "unknown";
    } catch (IOException e) {
      return "unknown: " + e.getMessage();
    }
  }
}
