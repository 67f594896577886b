package org.food4j.server.api;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.food4j.server.batch.OverloadedException;
import org.food4j.server.http.ProblemException;
import org.food4j.server.http.ProblemException.Problem;
import org.food4j.server.model.ModelRegistry;
import org.food4j.server.model.ServedModel;

/** Finds the model that a request names, and keeps it open until the answer is there. */
final class Models {
  private final ModelRegistry registry;

  Models(ModelRegistry registry) {
    this.registry = registry;
  }

  /**
   * Works with a model.
   *
   * @param name absent for the default
   * @throws ProblemException 404, if there is none by that name
   */
  <T> CompletableFuture<T> with(
      Optional<String> name, Function<ServedModel, CompletableFuture<T>> work) {
    ServedModel model =
        hold(name)
            .orElseThrow(
                () ->
                    new ProblemException(
                        Problem.NOT_FOUND,
                        "there is no model '%s', only %s"
                            .formatted(Parameters.abridged(name.orElse("")), registry.names())));
    CompletableFuture<T> done;
    try {
      done = work.apply(model);
    } catch (RuntimeException | Error e) { // nothing may keep a replaced model open for ever
      model.release();
      throw e;
    }
    return done.whenComplete((answer, thrown) -> model.release());
  }

  private Optional<ServedModel> hold(Optional<String> name) {
    try {
      return registry.hold(name);
    } catch (OverloadedException e) {
      throw ProblemException.overloaded(e.getMessage());
    }
  }

  /** The same for work that is done at once. */
  <T> T now(Optional<String> name, Function<ServedModel, T> work) {
    return with(name, model -> CompletableFuture.completedFuture(work.apply(model))).join();
  }

  ModelRegistry registry() {
    return registry;
  }
}
