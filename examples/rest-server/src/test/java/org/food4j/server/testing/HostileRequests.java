package org.food4j.server.testing;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;

/** Requests that no honest client sends; the same ones for the same seed. */
public final class HostileRequests {
  private static final byte[] JPEG = DrawnPhoto.jpeg(64, 48, Color.RED, 9);
  private static final byte[] PNG = DrawnPhoto.png(64, 48, Color.GREEN, 9);
  private static final String POST = "POST /predict HTTP/1.1\r\nHost: localhost\r\n";

  /** Something a client sends. */
  @FunctionalInterface
  private interface Kind {
    byte[] draw(Random random);
  }

  /**
   * A request.
   *
   * @param kind its name
   * @param mayBeFine whether what chance made of it may be a good request still
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Hostile(String kind, byte[] bytes, boolean mayBeFine) {}

  private record Named(String name, boolean mayBeFine, Kind kind) {}

  private static final List<Named> KINDS =
      List.of(
          new Named("form of changed bytes", true, HostileRequests::changedForm),
          new Named("form cut off", false, HostileRequests::cutForm),
          new Named("form of many parts", false, HostileRequests::manyParts),
          new Named("photo cut off", true, HostileRequests::cutPhoto),
          new Named("photo of changed bytes", true, HostileRequests::changedPhoto),
          new Named("photo said to be huge", false, HostileRequests::hugePhoto),
          new Named("noise as a photo", false, r -> predict("image/jpeg", noise(r, 5000))),
          new Named("other media types", false, HostileRequests::otherType),
          new Named("deep JSON", false, HostileRequests::deepJson),
          new Named("JSON of many nodes", false, HostileRequests::manyNodes),
          new Named("JSON of wrong types", false, HostileRequests::wrongTypes),
          new Named("JSON of changed bytes", true, HostileRequests::changedJson),
          new Named("tensors that do not fit", false, HostileRequests::tensors),
          new Named("paths to elsewhere", false, HostileRequests::paths),
          new Named("queries", true, HostileRequests::queries),
          new Named("no HTTP", false, HostileRequests::noHttp),
          new Named("absurd headers", false, HostileRequests::headers),
          new Named("bad chunks", false, HostileRequests::chunks),
          new Named("two requests in one", false, HostileRequests::smuggled));

  private HostileRequests() {}

  /** The names of all kinds. */
  public static List<String> kinds() {
    return KINDS.stream().map(Named::name).toList();
  }

  /** One of them; every kind has its turn. */
  public static Hostile draw(int number) {
    Named named = KINDS.get(number % KINDS.size());
    return new Hostile(named.name, named.kind.draw(new Random(1000L + number)), named.mayBeFine);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }

  private static byte[] noise(Random random, int most) {
    byte[] bytes = new byte[1 + random.nextInt(most)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static <T> T one(Random random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private static byte[] changed(Random random, byte[] bytes, int from, int most) {
    byte[] copy = bytes.clone();
    for (int i = 1 + random.nextInt(most); i > 0; i--) {
      copy[from + random.nextInt(copy.length - from)] = (byte) random.nextInt(256);
    }
    return copy;
  }

  private static byte[] predict(String type, byte[] body) {
    return RawClient.request("POST", "/predict", Map.of("Content-Type", type), body);
  }

  private static byte[] form(String name, byte[] photo) {
    return joined(
        ascii("--cut\r\nContent-Disposition: form-data; name=\"image\"; filename=\"" + name),
        ascii("\"\r\nContent-Type: image/jpeg\r\n\r\n"),
        photo,
        ascii("\r\n--cut--\r\n"));
  }

  private static byte[] changedForm(Random random) {
    byte[] form = form("../../../etc/passwd", JPEG);
    byte[] head = changed(random, Arrays.copyOf(form, 110), 0, 6);
    String boundary =
        one(
            random,
            List.of("cut", "cut", "cut", "\"cut", "", "c".repeat(2000), "\u00e4", "--", "\"\""));
    return predict(
        "multipart/form-data; boundary=" + boundary,
        joined(head, Arrays.copyOfRange(form, 110, form.length)));
  }

  private static byte[] cutForm(Random random) {
    byte[] form = form("dinner.jpg", JPEG);
    return predict(
        "multipart/form-data; boundary=cut", Arrays.copyOf(form, random.nextInt(form.length - 9)));
  }

  private static byte[] manyParts(Random random) {
    String part =
        one(
            random,
            List.of(
                "--cut\r\n\r\n\r\n",
                "--cut\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n",
                "--cut\r\nA: b\r\n",
                "--cut\r\n" + "H: v\r\n".repeat(500) + "\r\n\r\n"));
    return predict(
        "multipart/form-data; boundary=cut",
        ascii(part.repeat(129 + random.nextInt(500)) + "--cut--\r\n"));
  }

  private static byte[] cutPhoto(Random random) {
    byte[] photo = random.nextBoolean() ? JPEG : PNG;
    return predict("image/jpeg", Arrays.copyOf(photo, 1 + random.nextInt(photo.length - 1)));
  }

  private static byte[] changedPhoto(Random random) {
    return predict("image/jpeg", changed(random, random.nextBoolean() ? JPEG : PNG, 2, 20));
  }

  private static byte[] hugePhoto(Random random) {
    int side = one(random, List.of(30_000, 65_535));
    byte[] photo =
        switch (random.nextInt(4)) {
          case 0 -> hugePng(random.nextBoolean() ? side : Integer.MAX_VALUE, side);
          case 1 -> hugeJpeg(side);
          case 2 -> joined(ascii("GIF89a"), new byte[] {-1, -1, -1, -1, (byte) 0x80, 0, 0}, JPEG);
          default ->
              joined(
                  ascii("BM"),
                  ByteBuffer.allocate(52)
                      .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                      .putInt(100)
                      .putInt(0)
                      .putInt(54)
                      .putInt(40)
                      .putInt(side)
                      .putInt(side)
                      .putShort((short) 1)
                      .putShort((short) 24)
                      .array(),
                  new byte[200]);
        };
    return random.nextBoolean()
        ? predict("image/png", photo)
        : predict("multipart/form-data; boundary=cut", form("huge", photo));
  }

  private static byte[] hugePng(int width, int height) {
    ByteBuffer header = ByteBuffer.wrap(PNG.clone());
    header.putInt(16, width).putInt(20, height);
    CRC32 sum = new CRC32();
    sum.update(header.array(), 12, 17);
    header.putInt(29, (int) sum.getValue());
    return header.array();
  }

  private static byte[] hugeJpeg(int side) {
    byte[] photo = JPEG.clone();
    for (int i = 0; i < photo.length - 9; i++) {
      if (photo[i] == -1 && photo[i + 1] == (byte) 0xc0) {
        ByteBuffer.wrap(photo).putShort(i + 5, (short) side).putShort(i + 7, (short) side);
        break;
      }
    }
    return photo;
  }

  private static byte[] otherType(Random random) {
    String type =
        one(
            random,
            List.of(
                "text/html",
                "application/xml",
                "video/mp4",
                "a",
                "/",
                "text/plain; charset=x",
                "application/json; charset=utf-16",
                "multipart/form-data",
                "multipart/form-data; boundary",
                "multipart/mixed; boundary=cut",
                "\u00ff/\u00fe"));
    return predict(type, noise(random, 2000));
  }

  private static byte[] deepJson(Random random) {
    String open =
        one(random, List.of("[", "{\"a\":", "{\"image\":[", "{\"images\":[[", "[{\"x\":"));
    return json(random, open.repeat(1 + random.nextInt(20_000)));
  }

  private static byte[] manyNodes(Random random) {
    StringBuilder text = new StringBuilder("{");
    int nodes = 1000 + random.nextInt(60_000);
    boolean names = random.nextBoolean();
    for (int i = 0; i < nodes; i++) {
      text.append(names ? "\"n" + i + "\":" + i + "," : "\"top\":[{},[],{}],");
    }
    return json(random, text.append("\"image\":[7]}").toString());
  }

  private static byte[] json(Random random, String text) {
    String path =
        one(random, List.of("/predict", "/predict/batch", "/explain", "/v2/models/food/infer"));
    return RawClient.request("POST", path, Map.of("Content-Type", "application/json"), ascii(text));
  }

  private static byte[] wrongTypes(Random random) {
    List<String> values =
        List.of("7", "null", "[]", "{}", "\"\"", "\"*\"", "true", "1e9", "[[]]", "\"data:\"");
    String text =
        "{\"%s\":%s,\"%s\":%s}"
            .formatted(
                one(random, List.of("image", "images", "inputs", "model", "id")),
                one(random, values),
                one(random, List.of("image", "images", "inputs", "top", "outputs")),
                one(random, values));
    return json(random, text);
  }

  private static byte[] changedJson(Random random) {
    String text =
        "{\"image\":\"" + java.util.Base64.getEncoder().encodeToString(JPEG) + "\",\"top\":3}";
    byte[] bytes = changed(random, ascii(text), 0, 4);
    return predict("application/json", bytes);
  }

  private static byte[] tensors(Random random) {
    String numbers = one(random, List.of("1", "-1", "0", "99999999999", "3", "16", "1.5", "\"1\""));
    String shape = one(random, List.of("[1,3,16,16]", "[" + numbers + ",3,16,16]", "[]", numbers));
    String type = one(random, List.of("FP32", "UINT8", "BYTES", "", "\\ud800"));
    String data = one(random, List.of("[]", "[1e999]", "[[[[1]]]]", "{}", "[\"x\"]", "7", "[1,]"));
    String text =
        "{\"inputs\":[{\"name\":\"input\",\"datatype\":\"%s\",\"shape\":%s,\"data\":%s}]}"
            .formatted(type, shape, data);
    String length =
        one(random, List.of("-1", "0", "5", "1000000", "x", Integer.toString(text.length())));
    return RawClient.request(
        "POST",
        "/v2/models/food/infer",
        Map.of("Inference-Header-Content-Length", length),
        ascii(text));
  }

  private static byte[] paths(Random random) {
    String up =
        one(random, List.of("../", "..%2f", "%2e%2e/", "..;/", "..\\", "%252e%252e/", "./", "//"));
    String path =
        one(random, List.of("/", "/predict/", "/v2/models/", "/v2/models/food/versions/", "/%00/"))
            + up.repeat(1 + random.nextInt(5))
            + one(random, List.of("etc/passwd", "food.onnx", "WEB-INF/web.xml", "%ff", "infer"));
    return RawClient.request(
        one(random, List.of("GET", "POST", "HEAD", "DELETE", "TRACE")),
        path,
        Map.of(),
        new byte[0]);
  }

  private static byte[] queries(Random random) {
    String query =
        one(
            random,
            List.of(
                "top=-1",
                "top=9999999999",
                "top=%zz",
                "model=../../food",
                "model=%00",
                "model=%ff%fe",
                "&&&&=&",
                "top=1&top=x",
                "model=" + "m".repeat(5000),
                "top=",
                "label=%",
                "=",
                "?"));
    return RawClient.request("POST", "/predict?" + query, Map.of(), JPEG);
  }

  private static byte[] noHttp(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> noise(random, 3000);
      case 1 ->
          ascii("GET / HTTP/" + one(random, List.of("0.9", "9.9", "2.0", "x", "")) + "\r\n\r\n");
      case 2 -> ascii("GET /models HTTP/1.1\r\n\r\n");
      case 3 -> ascii("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003");
      case 4 -> ascii("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
      default -> ascii("GET " + "/a".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    };
  }

  private static byte[] headers(Random random) {
    String header =
        one(
            random,
            List.of(
                "Content-Length: -1",
                "Content-Length: 99999999999999999999",
                "Content-Length: 0x10",
                "Content-Length: 2000000000",
                "Content-Length: 5, 6",
                "X: " + "y".repeat(20_000),
                "X: y\r\n".repeat(5000) + "X: y",
                "No colon",
                ": no name",
                "Na me: x",
                "X: a\u0000b",
                "Host: y",
                "Expect: the-unexpected",
                "Transfer-Encoding: gzip",
                "Content-Encoding: gzip\r\nContent-Length: 9",
                "Content-Type: multipart/form-data; boundary=" + "b".repeat(9000)));
    return ascii(POST + header + "\r\n\r\n");
  }

  private static byte[] chunks(Random random) {
    String body =
        one(
            random,
            List.of(
                "zz\r\nabc\r\n",
                "-1\r\n",
                "5\r\nab",
                "ffffffffffffffff\r\nabc",
                "3\r\nabcd\r\n0\r\n\r\n",
                "3\nabc\n0\n\n",
                "1;" + "x".repeat(30_000) + "\r\na\r\n",
                "\r\n\r\n",
                "7fffffff\r\nabc",
                "3\r\nabc\r\n0\r\nBad Trailer\r\n\r\n",
                "0x3\r\nabc\r\n0\r\n\r\n"));
    return ascii(POST + "Transfer-Encoding: chunked\r\n\r\n" + body);
  }

  private static byte[] smuggled(Random random) {
    String inner = "GET /models HTTP/1.1\r\nHost: localhost\r\n\r\n";
    String both =
        one(
            random,
            List.of(
                "Content-Length: 4\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: " + (inner.length() + 5),
                "Content-Length: 0\r\nContent-Length: " + inner.length(),
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding : chunked",
                " Transfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                "Content-Length: +0",
                "Content-Length:\u000b0"));
    return ascii(POST + both + "\r\n\r\n0\r\n\r\n" + inner);
  }
}
