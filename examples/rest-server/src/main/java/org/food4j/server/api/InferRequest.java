package org.food4j.server.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.food4j.server.http.Json;
import org.food4j.server.http.ProblemException;
import org.food4j.server.model.Row;

/**
 * A request of the Open Inference Protocol. Its tensor lies in the JSON object ({@code data}, flat
 * or nested), or behind it as raw little-endian numbers ({@code binary_data_size}).
 *
 * @param id the client's own name for it, empty if it has none
 * @param rows at least one
 * @param output what of the model is wanted
 * @param binary whether the answer's values go behind the JSON object, too
 */
record InferRequest(String id, List<Row> rows, RequestedOutput output, boolean binary) {
  /** Tells how long the JSON object is that raw numbers follow. */
  static final String HEADER_LENGTH = "Inference-Header-Content-Length";

  private static final int MOST_ID = 200;

  /** As many as an array takes. */
  private static final int MOST_NUMBERS = Integer.MAX_VALUE - 8;

  /** Reads a request. */
  static InferRequest read(
      byte[] body, Optional<String> headerLength, TensorForm form, int mostRows) {
    int length = headerLength.map(text -> length(text, body.length)).orElse(body.length);
    Reading reading = new Reading(form, mostRows);
    Json.readObject(
        length == body.length ? body : Arrays.copyOf(body, length), reading::requestField);
    return reading.request(ByteBuffer.wrap(body, length, body.length - length).slice());
  }

  private static int length(String text, int most) {
    try {
      int length = Integer.parseInt(text.strip());
      if (length >= 2 && length <= most) {
        return length;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw ProblemException.badRequest(
        "%s is from 2 to the body's %d bytes, not '%s'"
            .formatted(HEADER_LENGTH, most, Parameters.abridged(text)));
  }

  /** A short text. */
  static String text(String field, JsonParser json) throws IOException {
    if (!json.currentToken().isScalarValue() || json.getTextLength() > MOST_ID) {
      throw ProblemException.badRequest(
          "\"%s\" is to be a text of at most %d characters".formatted(field, MOST_ID));
    }
    return json.getText();
  }

  /** Yes or no, as JSON has it. */
  static boolean truth(String field, JsonParser json) {
    if (!json.currentToken().isBoolean()) {
      throw ProblemException.badRequest("\"%s\" is true or false".formatted(field));
    }
    return json.currentToken() == JsonToken.VALUE_TRUE;
  }

  /** An object of parameters; those that are null are not given. */
  static void parameters(JsonParser json, Json.FieldReader reader) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw ProblemException.badRequest("\"parameters\" is to be an object");
    }
    Json.readFields(
        json,
        (parameter, value) -> {
          if (value.currentToken() != JsonToken.VALUE_NULL) {
            reader.read(parameter, value);
          }
        });
  }

  /** One request, field by field. */
  private static final class Reading {
    private final TensorForm form;
    private final int mostRows;
    private String id = "";
    private boolean binaryOutput;
    private Optional<RequestedOutput> output = Optional.empty();
    private int inputs;
    private String name = "";
    private String datatype = "";
    private long[] shape = {};
    private long binarySize = -1;
    private float[] data = {};
    private int count;

    Reading(TensorForm form, int mostRows) {
      this.form = form;
      this.mostRows = mostRows;
    }

    void requestField(String field, JsonParser json) throws IOException {
      if (json.currentToken() == JsonToken.VALUE_NULL) {
        return; // as if it were not there
      }
      switch (field) {
        case "id" -> id = text(field, json);
        case "parameters" -> parameters(json, this::requestParameter);
        case "inputs" -> objects(field, json, this::input);
        case "outputs" -> objects(field, json, this::output);
        default -> json.skipChildren();
      }
    }

    /** Reads an object that the parser stands at. */
    private interface ObjectReader {
      void read(JsonParser json) throws IOException;
    }

    private static void objects(String field, JsonParser json, ObjectReader reader)
        throws IOException {
      if (json.currentToken() != JsonToken.START_ARRAY) {
        throw ProblemException.badRequest("\"%s\" is to be a list".formatted(field));
      }
      while (json.nextToken() != JsonToken.END_ARRAY) {
        if (json.currentToken() != JsonToken.START_OBJECT) {
          throw ProblemException.badRequest("\"%s\" is to hold objects".formatted(field));
        }
        reader.read(json);
      }
    }

    private void input(JsonParser json) throws IOException {
      if (++inputs > 1) {
        throw ProblemException.badRequest("this model has one input");
      }
      Json.readFields(json, this::inputField);
    }

    private void output(JsonParser json) throws IOException {
      RequestedOutput wanted = RequestedOutput.read(json);
      if (output.isPresent()) {
        throw ProblemException.badRequest(
            "\"outputs\" names '%s' twice: once is enough".formatted(RequestedOutput.NAME));
      }
      output = Optional.of(wanted);
    }

    private void inputField(String field, JsonParser json) throws IOException {
      if (json.currentToken() == JsonToken.VALUE_NULL) {
        return;
      }
      switch (field) {
        case "name" -> name = text(field, json);
        case "datatype" -> datatype = text(field, json);
        case "shape" -> shape = shape(json);
        case "data" -> numbers(json);
        case "parameters" -> parameters(json, this::inputParameter);
        default -> json.skipChildren();
      }
    }

    private void requestParameter(String parameter, JsonParser json) throws IOException {
      if (parameter.equals("binary_data_output")) {
        binaryOutput = truth(parameter, json);
      } else {
        json.skipChildren();
      }
    }

    private void inputParameter(String parameter, JsonParser json) throws IOException {
      if (parameter.equals("binary_data_size")) {
        binarySize = json.getValueAsLong(-1);
      } else {
        json.skipChildren();
      }
    }

    private static long[] shape(JsonParser json) throws IOException {
      List<Long> sizes = new ArrayList<>();
      boolean list = json.currentToken() == JsonToken.START_ARRAY;
      while (list && json.nextToken() == JsonToken.VALUE_NUMBER_INT && sizes.size() < 8) {
        sizes.add(json.getLongValue());
      }
      if (!list || json.currentToken() != JsonToken.END_ARRAY) {
        throw ProblemException.badRequest("\"shape\" is to be a list of a few whole numbers");
      }
      return sizes.stream().mapToLong(Long::longValue).toArray();
    }

    /** Numbers in lists, however nested: their order is what counts. */
    private void numbers(JsonParser json) throws IOException {
      int most = (int) Math.min((long) mostRows * form.numbersPerRow(), MOST_NUMBERS);
      int depth = 0;
      do {
        switch (json.currentToken()) {
          case START_ARRAY -> depth++;
          case END_ARRAY -> depth--;
          case VALUE_NUMBER_FLOAT, VALUE_NUMBER_INT -> {
            if (count == most) {
              throw ProblemException.badRequest(
                  "\"data\" has more than %d numbers".formatted(most));
            }
            if (count == data.length) {
              data = Arrays.copyOf(data, room(most));
            }
            float value = json.getFloatValue();
            if (!Float.isFinite(value)) {
              throw ProblemException.badRequest("\"data\" has a number that is no float32");
            }
            data[count++] = value;
          }
          default -> throw ProblemException.badRequest("\"data\" is to hold numbers");
        }
      } while (depth > 0 && json.nextToken() != null);
    }

    /** Memory follows what has come. */
    private int room(int most) {
      return (int) Math.min(most, Math.max(form.numbersPerRow(), 2L * count));
    }

    InferRequest request(ByteBuffer raw) {
      if (inputs == 0) {
        throw ProblemException.badRequest("the request has no \"inputs\"");
      }
      int rows = form.requireFit(name, datatype, shape, mostRows);
      boolean binary = binarySize >= 0;
      long expected = (long) rows * (binary ? form.bytesPerRow() : form.numbersPerRow());
      long found = binary ? Math.min(binarySize, raw.remaining()) : count;
      if (found != expected || binary && binarySize != raw.remaining()) {
        throw ProblemException.badRequest(
            "the tensor's shape asks for %d %s, and there are %d"
                .formatted(
                    expected, binary ? "bytes" : "numbers", binary ? raw.remaining() : found));
      }
      List<Row> made = new ArrayList<>();
      for (int i = 0; i < rows; i++) {
        made.add(binary ? raw(raw, i) : row(i));
      }
      RequestedOutput wanted = output.orElse(RequestedOutput.ALL);
      return new InferRequest(id, made, wanted, wanted.binary().orElse(binaryOutput));
    }

    private Row raw(ByteBuffer raw, int index) {
      ByteBuffer part =
          raw.slice(index * form.bytesPerRow(), form.bytesPerRow()).order(ByteOrder.LITTLE_ENDIAN);
      if (form.pixels()) {
        byte[] pixels = new byte[form.numbersPerRow()];
        part.get(pixels);
        return Row.of(pixels);
      }
      float[] floats = new float[form.numbersPerRow()];
      part.asFloatBuffer().get(floats);
      for (float value : floats) {
        if (!Float.isFinite(value)) {
          throw ProblemException.badRequest(
              "the raw numbers have one that is not finite: " + value);
        }
      }
      return Row.of(floats);
    }

    private Row row(int index) {
      int from = index * form.numbersPerRow();
      if (!form.pixels()) {
        return Row.of(Arrays.copyOfRange(data, from, from + form.numbersPerRow()));
      }
      byte[] pixels = new byte[form.numbersPerRow()];
      for (int i = 0; i < pixels.length; i++) {
        float level = data[from + i];
        if (!(level >= 0 && level <= 255) || level != Math.rint(level)) {
          throw ProblemException.badRequest("a pixel is from 0 to 255, not " + level);
        }
        pixels[i] = (byte) (int) level;
      }
      return Row.of(pixels);
    }
  }
}
