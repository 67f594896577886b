package org.food4j.server.api;

import java.util.Optional;
import java.util.OptionalInt;
import org.food4j.data.manifest.Label;
import org.food4j.server.answer.Predictions;
import org.food4j.server.http.Endpoint;
import org.food4j.server.http.Exchange;
import org.food4j.server.http.ProblemException;
import org.food4j.server.http.ProblemException.Problem;
import org.food4j.server.model.ServedModel;

/** {@code POST /explain}: where in a photo a class is found, as a PNG picture. */
final class ExplainEndpoint implements Endpoint {
  private final Models models;
  private final Predictions predictions;

  ExplainEndpoint(Models models, Predictions predictions) {
    this.models = models;
    this.predictions = predictions;
  }

  @Override
  public void answer(Exchange exchange) {
    Replies.with(
        exchange,
        "image/png",
        exchange
            .body()
            .thenCompose(
                body -> {
                  Uploads uploads = Uploads.of(exchange, body, 1);
                  Optional<String> label = Parameters.of(exchange, uploads, "label");
                  return models.with(
                      Parameters.of(exchange, uploads, "model"),
                      model ->
                          predictions.explain(
                              model, uploads.photos().get(0), index(model, label), exchange));
                }));
  }

  private static OptionalInt index(ServedModel model, Optional<String> label) {
    if (label.isEmpty()) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(
        model.card().labels().asList().stream()
            .filter(known -> known.name().equals(label.get()))
            .mapToInt(Label::index)
            .findFirst()
            .orElseThrow(
                () ->
                    new ProblemException(
                        Problem.NOT_FOUND,
                        "model '%s' has no label '%s'; GET /labels lists them"
                            .formatted(model.name(), Parameters.abridged(label.get())))));
  }
}
