package org.food4j.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.food4j.models.inference.OnnxClassifier;
import org.food4j.models.inference.RuntimeSettings;
import org.food4j.server.testing.Answered;
import org.food4j.server.testing.DrawnModel;
import org.food4j.server.testing.RawClient;
import org.food4j.server.testing.ServerSetup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class InferenceProtocolTest {
  private static final int ROW = 3 * 16 * 16;
  private static final String HEADER = "Inference-Header-Content-Length";

  @TempDir static Path folder;

  private static FoodServer server;
  private static URI address;
  private static OnnxClassifier floats;
  private static OnnxClassifier pixels;

  @BeforeAll
  static void start() throws IOException {
    Path one = DrawnModel.small().write(folder.resolve("floats.onnx"));
    Path other = DrawnModel.small().withPixels().write(folder.resolve("pixels.onnx"));
    floats = OnnxClassifier.open(one, RuntimeSettings.shared(1));
    pixels = OnnxClassifier.open(other, RuntimeSettings.shared(1));
    server = new ServerSetup().model("floats", one).model("pixels", other).start();
    address = server.address();
  }

  @AfterAll
  static void stop() {
    server.close();
    floats.close();
    pixels.close();
  }

  private static Answered infer(String model, String document) throws IOException {
    return RawClient.post(
        address,
        "/v2/models/" + model + "/infer",
        "application/json",
        document.getBytes(StandardCharsets.UTF_8));
  }

  private static String request(String type, String shape, String data) {
    return "{\"id\":\"my-7\",\"inputs\":[{\"name\":\"input\",\"datatype\":\"%s\",\"shape\":%s,\"data\":%s}]}"
        .formatted(type, shape, data);
  }

  private static float[] drawn(int rows) {
    Random random = new Random(3);
    float[] values = new float[rows * ROW];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat(-2, 2);
    }
    return values;
  }

  private static String list(float[] values) {
    return IntStream.range(0, values.length)
        .mapToObj(i -> Float.toString(values[i]))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static float[] data(JsonNode output) {
    float[] values = new float[output.get("data").size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = output.get("data").get(i).floatValue();
    }
    return values;
  }

  /** One row alone, so that the network computes what the server's batch of one does. */
  @Test
  void infer_flatList_isWhatTheNetworkComputes() throws IOException {
    float[] values = drawn(1);
    JsonNode answer = infer("floats", request("FP32", "[1,3,16,16]", list(values))).json();
    JsonNode output = answer.get("outputs").get(0);
    assertThat(answer.get("model_name").asText()).isEqualTo("floats");
    assertThat(answer.get("model_version").asText()).matches("[0-9a-f]{12}");
    assertThat(answer.get("id").asText()).isEqualTo("my-7");
    assertThat(output.get("name").asText()).isEqualTo("logits");
    assertThat(output.get("datatype").asText()).isEqualTo("FP32");
    assertThat(output.get("shape").toString()).isEqualTo("[1,3]");
    assertThat(data(output)).isEqualTo(floats.logits(values, 1));
  }

  @Test
  void infer_severalRows_areEachWhatTheNetworkComputes() throws IOException {
    float[] values = drawn(5);
    Answered answer = infer("floats", request("FP32", "[5,3,16,16]", list(values)));
    float[] logits = data(answer.json().get("outputs").get(0));
    for (int i = 0; i < 5; i++) {
      float[] row = Arrays.copyOfRange(values, i * ROW, (i + 1) * ROW);
      assertThat(Arrays.copyOfRange(logits, 3 * i, 3 * i + 3)).isEqualTo(floats.logits(row, 1));
    }
  }

  @Test
  void infer_nestedList_isTheSame() throws IOException {
    float[] values = drawn(1);
    StringBuilder nested = new StringBuilder("[[");
    for (int c = 0; c < 3; c++) {
      nested.append(c == 0 ? "[" : ",[");
      for (int y = 0; y < 16; y++) {
        int from = (c * 16 + y) * 16;
        nested.append(y == 0 ? "" : ",").append(list(Arrays.copyOfRange(values, from, from + 16)));
      }
      nested.append("]");
    }
    String document = request("FP32", "[1,3,16,16]", nested.append("]]").toString());
    assertThat(data(infer("floats", document).json().get("outputs").get(0)))
        .isEqualTo(floats.logits(values, 1));
  }

  @Test
  void infer_binaryInAndOut_isTheSame() throws IOException {
    float[] values = drawn(1);
    ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    Answered answer = binary("floats", "FP32", "[1,3,16,16]", raw.array(), raw.capacity());
    assertLogits(answer, floats.logits(values, 1));
  }

  @Test
  void infer_pixelsBinaryOrAsNumbers_areWhatTheNetworkComputes() throws IOException {
    byte[] levels = new byte[ROW];
    new Random(4).nextBytes(levels);
    float[] expected = pixels.pixelLogits(levels, 1);
    assertLogits(binary("pixels", "UINT8", "[1,16,16,3]", levels, ROW), expected);
    String list =
        IntStream.range(0, ROW)
            .mapToObj(i -> Integer.toString(levels[i] & 0xff))
            .collect(Collectors.joining(",", "[", "]"));
    JsonNode answer = infer("pixels", request("UINT8", "[1,16,16,3]", list)).json();
    assertThat(data(answer.get("outputs").get(0))).isEqualTo(expected);
  }

  private static Answered binary(String model, String type, String shape, byte[] raw, long said)
      throws IOException {
    byte[] document =
        ("{\"parameters\":{\"binary_data_output\":true},\"inputs\":[{\"name\":\"input\",\"datatype\":\""
                + type
                + "\",\"shape\":"
                + shape
                + ",\"parameters\":{\"binary_data_size\":"
                + said
                + "}}],\"outputs\":[{\"name\":\"logits\"}]}")
            .getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(document);
    body.writeBytes(raw);
    return RawClient.ask(
        address,
        "POST",
        "/v2/models/" + model + "/infer",
        Map.of(HEADER, Integer.toString(document.length)),
        body.toByteArray());
  }

  private static void assertLogits(Answered answer, float[] expected) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    int length =
        Integer.parseInt(answer.header(HEADER.toLowerCase(java.util.Locale.ROOT)).orElseThrow());
    assertThat(new String(answer.body(), 0, length, StandardCharsets.UTF_8))
        .contains("\"binary_data_size\":12")
        .endsWith("}");
    float[] logits = new float[3];
    ByteBuffer.wrap(answer.body(), length, answer.body().length - length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(logits);
    assertThat(answer.body()).hasSize(length + 12);
    assertThat(logits).isEqualTo(expected);
  }

  /**
   * A request of two rows that wants outputs, with a default of its own for binary ones or none.
   */
  private static String wanting(String outputs, String parameters) {
    return request("FP32", "[2,3,16,16]", list(drawn(2)))
        .replaceFirst("}$", ",\"outputs\":" + outputs + ",\"parameters\":" + parameters + "}");
  }

  @Test
  void infer_outputNamed_isAnsweredAndAnotherIsABadRequest() throws IOException {
    for (String all : List.of("[{\"name\":\"logits\"}]", "[]", "null")) {
      JsonNode outputs = infer("floats", wanting(all, "null")).json().get("outputs");
      assertThat(outputs).hasSize(1);
      assertThat(outputs.get(0).get("name").asText()).isEqualTo("logits");
      assertThat(outputs.get(0).get("data")).hasSize(6);
    }
    Answered unknown = infer("floats", wanting("[{\"name\":\"features\"}]", "{}"));
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.json().get("error").asText())
        .isEqualTo("this model has no output 'features', only [logits]")
        .isEqualTo(unknown.json().get("detail").asText());
    for (String bad :
        List.of(
            "7",
            "[7]",
            "[{}]",
            "[{\"name\":[]}]",
            "[{\"name\":\"logits\"},{\"name\":\"logits\"}]",
            "[{\"name\":\"logits\",\"parameters\":[]}]",
            "[{\"name\":\"logits\",\"parameters\":{\"binary_data\":\"yes\"}}]",
            "[{\"name\":\"logits\",\"parameters\":{\"binary_data\":1}}]")) {
      assertThat(infer("floats", wanting(bad, "{}")).status()).as(bad).isEqualTo(400);
    }
  }

  @Test
  void infer_outputsBinaryData_countsMoreThanTheRequests() throws IOException {
    for (String byDefault :
        List.of("{}", "{\"binary_data_output\":false}", "{\"binary_data_output\":true}")) {
      for (String own : List.of("", "\"binary_data\":true", "\"binary_data\":false")) {
        boolean expected = (own.isEmpty() ? byDefault : own).contains("true");
        Answered answer =
            infer(
                "floats",
                wanting("[{\"name\":\"logits\",\"parameters\":{" + own + "}}]", byDefault));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header(HEADER.toLowerCase(java.util.Locale.ROOT)).isPresent())
            .as(byDefault + own)
            .isEqualTo(expected);
      }
    }
    assertThat(infer("floats", wanting("[]", "{\"binary_data_output\":\"true\"}")).status())
        .isEqualTo(400);
  }

  private static String classification(String count, boolean binary) {
    return wanting(
        "[{\"name\":\"logits\",\"parameters\":{\"classification\":%s,\"binary_data\":%s}}]"
            .formatted(count, binary),
        "{}");
  }

  /** The classes of a row, the best first, as Triton writes them. */
  private static List<String> classes(float[] logits) {
    return IntStream.range(0, logits.length)
        .boxed()
        .sorted((a, b) -> Float.compare(logits[b], logits[a]))
        .map(
            i ->
                new java.math.BigDecimal(logits[i]).setScale(6, java.math.RoundingMode.HALF_UP)
                    + ":"
                    + i
                    + ":"
                    + DrawnModel.CLASSES.get(i))
        .toList();
  }

  @Test
  void infer_classification_isTheBestClassesOfEachRow() throws IOException {
    float[] values = drawn(2);
    List<String> first = classes(floats.logits(Arrays.copyOf(values, ROW), 1));
    List<String> second = classes(floats.logits(Arrays.copyOfRange(values, ROW, 2 * ROW), 1));
    for (int count : new int[] {1, 2, 3}) {
      List<String> expected = new java.util.ArrayList<>(first.subList(0, count));
      expected.addAll(second.subList(0, count));
      Answered answer = infer("floats", classification(Integer.toString(count), false));
      JsonNode output = answer.json().get("outputs").get(0);
      assertThat(output.get("datatype").asText()).isEqualTo("BYTES");
      assertThat(output.get("shape").toString()).isEqualTo("[2," + count + "]");
      assertThat(output.get("data")).extracting(JsonNode::asText).isEqualTo(expected);

      Answered raw = infer("floats", classification(Integer.toString(count), true));
      int length =
          Integer.parseInt(raw.header(HEADER.toLowerCase(java.util.Locale.ROOT)).orElseThrow());
      ByteBuffer bytes =
          ByteBuffer.wrap(raw.body(), length, raw.body().length - length)
              .order(ByteOrder.LITTLE_ENDIAN);
      assertThat(new String(raw.body(), 0, length, StandardCharsets.UTF_8))
          .contains("\"binary_data_size\":" + bytes.remaining());
      for (String text : expected) {
        byte[] one = new byte[bytes.getInt()];
        bytes.get(one);
        assertThat(new String(one, StandardCharsets.UTF_8)).isEqualTo(text);
      }
      assertThat(bytes.hasRemaining()).isFalse();
    }
  }

  @Test
  void infer_classificationOfMoreThanThereAre_isAllAndOfNoneABadRequest() throws IOException {
    for (String many : List.of("4", "2147483648", "99999999999999999999")) {
      JsonNode output = infer("floats", classification(many, false)).json().get("outputs").get(0);
      assertThat(output.get("shape").toString()).isEqualTo("[2,3]");
    }
    for (String bad : List.of("0", "-1", "1.5", "\"2\"", "[2]", "{}", "true")) {
      Answered answer = infer("floats", classification(bad, false));
      assertThat(answer.status()).as(bad).isEqualTo(400);
      assertThat(answer.json().get("error").asText()).contains("classification");
    }
  }

  @Test
  void infer_whatDoesNotFit_isABadRequest() throws IOException {
    String row = list(drawn(1));
    List<String> bad =
        List.of(
            "{}",
            "{\"inputs\":[]}",
            "{\"inputs\":7}",
            "{\"inputs\":[7]}",
            "{\"inputs\":[{}]}",
            "{\"inputs\":[{},{}]}",
            request("FP32", "[2,3,16,16]", row),
            request("FP32", "[1,3,16,17]", row),
            request("FP32", "[1,16,16,3]", row),
            request("FP32", "[0,3,16,16]", "[]"),
            request("FP32", "[-1,3,16,16]", row),
            request("FP32", "[4294967297,3,16,16]", row),
            request("FP32", "[99999999999999999999,3,16,16]", row),
            request("FP32", "[1,1,1,1,1,1,1,1,1,1]", row),
            request("FP32", "\"1\"", row),
            request("FP64", "[1,3,16,16]", row),
            request("UINT8", "[1,16,16,3]", row),
            request("FP32", "[1,3,16,16]", "[\"a\"]"),
            request("FP32", "[1,3,16,16]", "[null]"),
            request("FP32", "[1,3,16,16]", "{}"),
            request("FP32", "[1,3,16,16]", "[NaN]"),
            request("FP32", "[1,3,16,16]", row.replace("[", "[1e99,")),
            request("FP32", "[1,3,16,16]", "[".repeat(99)),
            request("FP32", "[1,3,16,16]", "[" + "0,".repeat(100_000) + "0]"),
            request("FP32", "[1,3,16,16]", row).replace("my-7", "i".repeat(201)),
            request("FP32", "[1,3,16,16]", row).replace("\"my-7\"", "[]"),
            request("FP32", "[1,3,16,16]", row).replace("\"input\"", "\"x\""));
    for (String document : bad) {
      Answered answer = infer("floats", document);
      assertThat(answer.status())
          .as(document.substring(0, Math.min(99, document.length())))
          .isEqualTo(400);
      assertThat(answer.json().get("detail").asText()).isNotBlank();
    }
    String levels = "[" + "256,".repeat(ROW - 1) + "0]";
    assertThat(infer("pixels", request("UINT8", "[1,16,16,3]", levels)).status()).isEqualTo(400);
    assertThat(
            infer("pixels", request("UINT8", "[1,16,16,3]", levels.replace("256", "0.5"))).status())
        .isEqualTo(400);
    byte[] raw = new byte[4 * ROW];
    for (long said : new long[] {-5, 0, 4 * ROW - 1, 4 * ROW + 1, Long.MAX_VALUE}) {
      assertThat(binary("floats", "FP32", "[1,3,16,16]", raw, said).status()).isEqualTo(400);
    }
    for (String length : List.of("x", "-1", "0", "1", "99999", "99999999999")) {
      byte[] body = request("FP32", "[1,3,16,16]", row).getBytes(StandardCharsets.UTF_8);
      assertThat(
              RawClient.ask(
                      address, "POST", "/v2/models/floats/infer", Map.of(HEADER, length), body)
                  .status())
          .isEqualTo(400);
    }
  }

  @Test
  void infer_idIsHalfASurrogatePair_isAnswered() throws IOException {
    String document = request("FP32", "[1,3,16,16]", list(drawn(1))).replace("my-7", "\\udf72");
    Answered answer = infer("floats", document);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("id").asText()).isEqualTo("?");
  }

  @Test
  void infer_moreRowsThanMayWait_isABadRequest() throws IOException {
    String zeros = "[" + "0,".repeat(65 * ROW - 1) + "0]";
    assertThat(infer("floats", request("FP32", "[65,3,16,16]", zeros)).status()).isEqualTo(400);
    String most = "[" + "0,".repeat(64 * ROW - 1) + "0]";
    JsonNode answer = infer("floats", request("FP32", "[64,3,16,16]", most)).json();
    assertThat(answer.get("outputs").get(0).get("shape").toString()).isEqualTo("[64,3]");
  }

  @Test
  void documents_tellWhatClientsNeed() throws IOException {
    assertThat(RawClient.get(address, "/v2/health/live").status()).isEqualTo(200);
    assertThat(RawClient.get(address, "/v2/health/ready").status()).isEqualTo(200);
    JsonNode about = RawClient.get(address, "/v2").json();
    assertThat(about.get("name").asText()).isEqualTo("food4j");
    assertThat(about.get("extensions").toString())
        .isEqualTo("[\"binary_tensor_data\",\"classification\"]");
    JsonNode model = RawClient.get(address, "/v2/models/pixels").json();
    assertThat(model.get("inputs").toString())
        .isEqualTo("[{\"name\":\"input\",\"datatype\":\"UINT8\",\"shape\":[-1,16,16,3]}]");
    assertThat(model.get("outputs").toString())
        .isEqualTo("[{\"name\":\"logits\",\"datatype\":\"FP32\",\"shape\":[-1,3]}]");
    String version = model.get("versions").get(0).asText();
    String path = "/v2/models/pixels/versions/" + version;
    assertThat(RawClient.get(address, path).json()).isEqualTo(model);
    assertThat(RawClient.get(address, path + "/ready").status()).isEqualTo(200);
    assertThat(RawClient.get(address, "/v2/models/pixels/ready").status()).isEqualTo(200);
    for (String missing :
        List.of("cars", "cars/ready", "pixels/versions/1", "pixels/versions/1/ready", "pixels/x")) {
      assertThat(RawClient.get(address, "/v2/models/" + missing).status()).isEqualTo(404);
    }
    assertThat(infer("pixels/versions/1", "{}").status()).isEqualTo(404);
    assertThat(infer("cars", "{}").status()).isEqualTo(404);
  }
}
