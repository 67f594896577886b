package org.food4j.train.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.food4j.data.file.AtomicFile;

/**
 * Files of any Hadoop file system ({@code hdfs://}, {@code s3a://}, {@code file:///}), with Spark's
 * {@code spark.hadoop.*} settings. A path without a scheme is one of this machine.
 */
final class HadoopFiles {
  /** Reading waits more than it works. */
  private static final int THREADS = 8;

  private HadoopFiles() {}

  /** Whether a place is a path of this machine's own, or one that all machines see alike. */
  static boolean isLocal(String place) {
    return !place.matches("(?s)[A-Za-z][A-Za-z0-9+.-]+:.*") || place.startsWith("file:");
  }

  /** The path of a local place. */
  static Path local(String place) {
    return place.startsWith("file:")
        ? Path.of(new org.apache.hadoop.fs.Path(place).toUri())
        : Path.of(place);
  }

  /** A place as Hadoop takes it. */
  static org.apache.hadoop.fs.Path path(String place) {
    // Hadoop's own form has spaces as they are
    return isLocal(place) && !place.startsWith("file:")
        ? new org.apache.hadoop.fs.Path(local(place).toAbsolutePath().toUri())
        : new org.apache.hadoop.fs.Path(place);
  }

  /** The file system of a path. */
  static FileSystem system(org.apache.hadoop.fs.Path path) throws IOException {
    Configuration configuration = SparkHadoopUtil.get().newConfiguration(SparkEnv.get().conf());
    return path.getFileSystem(configuration);
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
    org.apache.hadoop.fs.Path path = path(folder);
    RemoteIterator<LocatedFileStatus> files = system(path).listFiles(path, true);
    List<String> found = new ArrayList<>();
    while (files.hasNext()) {
      found.add(files.next().getPath().toString());
    }
    found.sort(String::compareTo);
    return found;
  }

  /**
   * Copies files that are not there yet.
   *
   * @param names relative to both folders, with {@code /} between folders
   */
  static void copy(String from, Collection<String> names, Path to) throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Void>> copies = new ArrayList<>();
      for (String name : names) {
        Callable<Void> copy =
            () -> {
              copyOne(from + "/" + name, to.resolve(name));
              return null;
            };
        copies.add(threads.submit(copy));
      }
      for (Future<Void> copy : copies) {
        copy.get();
      }
    } catch (ExecutionException e) {
      throw new IOException(
          "Photos of %s could not be copied to %s: %s"
              .formatted(from, to, e.getCause().getMessage()),
          e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while photos of %s were copied".formatted(from), e);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Whole or not at all: a file that is there is a whole one. */
  private static void copyOne(String from, Path to) throws IOException {
    if (Files.exists(to)) {
      return;
    }
    Files.createDirectories(to.getParent());
    AtomicFile.write(to, read(from));
  }
}
