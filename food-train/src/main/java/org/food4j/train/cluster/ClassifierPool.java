package org.food4j.train.cluster;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.food4j.models.inference.PhotoClassifier;

/**
 * The opened models of one process, by their content: they outlive the tasks that share them. One
 * that no task uses stays open for the next task, until another model is asked for. Thread-safe.
 */
final class ClassifierPool {
  /** Opens a model. */
  @FunctionalInterface
  interface Opening {
    PhotoClassifier open() throws IOException;
  }

  private static final class Shared {
    private final PhotoClassifier classifier;
    private int users;

    Shared(PhotoClassifier classifier) {
      this.classifier = classifier;
    }
  }

  private final Map<String, Shared> open = new HashMap<>();

  /**
   * A model, for a task that gives it back. The first to ask opens it, and the others wait.
   *
   * @param content what tells the model from others
   * @throws IOException if it cannot be opened
   */
  synchronized PhotoClassifier take(String content, Opening opening) throws IOException {
    Shared shared = open.get(content);
    if (shared == null) {
      closeIdle();
      shared = new Shared(opening.open());
      open.put(content, shared);
    }
    shared.users++;
    return shared.classifier;
  }

  /** Ends a task's use. */
  synchronized void giveBack(String content) {
    open.get(content).users--;
  }

  /** Closes those that no task uses. */
  synchronized void closeIdle() {
    open.values()
        .removeIf(
            shared -> {
              boolean idle = shared.users == 0;
              if (idle) {
                shared.classifier.close();
              }
              return idle;
            });
  }
}
