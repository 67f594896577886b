package org.food4j.train.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.food4j.data.manifest.Labels;
import org.food4j.data.photo.ImageIoPhotoDecoder;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.models.inference.Classifier;
import org.food4j.models.inference.PhotoClassifier;
import org.food4j.models.onnx.ModelCard;
import org.junit.jupiter.api.Test;

class ClassifierPoolTest {
  private final ClassifierPool pool = new ClassifierPool();
  private final List<String> events = new ArrayList<>();

  private PhotoClassifier take(String content) throws Exception {
    return pool.take(
        content,
        () -> {
          events.add("open " + content);
          return new PhotoClassifier(
              new Named(content, events),
              ModelCard.of(Labels.of(List.of("a", "b")), Preprocessing.imagenet(8)),
              new ImageIoPhotoDecoder());
        });
  }

  private record Named(String name, List<String> events) implements Classifier {
    @Override
    public int classes() {
      return 2;
    }

    @Override
    public int inputSize() {
      return 8;
    }

    @Override
    public float[] logits(float[] input, int batch) {
      throw new UnsupportedOperationException("nobody asks");
    }

    @Override
    public String runtime() {
      return "none";
    }

    @Override
    public void close() {
      events.add("close " + name);
    }
  }

  @Test
  void tasksOfOneModel_shareIt_andTheNextTaskFindsItOpen() throws Exception {
    PhotoClassifier first = take("one");
    assertThat(take("one")).isSameAs(first);
    pool.giveBack("one");
    pool.giveBack("one");
    assertThat(take("one")).isSameAs(first);
    assertThat(events).containsExactly("open one");
  }

  @Test
  void anotherModel_closesNoneThatATaskUses() throws Exception {
    take("one");
    take("two");
    assertThat(events).containsExactly("open one", "open two");
    pool.giveBack("one");
    take("three");
    assertThat(events).containsExactly("open one", "open two", "close one", "open three");
  }

  @Test
  void closeIdle_closesThoseThatNoTaskUses_once() throws Exception {
    take("one");
    take("two");
    pool.giveBack("two");
    pool.closeIdle();
    pool.closeIdle();
    assertThat(events).containsExactly("open one", "open two", "close two");
  }
}
