package org.food4j.train.cluster;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Iterator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.util.LongAccumulator;
import org.food4j.data.photo.PhotoException;
import org.food4j.models.inference.Answer;
import org.food4j.models.inference.PhotoClassifier;

/** The answers about a part's photos, as records. */
final class PredictionTask implements FlatMapFunction<Iterator<String>, String> {
  private static final long serialVersionUID = 1L;

  private final SharedModel model;
  private final AnswerFormat format;
  private final int top;
  private final LongAccumulator unreadable;

  PredictionTask(SharedModel model, AnswerFormat format, int top, LongAccumulator unreadable) {
    this.model = model;
    this.format = format;
    this.top = top;
    this.unreadable = unreadable;
  }

  @Override
  public Iterator<String> call(Iterator<String> photos) throws IOException {
    PhotoClassifier classifier = model.forThisTask();
    int labels = Math.min(top, classifier.card().labels().size());
    Iterable<String> all = () -> photos;
    return Stream.concat(
            format.header(labels).stream(),
            StreamSupport.stream(all.spliterator(), false)
                .map(photo -> record(classifier, photo, labels)))
        .iterator();
  }

  /**
   * @throws UncheckedIOException if the file system fails, which says nothing of the photo: Spark
   *     then does the part again, elsewhere
   */
  private String record(PhotoClassifier classifier, String photo, int labels) {
    try {
      Answer answer = classifier.answer(classifier.decode(HadoopFiles.read(photo)), labels);
      return format.record(photo, answer);
    } catch (PhotoException e) {
      return error(photo, e.getMessage(), labels);
    } catch (FileNotFoundException | AccessControlException e) {
      return error(photo, String.valueOf(e.getMessage()), labels);
    } catch (NoSuchFileException e) { // of this and the next the message is the path
      return error(photo, "no such file", labels);
    } catch (AccessDeniedException e) {
      return error(photo, "no permission to read it", labels);
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be read: %s".formatted(photo, e.getMessage()), e);
    }
  }

  private String error(String photo, String reason, int labels) {
    unreadable.add(1);
    return format.error(photo, reason, labels);
  }
}
