package org.food4j.train.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.StreamSupport;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.util.LongAccumulator;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.scan.Examined;
import org.food4j.data.scan.PhotoExamination;
import org.food4j.data.scan.PhotoFile;

/** What is found in a part's files, in their order. */
final class ReadingTask implements FlatMapFunction<Iterator<PhotoFile>, Examined> {
  private static final long serialVersionUID = 1L;

  private final String root;
  private final int pixelLimit;
  private final LongAccumulator done;

  /**
   * @param root that the files' paths are relative to
   * @param done counts files
   */
  ReadingTask(String root, int pixelLimit, LongAccumulator done) {
    this.root = root;
    this.pixelLimit = pixelLimit;
    this.done = done;
  }

  /**
   * @throws IOException if the folder is missing on this worker's machine: its photos would all
   *     count as unreadable
   */
  @Override
  public Iterator<Examined> call(Iterator<PhotoFile> files) throws IOException {
    PhotoExamination examination =
        new PhotoExamination(new NativePhotoDecoder(pixelLimit), bytes());
    Iterable<PhotoFile> all = () -> files;
    return StreamSupport.stream(all.spliterator(), false)
        .map(
            file -> {
              Examined examined = examination.examine(file);
              done.add(1);
              return examined;
            })
        .iterator();
  }

  /**
   * @throws UncheckedIOException if the file system fails, or does not have a file that was listed
   *     a moment ago: neither says anything of the photo, and Spark does the part again, elsewhere
   */
  private static byte[] certain(String path, PhotoExamination.Bytes bytes) throws IOException {
    try {
      return bytes.of(path);
    } catch (AccessDeniedException | AccessControlException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be read: %s".formatted(path, e.getMessage()), e);
    }
  }

  private PhotoExamination.Bytes bytes() throws IOException {
    if (!PhotoPlace.isLocal(root)) {
      return path -> certain(root + "/" + path, HadoopFiles::read);
    }
    Path folder = PhotoPlace.local(root);
    if (!Files.isDirectory(folder)) {
      throw new IOException(
          "a worker's machine has no folder %s: share it, or name a Hadoop file system's"
              .formatted(folder));
    }
    // as without a cluster, to find the same
    return path -> certain(path, name -> Files.readAllBytes(folder.resolve(name)));
  }
}
