package org.food4j.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.food4j.server.testing.Answered;
import org.food4j.server.testing.DrawnModel;
import org.food4j.server.testing.RawClient;
import org.food4j.server.testing.ServerSetup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the Open Inference Protocol makes of numbers that JSON does not have. */
@Timeout(60)
class FiniteNumbersTest {
  private static final int ROW = 3 * 16 * 16;

  @TempDir static Path folder;

  private static FoodServer server;

  @BeforeAll
  static void start() throws IOException {
    Path file = DrawnModel.small().withStrength(1e6).write(folder.resolve("food.onnx"));
    server = new ServerSetup().model("food", file).start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Two rows of raw numbers, the last of which is given; the others are 1. */
  private static Answered infer(float last, String outputs) throws IOException {
    String head =
        "{\"inputs\":[{\"name\":\"input\",\"datatype\":\"FP32\",\"shape\":[2,3,16,16],\"parameters\":{\"binary_data_size\":%d}}],\"outputs\":[{\"name\":\"logits\",\"parameters\":{%s}}]}"
            .formatted(2 * ROW * Float.BYTES, outputs);
    ByteBuffer raw = ByteBuffer.allocate(2 * ROW * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 1; i < 2 * ROW; i++) {
      raw.putFloat(1);
    }
    raw.putFloat(last);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    body.writeBytes(raw.array());
    return RawClient.ask(
        server.address(),
        "POST",
        "/v2/models/food/infer",
        Map.of("Inference-Header-Content-Length", Integer.toString(head.length())),
        body.toByteArray());
  }

  @Test
  void infer_rawNumbersThatAreNotFinite_areABadRequest() throws IOException {
    assertThat(infer(1, "").status()).isEqualTo(200);
    for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      Answered answer = infer(value, "\"binary_data\":true");
      assertThat(answer.status()).as("%s", value).isEqualTo(400);
      assertThat(answer.json().get("detail").asText()).contains("not finite", "" + value);
    }
  }

  /** A 256th of it times a million is no float32. */
  @Test
  void infer_logitsThatAreNotFinite_areToldRawAlone() throws IOException {
    for (String outputs : new String[] {"", "\"classification\":2"}) {
      Answered answer = infer(Float.MAX_VALUE, outputs);
      assertThat(answer.status()).as(answer.text()).isEqualTo(400);
      assertThat(answer.json().get("detail").asText()).contains("row 1", "not finite");
    }
    Answered raw = infer(Float.MAX_VALUE, "\"binary_data\":true");
    assertThat(raw.status()).isEqualTo(200);
    ByteBuffer logits =
        ByteBuffer.wrap(raw.body(), raw.body().length - 24, 24).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(logits.getFloat()).isEqualTo(1e6f + 0.25f);
    assertThat(logits.position(logits.limit() - 4).getFloat()).isInfinite();
  }
}
