package org.food4j.data.scan;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.food4j.data.photo.PhotoDecoder;

/**
 * Who reads the files of a listing: threads of this process, or other machines. What is found
 * depends on the files' bytes alone, see {@link PhotoExamination}.
 */
@FunctionalInterface
public interface PhotoReader {
  /**
   * Reads, hashes and decodes files.
   *
   * @param progress told of files that are done, by the calling thread
   * @param found takes what was found in each file, in the order of the files, by the calling
   *     thread
   * @throws IOException if the work cannot be done or the thread is interrupted; a file that cannot
   *     be read is no such reason, but {@linkplain Examined#lasting not lastingly} rejected
   */
  void read(List<PhotoFile> files, Progress progress, Consumer<Examined> found) throws IOException;

  /**
   * Threads of this process.
   *
   * @param folder that the files' paths are relative to
   * @param threads photos decoded at the same time, at least 1
   * @throws IllegalArgumentException if there is no thread
   */
  static PhotoReader of(Path folder, PhotoDecoder decoder, int threads) {
    return new ThreadedReader(folder, decoder, threads);
  }
}
