package org.food4j.server.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import org.food4j.server.http.Json;
import org.food4j.server.http.ProblemException;

/**
 * How a request of the Open Inference Protocol wants a model's output.
 *
 * @param binary whether its values follow the JSON object raw; the request's own default if absent
 * @param classification how many of the best classes, by name, instead of all logits (Triton's
 *     classification extension); absent for the logits
 */
record RequestedOutput(Optional<Boolean> binary, OptionalInt classification) {
  /** The output that models have. */
  static final String NAME = "logits";

  /** What a request that names no output gets: everything. */
  static final RequestedOutput ALL = new RequestedOutput(Optional.empty(), OptionalInt.empty());

  /**
   * Reads one from the object that the parser stands at.
   *
   * @throws ProblemException 400, if the model has no such output, or a parameter is not of its
   *     kind
   */
  static RequestedOutput read(JsonParser json) throws IOException {
    Reading reading = new Reading();
    Json.readFields(json, reading::field);
    if (!reading.name.equals(NAME)) {
      throw ProblemException.badRequest(
          "this model has no output '%s', only [%s]"
              .formatted(Parameters.abridged(reading.name), NAME));
    }
    return new RequestedOutput(reading.binary, reading.classification);
  }

  private static final class Reading {
    private String name = "";
    private Optional<Boolean> binary = Optional.empty();
    private OptionalInt classification = OptionalInt.empty();

    void field(String field, JsonParser json) throws IOException {
      if (json.currentToken() == JsonToken.VALUE_NULL) {
        return; // as if it were not there
      }
      switch (field) {
        case "name" -> name = InferRequest.text(field, json);
        case "parameters" -> InferRequest.parameters(json, this::parameter);
        default -> json.skipChildren();
      }
    }

    private void parameter(String parameter, JsonParser json) throws IOException {
      switch (parameter) {
        case "binary_data" -> binary = Optional.of(InferRequest.truth(parameter, json));
        case "classification" -> classification = OptionalInt.of(classes(json));
        default -> json.skipChildren();
      }
    }

    private static int classes(JsonParser json) throws IOException {
      if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
        // more than an int is more than there are, too, and any count above that is cut to it
        double given = json.getDoubleValue();
        if (given >= 1) {
          return (int) given;
        }
      }
      json.skipChildren();
      throw ProblemException.badRequest(
          "\"classification\" is how many of the best classes are wanted, a whole number of at least 1");
    }
  }
}
