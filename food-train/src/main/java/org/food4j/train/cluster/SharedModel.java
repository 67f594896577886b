package org.food4j.train.cluster;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkFiles;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.TaskCompletionListener;
import org.food4j.data.file.Sha256;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.models.inference.PhotoClassifier;
import org.food4j.models.inference.RuntimeSettings;

/**
 * A model file as every executor gets it. It is known by its content: two files of one name, or one
 * that was written anew, are two models.
 */
final class SharedModel implements Serializable, AutoCloseable {
  private static final long serialVersionUID = 1L;

  /** Of this process, driver or executor. */
  private static final ClassifierPool OPENED = new ClassifierPool();

  private final String sha256;
  private final Broadcast<byte[]> bytes;

  /** The driver's. */
  private final transient JavaSparkContext spark;

  /**
   * Reads the file, once.
   *
   * @throws IOException if it cannot be read
   */
  SharedModel(Path file, JavaSparkContext spark) throws IOException {
    this.spark = spark;
    byte[] content = Files.readAllBytes(file);
    sha256 = Sha256.of(content);
    bytes = spark.broadcast(content);
  }

  /** The model, until the task of this thread ends; the executor's tasks share it. */
  PhotoClassifier forThisTask() throws IOException {
    PhotoClassifier classifier = OPENED.take(sha256, this::open);
    TaskCompletionListener end = task -> OPENED.giveBack(sha256);
    TaskContext.get().addTaskCompletionListener(end);
    return classifier;
  }

  /** Its tasks run side by side, each on a core of its own. */
  private PhotoClassifier open() throws IOException {
    Path file = Files.createTempFile(Path.of(SparkFiles.getRootDirectory()), "model", ".onnx");
    try {
      Files.write(file, bytes.value());
      return PhotoClassifier.open(file, new NativePhotoDecoder(), RuntimeSettings.shared(1));
    } finally {
      Files.delete(file);
    }
  }

  /** On the driver: takes it from the executors; where they are threads of it, closes it. */
  @Override
  public void close() {
    OPENED.closeIdle();
    if (!spark.sc().isStopped()) {
      bytes.destroy();
    }
  }
}
