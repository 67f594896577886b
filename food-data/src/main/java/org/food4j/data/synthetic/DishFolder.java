package org.food4j.data.synthetic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.food4j.data.file.AtomicFile;
import org.food4j.data.manifest.Label;
import org.food4j.data.photo.JpegEncoder;
import org.food4j.data.scan.Progress;

/** A folder of class folders of drawn photos, recognised by its marker file. */
final class DishFolder {
  private static final String MARKER = ".drawn-dishes";

  /** The ending of what a run that was broken off may leave of a file. */
  private static final String UNFINISHED = "\\.[0-9a-f-]{36}\\.tmp";

  private final Path folder;

  DishFolder(Path folder) {
    this.folder = folder;
  }

  void write(DrawnDishes dishes, long seed, int perClass, Progress progress) throws IOException {
    if (perClass < 1) {
      throw new IllegalArgumentException("A class gets at least 1 drawn photo, not " + perClass);
    }
    List<Path> old = ownFiles();
    Files.createDirectories(folder);
    // First of all, so that a run that was broken off can be repeated into the same folder.
    String marker = String.format(Locale.ROOT, "format=1\nseed=%d\nper_class=%d\n", seed, perClass);
    AtomicFile.write(folder.resolve(MARKER), marker);
    for (Path file : old) {
      Files.deleteIfExists(file);
    }
    for (Label label : DrawnDishes.labels()) {
      Files.createDirectories(folder.resolve(label.name()));
    }
    int classes = DrawnDishes.labels().size();
    int[] done = {0};
    try {
      IntStream.range(0, classes * perClass)
          .parallel()
          .forEach(
              i -> {
                write(dishes, i / perClass, i % perClass);
                synchronized (done) { // progress is told by one thread at a time
                  progress.update(++done[0], classes * perClass);
                }
              });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void write(DrawnDishes dishes, int label, int number) {
    String name = DrawnDishes.labels().get(label).name();
    String file = String.format(Locale.ROOT, "%s-%04d.jpg", name, number);
    // Photos from phones and from the web come in all qualities.
    double quality = dishes.dice(label, number).split().between(0.72, 0.95);
    try {
      byte[] encoded = JpegEncoder.encode(dishes.draw(label, number).photo(), (float) quality);
      AtomicFile.write(folder.resolve(name).resolve(file), encoded);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The photos of an earlier run; complains if anything else is there. */
  private List<Path> ownFiles() throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          "'%s' is a file: name a folder for the drawn dishes".formatted(folder));
    }
    List<Path> content;
    try (Stream<Path> walk = Files.walk(folder)) {
      content = walk.filter(p -> !p.equals(folder)).sorted().toList();
    }
    boolean ours = Files.isRegularFile(folder.resolve(MARKER));
    List<Path> foreign = content.stream().filter(p -> !ours || !isOwn(p)).toList();
    if (!foreign.isEmpty()) {
      throw new IllegalArgumentException(
          ("'%s' holds what was not drawn by Food4J (%s%s): name an empty or a new folder for the"
                  + " drawn dishes")
              .formatted(
                  folder,
                  folder.relativize(foreign.get(0)),
                  foreign.size() > 1
                      ? String.format(Locale.ROOT, " and %d more", foreign.size() - 1)
                      : ""));
    }
    return content.stream().filter(p -> !Files.isDirectory(p) && !isMarker(p)).toList();
  }

  private boolean isMarker(Path path) {
    return path.equals(folder.resolve(MARKER));
  }

  private boolean isOwn(Path path) {
    String within = folder.relativize(path).toString().replace('\\', '/');
    for (Label label : DrawnDishes.labels()) {
      String name = Pattern.quote(label.name());
      if (within.matches("%s(/\\.?%s-\\d{4,}\\.jpg(%s)?)?".formatted(name, name, UNFINISHED))) {
        return true;
      }
    }
    return within.matches("\\.?%s(%s)?".formatted(Pattern.quote(MARKER), UNFINISHED));
  }
}
