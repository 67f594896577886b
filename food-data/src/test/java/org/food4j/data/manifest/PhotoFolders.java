package org.food4j.data.manifest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.food4j.data.photo.SamplePhotos;

/** Folders of small photos that look unlike each other, made in tests. */
public final class PhotoFolders {
  private PhotoFolders() {}

  /** Writes photos {@code from .. from + count} of a class; a number decides a photo's pixels. */
  public static void write(Path root, String className, int from, int count) {
    for (int i = from; i < from + count; i++) {
      write(root.resolve(className).resolve("photo-%03d.png".formatted(i)), png(className, i));
    }
  }

  /** A photo of which the class and the number decide the pixels. */
  public static byte[] png(String className, int number) {
    return SamplePhotos.encode(
        SamplePhotos.random(className.hashCode() * 1000L + number, 24, 18), "png");
  }

  /** Writes a file, and the folders above it. */
  public static Path write(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All files below a folder: relative path to content, as Latin-1 text. */
  public static TreeMap<String, String> contents(Path folder) {
    TreeMap<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(
            folder.relativize(file).toString(),
            Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return contents;
  }

  /** The names of what lies in a folder, hidden files too, sorted. */
  public static List<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
