package org.food4j.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.food4j.data.file.AtomicFile;
import org.food4j.data.file.FileTree;
import org.food4j.data.file.OutputDirectory;

/**
 * Where a quickstart leaves its results: {@code photos/} (drawn ones), {@code dataset/}, {@code
 * run/}, {@code bench/}, {@code model.onnx}, {@code report.html}, and {@code quickstart.json},
 * which marks the folder as a quickstart's.
 */
final class QuickstartFolder {
  private static final String MARK = "quickstart.json";
  private static final String MARKED = "{\"format\": \"food4j-quickstart\", \"version\": 1}\n";
  private static final List<String> RESULTS = List.of("run", "bench", "model.onnx", "report.html");

  private static final String RECORD = ".dataset.scan";

  private final Path folder;

  private QuickstartFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Takes a folder that does not exist, is empty, or is an earlier quickstart's. Nothing is written
   * yet.
   *
   * @throws IllegalArgumentException if something else lies there
   */
  static QuickstartFolder take(Path folder) throws IOException {
    if (!OutputDirectory.isFree(folder) && !isOwn(folder)) {
      throw new IllegalArgumentException(
          folder
              + " is not empty and no quickstart's folder; name another with --out, nothing is overwritten");
    }
    return new QuickstartFolder(folder);
  }

  private static boolean isOwn(Path folder) throws IOException {
    try (Stream<Path> content = Files.list(folder)) {
      // A quickstart whose photos were refused leaves what was read of them.
      if (content.allMatch(file -> file.getFileName().toString().equals(RECORD))) {
        return true;
      }
    }
    Path mark = folder.resolve(MARK);
    return Files.isRegularFile(mark) && Files.readString(mark).equals(MARKED);
  }

  /** Makes the folder a quickstart's. */
  void mark() throws IOException {
    Files.createDirectories(folder);
    AtomicFile.write(folder.resolve(MARK), MARKED);
  }

  /** Deletes an earlier quickstart's results; the data set is replaced by its preparation. */
  void clearResults() throws IOException {
    for (String name : RESULTS) {
      FileTree.delete(folder.resolve(name));
    }
  }

  Path photos() {
    return folder.resolve("photos");
  }

  Path dataset() {
    return folder.resolve("dataset");
  }

  Path run() {
    return folder.resolve("run");
  }

  Path bench() {
    return folder.resolve("bench");
  }

  Path model() {
    return folder.resolve("model.onnx");
  }

  Path report() {
    return folder.resolve("report.html");
  }
}
