package com.example.photosorter;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.photo.PhotoException;
import org.food4j.models.inference.Answer;
import org.food4j.models.inference.PhotoClassifier;

/** Copies photos into one folder per class that a model recognises, and lists its answers. */
public final class PhotoSorter {
  private PhotoSorter() {}

  /** Takes a model file, a folder of photos (folders inside it included), and a new folder. */
  public static void main(String[] arguments) {
    if (arguments.length != 3) {
      System.err.println("Usage: photo-sorter MODEL.onnx PHOTOS OUT");
      System.exit(2);
    }
    try {
      Path out = Path.of(arguments[2]).toAbsolutePath().normalize();
      sort(Path.of(arguments[0]), Path.of(arguments[1]).toAbsolutePath().normalize(), out);
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      // the message of a FileSystemException may be the bare path
      System.err.println("photo-sorter: " + (e instanceof FileSystemException ? e : e.getMessage()));
      System.exit(1);
    }
  }

  private static void sort(Path model, Path photos, Path out) throws IOException {
    if (!Files.isDirectory(photos)) {
      throw new IllegalArgumentException(photos + " is no folder: name one that holds photos");
    }
    if (Files.exists(out) || out.startsWith(photos)) {
      throw new IllegalArgumentException(out + " exists or lies in PHOTOS: name a new folder");
    }
    List<Path> files;
    try (Stream<Path> walk = Files.walk(photos)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    int copied = 0;
    try (PhotoClassifier classifier = PhotoClassifier.open(model, new NativePhotoDecoder());
        BufferedWriter csv =
            Files.newBufferedWriter(Files.createDirectories(out).resolve("answers.csv"))) {
      csv.write("photo,folder,best guess,probability\r\n");
      for (Path file : files) {
        Path photo = photos.relativize(file);
        try {
          Answer answer = classifier.answer(file, 1);
          String guess = answer.best().label().name();
          Path folder = out.resolve(answer.noneOfThese() ? "none of these" : guess).normalize();
          if (!out.equals(folder.getParent())) { // the model may be a stranger's
            throw new IllegalArgumentException("The label '" + guess + "' is no folder's name");
          }
          Path copy = folder.resolve(photo);
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
          copied++;
          csv.write(quoted(photo) + "," + quoted(folder.getFileName()) + "," + quoted(guess));
          csv.write(String.format(Locale.ROOT, ",%.4f\r\n", answer.best().probability()));
        } catch (PhotoException e) {
          System.err.printf("photo-sorter: %s is left out: %s%n", photo, e.getMessage());
        }
      }
    }
    System.out.printf("%d of %d files sorted into %s%n", copied, files.size(), out);
  }

  private static String quoted(Object text) {
    return '"' + text.toString().replace("\"", "\"\"") + '"';
  }
}
