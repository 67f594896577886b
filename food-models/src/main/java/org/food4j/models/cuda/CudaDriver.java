package org.food4j.models.cuda;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * NVIDIA's driver on this machine, as the files that it leaves show it; nothing is loaded.
 *
 * @param library the driver's library for CUDA programs, {@code libcuda.so.1} or {@code
 *     nvcuda.dll}; empty if it is in none of the folders that the system's linker looks into
 * @param devices the files of the GPUs, {@code /dev/nvidia0} and so on, or {@code /dev/dxg} of
 *     Windows' Linux; empty on Windows, where there are none
 * @param version the kernel's part, {@code "535.161.08"}; empty where it does not say
 */
public record CudaDriver(Optional<Path> library, List<Path> devices, Optional<String> version) {
  private static final List<String> FOLDERS =
      List.of(
          "/usr/lib/x86_64-linux-gnu",
          "/usr/lib/aarch64-linux-gnu",
          "/usr/lib64",
          "/usr/lib",
          "/lib64",
          "/usr/lib/wsl/lib",
          "/usr/local/lib",
          "/usr/local/nvidia/lib64",
          "/usr/local/nvidia/lib",
          "/usr/local/cuda/compat",
          "/run/opengl-driver/lib");

  private static final Pattern VERSION =
      Pattern.compile("^NVRM.*?\\s(\\d{3,}\\.\\d+(?:\\.\\d+)?)\\s");

  private static final Pattern CACHED = Pattern.compile("(/[^\0]*/libcuda\\.so\\.1)\0");

  /** Copies the list. */
  public CudaDriver {
    devices = List.copyOf(devices);
  }

  /** Looks at this machine. */
  public static CudaDriver look() {
    return look(Path.of("/"), System.getProperty("os.name"), System.getenv());
  }

  /**
   * @param root of the file system
   * @param system as {@code os.name} has it
   */
  static CudaDriver look(Path root, String system, Map<String, String> environment) {
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      Path folder = Path.of(environment.getOrDefault("SystemRoot", "C:\\Windows"), "System32");
      return new CudaDriver(existing(folder.resolve("nvcuda.dll")), List.of(), Optional.empty());
    }
    if (!name.startsWith("linux")) {
      return new CudaDriver(Optional.empty(), List.of(), Optional.empty());
    }
    List<Path> folders = new ArrayList<>();
    for (String each : environment.getOrDefault("LD_LIBRARY_PATH", "").split(File.pathSeparator)) {
      if (!each.isEmpty()) {
        folders.add(Path.of(each));
      }
    }
    FOLDERS.forEach(each -> folders.add(root.resolve(each.substring(1))));
    Optional<Path> library =
        folders.stream()
            .flatMap(each -> existing(each.resolve("libcuda.so.1")).stream())
            .findFirst()
            .or(() -> cached(root));
    return new CudaDriver(library, devices(root.resolve("dev")), version(root));
  }

  private static Optional<Path> existing(Path file) {
    return Files.exists(file) ? Optional.of(file) : Optional.empty();
  }

  /** Where the linker's cache has it, a binary file of paths that end with a zero. */
  private static Optional<Path> cached(Path root) {
    Path cache = root.resolve("etc/ld.so.cache");
    if (!Files.isReadable(cache)) {
      return Optional.empty();
    }
    Matcher matcher = CACHED.matcher(read(cache));
    return matcher.find()
        ? existing(root.resolve(matcher.group(1).substring(1)))
        : Optional.empty();
  }

  private static List<Path> devices(Path folder) {
    List<Path> devices = new ArrayList<>(listed(folder, "nvidia[0-9]*"));
    existing(folder.resolve("dxg")).ifPresent(devices::add);
    devices.sort(null);
    return devices;
  }

  private static Optional<String> version(Path root) {
    Path file = root.resolve("proc/driver/nvidia/version");
    if (!Files.isReadable(file)) {
      return Optional.empty();
    }
    Matcher matcher = VERSION.matcher(read(file));
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static List<Path> listed(Path folder, String pattern) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, pattern)) {
      List<Path> found = new ArrayList<>();
      files.forEach(found::add);
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look for NVIDIA's driver in " + folder, e);
    } catch (DirectoryIteratorException e) {
      throw new UncheckedIOException("Cannot look for NVIDIA's driver in " + folder, e.getCause());
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look for NVIDIA's driver in " + file, e);
    }
  }

  /**
   * Why nothing can compute on a GPU here, as the end of a sentence; empty if it may: that the
   * driver is new enough for a CUDA release shows only when it is used.
   */
  public Optional<String> problem() {
    if (library.isEmpty()) {
      return Optional.of(
          "this machine has no NVIDIA driver (its library, libcuda.so.1 or nvcuda.dll, is nowhere)");
    }
    boolean linux = library.get().endsWith("libcuda.so.1");
    if (linux && devices.isEmpty()) {
      return Optional.of(
          "this machine shows no NVIDIA GPU (%s is there, but no /dev/nvidia0: a container needs to be started with its GPUs, as by docker run --gpus all)"
              .formatted(library.get()));
    }
    return Optional.empty();
  }
}
