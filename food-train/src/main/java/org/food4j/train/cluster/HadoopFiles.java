package org.food4j.train.cluster;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.food4j.data.file.AtomicFile;
import org.food4j.data.file.FileStamp;
import org.food4j.data.file.Sha256;
import org.food4j.data.file.Workers;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.scan.PhotoTree;

/**
 * Files of any Hadoop file system ({@code hdfs://}, {@code s3a://}, {@code file:///}), with Spark's
 * {@code spark.hadoop.*} settings. A path without a scheme is one of this machine.
 */
final class HadoopFiles {
  /** Reading waits more than it works. */
  private static final int THREADS = 8;

  private static Configuration configuration;

  /** What that one is of. */
  private static SparkEnv configured;

  private HadoopFiles() {}

  /** A place as Hadoop takes it. */
  static org.apache.hadoop.fs.Path path(String place) {
    // Hadoop's own form has spaces as they are
    return PhotoPlace.isLocal(place) && !place.startsWith("file:")
        ? new org.apache.hadoop.fs.Path(PhotoPlace.local(place).toAbsolutePath().toUri())
        : new org.apache.hadoop.fs.Path(place);
  }

  /** The file system of a path. */
  static FileSystem system(org.apache.hadoop.fs.Path path) throws IOException {
    return path.getFileSystem(configuration());
  }

  /** Made once a connection: to gather Hadoop's settings takes as long as to decode a photo. */
  private static synchronized Configuration configuration() {
    SparkEnv environment = SparkEnv.get();
    if (environment != configured) {
      configuration = SparkHadoopUtil.get().newConfiguration(environment.conf());
      configured = environment;
    }
    return configuration;
  }

  /** A file's bytes. */
  static byte[] read(String place) throws IOException {
    org.apache.hadoop.fs.Path path = path(place);
    try (InputStream in = system(path).open(path)) {
      return in.readAllBytes();
    }
  }

  /**
   * The files of a folder, those of folders inside it included, sorted.
   *
   * @throws IOException if there is no such folder
   */
  static List<String> list(String folder) throws IOException {
    List<String> found = new ArrayList<>();
    for (FileStatus file : files(path(folder))) {
      found.add(file.getPath().toString());
    }
    found.sort(String::compareTo);
    return found;
  }

  /**
   * What tells of changes of each file of a folder, those of folders inside it included, by path
   * relative to it, with {@code /} between folders.
   *
   * @throws IOException if there is no such folder, or it cannot be listed
   */
  static Map<String, FileStamp> stamps(String folder) throws IOException {
    org.apache.hadoop.fs.Path path = path(folder);
    String root = system(path).makeQualified(path).toUri().getPath();
    String prefix = root.endsWith("/") ? root : root + "/";
    Map<String, FileStamp> found = new HashMap<>();
    for (FileStatus file : files(path)) {
      String name = file.getPath().toUri().getPath();
      if (!name.startsWith(prefix)) {
        throw new IOException("%s lists a file that lies elsewhere: %s".formatted(folder, name));
      }
      long modified = TimeUnit.MILLISECONDS.toNanos(file.getModificationTime());
      found.put(name.substring(prefix.length()), new FileStamp(file.getLen(), modified, 0, 0));
    }
    return found;
  }

  private static List<FileStatus> files(org.apache.hadoop.fs.Path folder) throws IOException {
    RemoteIterator<LocatedFileStatus> files = system(folder).listFiles(folder, true);
    List<FileStatus> found = new ArrayList<>();
    while (files.hasNext()) {
      found.add(files.next());
    }
    return found;
  }

  /**
   * What lies directly in a folder, sorted by name.
   *
   * @throws IOException if there is no such folder, or it cannot be listed
   */
  static List<PhotoTree.Entry> entries(String folder) throws IOException {
    org.apache.hadoop.fs.Path path = path(folder);
    List<PhotoTree.Entry> found = new ArrayList<>();
    for (FileStatus file : system(path).listStatus(path)) {
      PhotoTree.Kind kind = file.isDirectory() ? PhotoTree.Kind.FOLDER : PhotoTree.Kind.FILE;
      found.add(new PhotoTree.Entry(file.getPath().getName(), kind, file.getLen(), true));
    }
    found.sort(Comparator.comparing(PhotoTree.Entry::name));
    return found;
  }

  /** Whether there is a folder at a place; empty if there is nothing. */
  static Optional<Boolean> isFolder(String place) throws IOException {
    org.apache.hadoop.fs.Path path = path(place);
    try {
      return Optional.of(system(path).getFileStatus(path).isDirectory());
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /** A place as Hadoop writes it, with its scheme. */
  static String qualified(String place) throws IOException {
    org.apache.hadoop.fs.Path path = path(place);
    return system(path).makeQualified(path).toString();
  }

  /**
   * Copies a data set's photos that are not there yet.
   *
   * @param from the folder that the entries' paths are relative to
   * @param to the same on this machine
   * @throws IOException if one cannot be read, or is not the photo that the entry is about
   */
  static void copy(String from, Collection<ManifestEntry> photos, Path to) throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      Map<String, ManifestEntry> byPath = new TreeMap<>();
      photos.forEach(photo -> byPath.put(photo.path(), photo));
      List<Future<Void>> copies = new ArrayList<>();
      for (ManifestEntry photo : byPath.values()) {
        Callable<Void> copy =
            () -> {
              copyOne(from, photo, to.resolve(photo.path()));
              return null;
            };
        copies.add(threads.submit(copy));
      }
      for (Future<Void> copy : copies) {
        copy.get();
      }
    } catch (ExecutionException e) {
      throw new IOException(
          "Photos of %s could not be copied to %s: %s".formatted(from, to, reason(e.getCause())),
          e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(
          "Interrupted while photos of %s were copied".formatted(from));
    } finally {
      // whoever called may delete the folder next
      Workers.end(threads);
    }
  }

  /** The first line; where there is no message, what failed. */
  private static String reason(Throwable cause) {
    return String.valueOf(cause.getMessage() == null ? cause : cause.getMessage())
        .lines()
        .findFirst()
        .orElse("");
  }

  /** Whole or not at all: a file that is there is a whole one. */
  private static void copyOne(String from, ManifestEntry photo, Path to) throws IOException {
    boolean isThere = Files.exists(to);
    String source = isThere ? to.toString() : from + "/" + photo.path();
    byte[] bytes = isThere ? Files.readAllBytes(to) : read(source);
    if (!Sha256.of(bytes).equals(photo.sha256())) {
      throw new IOException(
          "%s is not the photo that the data set was made of: prepare it again".formatted(source));
    }
    if (!isThere) {
      Files.createDirectories(to.getParent());
      AtomicFile.write(to, bytes);
    }
  }
}
