package org.food4j.server.deploy;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.food4j.server.deploy.Dockerfile.Instruction;

/**
 * A directory that holds what an image would: filled as the Dockerfile says, by Debian's mmdebstrap
 * in the place of a registry, and by chroot in name spaces of its own in the place of an engine.
 */
final class RootFileSystem {
  /** What the official slim images leave out of Debian's packages. */
  private static final List<String> SLIM =
      List.of("doc/*", "info/*", "locale/*", "man/*", "lintian/*");

  private final Path root;

  private RootFileSystem(Path root) {
    this.root = root;
  }

  Path root() {
    return root;
  }

  /** Debian's packages that every system has, as a tar file. */
  static void writeBase(String image, Path tar) throws IOException, InterruptedException {
    if (!image.matches("debian:[a-z]+-slim")) {
      throw new AssertionError("Only Debian's slim images can be made here, not " + image);
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                "mmdebstrap",
                "--variant=minbase",
                // as the official images, without usrmerge, which needs all of Perl
                "--hook-dir=/usr/share/mmdebstrap/hooks/merged-usr"));
    SLIM.forEach(path -> command.add("--dpkgopt=path-exclude=/usr/share/" + path));
    command.addAll(
        List.of(
            "--dpkgopt=path-include=/usr/share/doc/*/copyright",
            image.substring("debian:".length(), image.length() - "-slim".length()),
            tar.toString(),
            "http://deb.debian.org/debian"));
    run(command);
  }

  static RootFileSystem unpacked(Path tar, Path root) throws IOException, InterruptedException {
    Files.createDirectories(root);
    run(List.of("tar", "-C", root.toString(), "-xf", tar.toString()));
    run(List.of("sh", "-c", "rm -rf \"$1\"/var/lib/apt/lists/*", "sh", root.toString()));
    return new RootFileSystem(root);
  }

  /**
   * Does a stage's instructions.
   *
   * @param context that is copied from
   * @param other stage that {@code --from} means
   */
  void build(Dockerfile.Stage stage, Path context, Path other)
      throws IOException, InterruptedException {
    for (Instruction instruction : stage.instructions()) {
      switch (instruction.kind()) {
        case "RUN" -> inside(instruction.arguments());
        case "COPY" -> copy(instruction.arguments(), context, other);
        case "WORKDIR" -> Files.createDirectories(root.resolve("." + instruction.arguments()));
        case "LABEL",
            "ENV",
            "USER",
            "EXPOSE",
            "STOPSIGNAL",
            "HEALTHCHECK",
            "ENTRYPOINT",
            "CMD" -> {} // nothing in the file system
        default -> throw new AssertionError("This test does not know " + instruction);
      }
    }
  }

  private void inside(String command) throws IOException, InterruptedException {
    Path names = root.resolve("etc/resolv.conf");
    Files.copy(
        Path.of("/etc/resolv.conf"), names, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    run(
        List.of(
            "unshare",
            "--mount",
            "--pid",
            "--fork",
            "--root=" + root,
            "--mount-proc",
            "env",
            "-i",
            "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
            "DEBIAN_FRONTEND=noninteractive",
            "/bin/sh",
            "-c",
            command));
    Files.delete(names); // an engine puts one there when it starts a container
  }

  private void copy(String arguments, Path context, Path other)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(arguments.split("\\s+")));
    boolean fromStage = words.get(0).startsWith("--from=");
    if (fromStage) {
      words.remove(0);
    }
    Path from = fromStage ? other : context;
    String to = words.remove(words.size() - 1);
    Path target = root.resolve("." + to).normalize();
    for (String word : words) {
      Path source = from.resolve("./" + word).normalize();
      // an engine copies a folder's content, and a file into a folder whose name ends in /
      boolean folder = Files.isDirectory(source);
      Path place = folder || !to.endsWith("/") ? target : target.resolve(source.getFileName());
      Files.createDirectories(folder ? place : place.getParent());
      run(List.of("cp", "-a", folder ? source + "/." : source.toString(), place.toString()));
    }
  }

  /** Bytes of all files, in units of 10^6. */
  long megabytes(String below) throws IOException {
    try (Stream<Path> files = Files.walk(root.resolve(below))) {
      return files
              .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
              .mapToLong(file -> file.toFile().length())
              .sum()
          / 1_000_000;
    }
  }

  /** Files whose path in here fits a pattern, {@code "/usr/bin/*"}. */
  List<String> find(String pattern) throws IOException {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> Path.of("/").resolve(root.relativize(file)))
          .filter(matcher::matches)
          .map(Path::toString)
          .toList();
    }
  }

  static void run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes());
    int code = process.waitFor();
    if (code != 0) {
      throw new AssertionError(
          "%s ended with %d:\n%s"
              .formatted(command, code, output.substring(Math.max(0, output.length() - 3000))));
    }
  }
}
