package org.food4j.train.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.SparkFiles;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.util.LongAccumulator;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.models.inference.Answer;
import org.food4j.models.inference.PhotoClassifier;
import org.food4j.models.inference.RuntimeSettings;

/** The answers about a part's photos, as lines. */
final class PredictionTask implements FlatMapFunction<Iterator<String>, String> {
  private static final long serialVersionUID = 1L;

  /** One for all tasks of an executor, which ends with it. */
  private static PhotoClassifier classifier;

  /** What that one is of. */
  private static Path opened;

  private final String model;
  private final AnswerFormat format;
  private final int top;
  private final LongAccumulator unreadable;

  /**
   * @param model name of a file that was given to Spark
   */
  PredictionTask(String model, AnswerFormat format, int top, LongAccumulator unreadable) {
    this.model = model;
    this.format = format;
    this.top = top;
    this.unreadable = unreadable;
  }

  @Override
  public Iterator<String> call(Iterator<String> photos) throws IOException {
    PhotoClassifier shared = classifier(Path.of(SparkFiles.get(model)));
    int labels = Math.min(top, shared.card().labels().size());
    Iterable<String> all = () -> photos;
    return Stream.concat(
            format.header(labels).stream(),
            StreamSupport.stream(all.spliterator(), false)
                .map(photo -> line(shared, photo, labels)))
        .iterator();
  }

  private String line(PhotoClassifier classifier, String photo, int labels) {
    try {
      Answer answer = classifier.answer(classifier.decode(HadoopFiles.read(photo)), labels);
      return format.line(photo, answer);
    } catch (IOException e) {
      unreadable.add(1);
      return format.error(photo, String.valueOf(e.getMessage()));
    }
  }

  /** Its tasks run side by side, each on a core of its own. */
  private static synchronized PhotoClassifier classifier(Path file) throws IOException {
    if (!file.equals(opened)) {
      if (classifier != null) {
        classifier.close();
      }
      classifier = PhotoClassifier.open(file, new NativePhotoDecoder(), RuntimeSettings.shared(1));
      opened = file;
    }
    return classifier;
  }
}
