package org.food4j.data.photo;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Damaged files through one decoder, in a JVM of its own, because a decoder may take that down.
 * Prints what it measured, one {@code name value} a line.
 */
final class FuzzRun {
  /** Beyond this, garbage is collected before the next file, lest it be counted as the file's. */
  private static final long SETTLED = 24L << 20;

  private final PhotoDecoder decoder;
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final Map<String, Integer> outcomes = new TreeMap<>();
  private long worstNanos;
  private long worstCpuNanos;
  private long worstBytes;
  private int slowestFile;
  private int largestFile;

  private FuzzRun(PhotoDecoder decoder) {
    this.decoder = decoder;
  }

  /**
   * Runs.
   *
   * @param arguments {@code opencv} or {@code imageio}, count, seed, folder of real photos, file
   *     that says which mutation was begun last
   */
  public static void main(String[] arguments) throws Exception {
    PhotoDecoder decoder =
        arguments[0].equals("opencv") ? new NativePhotoDecoder() : new ImageIoPhotoDecoder();
    FuzzRun run = new FuzzRun(decoder);
    run.all(
        Integer.parseInt(arguments[1]),
        Long.parseLong(arguments[2]),
        Path.of(arguments[3]),
        Path.of(arguments[4]));
    run.report();
  }

  private void all(int count, long seed, Path shared, Path progress) throws IOException {
    List<byte[]> samples = List.copyOf(SampleFiles.all().values());
    List<byte[]> photos = load(shared.resolve("photos"), 60);
    List<Path> originals = list(shared.resolve("originals"), 1);
    for (byte[] file : samples) {
      decoder.decode(file);
    }
    long baseline = settle();
    for (int i = 0; i < count; i++) {
      byte[] file;
      if (i % 25 == 24 && !originals.isEmpty()) {
        file = Files.readAllBytes(originals.get(i / 25 % originals.size()));
      } else if (i % 3 == 2 && !photos.isEmpty()) {
        file = photos.get(i / 3 % photos.size());
      } else {
        file = samples.get(i % samples.size());
      }
      Files.writeString(progress, Integer.toString(i));
      byte[] mutated = Mutations.mutate(file, seed + i);
      if (ResidentMemory.now() > baseline + SETTLED) {
        settle();
      }
      one(mutated, i, baseline);
    }
  }

  private void one(byte[] file, int number, long baseline) throws IOException {
    one(file, number, baseline, "", () -> decoder.decode(file));
    if (ResidentMemory.now() > baseline + SETTLED) {
      settle();
    }
    one(file, number, baseline, "_reduced", () -> decoder.decode(file, 256).pixels());
  }

  /** One way of decoding. */
  private interface Decoding {
    Pixels pixels() throws PhotoException;
  }

  private void one(byte[] file, int number, long baseline, String name, Decoding decoding)
      throws IOException {
    ResidentMemory.resetPeak();
    long cpu = threads.getCurrentThreadCpuTime();
    long start = System.nanoTime();
    String outcome;
    try {
      outcome = decoding.pixels().bytes() > 0 ? "photo" : "empty";
    } catch (PhotoException e) {
      outcome = "reason";
    }
    long nanos = System.nanoTime() - start;
    worstCpuNanos = Math.max(worstCpuNanos, threads.getCurrentThreadCpuTime() - cpu);
    long bytes = ResidentMemory.peak() - baseline;
    if (nanos > worstNanos) {
      worstNanos = nanos;
      slowestFile = number;
    }
    if (bytes > worstBytes) {
      worstBytes = bytes;
      largestFile = number;
    }
    String format;
    try {
      format = ContentType.of(file).toString();
    } catch (PhotoException e) {
      format = "none";
    }
    outcomes.merge(format + "_" + outcome + name, 1, Integer::sum);
  }

  private static long settle() throws IOException {
    System.gc();
    return ResidentMemory.now();
  }

  private static List<byte[]> load(Path folder, int step) throws IOException {
    List<byte[]> files = new ArrayList<>();
    for (Path file : list(folder, step)) {
      files.add(Files.readAllBytes(file));
    }
    return files;
  }

  private static List<Path> list(Path folder, int step) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.filter(p -> p.toString().matches(".*\\.(jpe?g|png|webp)")).sorted().toList();
    }
    return Stream.iterate(0, i -> i < all.size(), i -> i + step).map(all::get).toList();
  }

  private void report() {
    StringBuilder lines = new StringBuilder();
    lines.append(String.format(Locale.ROOT, "worst_milliseconds %d%n", worstNanos / 1_000_000));
    lines.append(
        String.format(Locale.ROOT, "worst_cpu_milliseconds %d%n", worstCpuNanos / 1_000_000));
    lines.append(String.format(Locale.ROOT, "worst_mebibytes %d%n", worstBytes >> 20));
    lines.append(String.format(Locale.ROOT, "slowest_file %d%n", slowestFile));
    lines.append(String.format(Locale.ROOT, "largest_file %d%n", largestFile));
    outcomes.forEach((outcome, count) -> lines.append(outcome + " " + count + "\n"));
    System.out.print(lines);
  }
}
