package org.food4j.server.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Arrays;
import org.food4j.server.http.ProblemException;
import org.food4j.server.model.ServedModel;

/**
 * The input of a served model, as the Open Inference Protocol describes tensors.
 *
 * @param pixels whether it is UINT8 {@code [batch, size, size, 3]}, not FP32 {@code [batch, 3,
 *     size, size]}
 */
record TensorForm(boolean pixels, int size) {
  static final String NAME = "input";

  static TensorForm of(ServedModel model) {
    return new TensorForm(model.takesPixels(), model.card().preprocessing().inputSize());
  }

  String datatype() {
    return pixels ? "UINT8" : "FP32";
  }

  long[] shape(long batch) {
    return pixels ? new long[] {batch, size, size, 3} : new long[] {batch, 3, size, size};
  }

  int numbersPerRow() {
    return 3 * size * size;
  }

  int bytesPerRow() {
    return numbersPerRow() * (pixels ? 1 : Float.BYTES);
  }

  void write(JsonGenerator json, long batch) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", NAME);
    json.writeStringField("datatype", datatype());
    json.writeFieldName("shape");
    json.writeArray(shape(batch), 0, 4);
    json.writeEndObject();
  }

  /**
   * Checks a tensor that a request describes.
   *
   * @return how many rows it has
   */
  int requireFit(String name, String datatype, long[] shape, int mostRows) {
    boolean fits =
        name.equals(NAME)
            && datatype.equals(datatype())
            && shape.length == 4
            && Arrays.equals(shape, 1, 4, shape(1), 1, 4);
    if (!fits || shape[0] < 1 || shape[0] > mostRows) {
      throw ProblemException.badRequest(
          "this model takes the tensor '%s', %s %s with a batch from 1 to %d, not '%s', %s %s"
              .formatted(
                  NAME,
                  datatype(),
                  Arrays.toString(shape(-1)),
                  mostRows,
                  Parameters.abridged(name),
                  Parameters.abridged(datatype),
                  Parameters.abridged(Arrays.toString(shape))));
    }
    return (int) shape[0];
  }
}
