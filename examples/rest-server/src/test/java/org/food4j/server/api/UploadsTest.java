package org.food4j.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.food4j.server.http.ProblemException;
import org.junit.jupiter.api.Test;

/** Photos in JSON objects. */
class UploadsTest {
  private static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    new Random(5).nextBytes(bytes);
    return bytes;
  }

  private static byte[] document(String format, Object... values) {
    return format.formatted(values).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] photo(byte[] document) {
    return Uploads.json(document, 1).photos().get(0);
  }

  /** What the current thread takes from the heap meanwhile, garbage and all. */
  private static long allocated(Runnable work) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    work.run();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  /** The server counts the bodies of requests, and little more may come of them. */
  @Test
  void json_largePhotos_takeNoMoreMemoryThanTheirBodyHas() {
    String base64 = Base64.getEncoder().encodeToString(noise(3 << 20));
    List<byte[]> plain =
        List.of(
            document("{\"image\":\"%s\"}", base64),
            document("{\"images\":[\"data:image/jpeg;base64,%s\"]}", base64));
    for (byte[] body : plain) {
      assertThat(photo(body)).isEqualTo(noise(3 << 20));
      assertThat(allocated(() -> photo(body))).isLessThan(body.length);
    }
    byte[] escaped = document("{\"image\":\"%s\"}", base64.replace("/", "\\/"));
    assertThat(photo(escaped)).isEqualTo(noise(3 << 20));
    assertThat(allocated(() -> photo(escaped))).isLessThan(2L * escaped.length);
  }

  /** Nor does a text that is no photo. */
  @Test
  void json_largeTexts_takeNoMemory() {
    String large = "x".repeat(4 << 20);
    for (String field : List.of("model", "top", "label")) {
      byte[] body = document("{\"%s\":\"%s\"}", field, large);
      assertThat(allocated(() -> assertRefused(body, "more than"))).isLessThan(1 << 20);
    }
    byte[] unknown = document("{\"note\":\"%s\",\"image\":\"QUJD\"}", large);
    assertThat(allocated(() -> photo(unknown))).isLessThan(1 << 20);
  }

  private static void assertRefused(byte[] body, String reason) {
    assertThatThrownBy(() -> Uploads.json(body, 1))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void json_escapesOfAnyWriter_areUndone() {
    String base64 = Base64.getEncoder().encodeToString(noise(1000));
    String lines = Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(noise(1000));
    assertThat(base64).contains("+", "/", "=");
    for (String text :
        List.of(
            base64.replace("/", "\\/"),
            base64.replace("+", "\\u002B").replace("=", "\\u003d"),
            lines.replace("\n", "\\n"),
            lines.replace("\n", "\\r\\n\\t"),
            lines.replace("\n", "\\u000a\\u00e9"),
            "data:image\\/jpeg;base64," + base64.replace("/", "\\/"),
            "data:," + base64,
            base64.replace("=", ""))) {
      assertThat(photo(document("{\"image\" : \"%s\"}", text))).as(text).isEqualTo(noise(1000));
    }
    assertThat(photo(document("\ufeff{\"é\":\"𝄞→é\",\"image\":\"QUJD\"}")))
        .isEqualTo(document("ABC"));
    assertThat(Uploads.json(document("{\"images\":[\"QQ==\",\"Qg==\"],\"x\":1}"), 2).photos())
        .containsExactly(document("A"), document("B"));
  }

  @Test
  void json_damagedStrings_areRefused() {
    for (String text : List.of("QUJD", "QUJD\\", "QUJD\\\"", "QUJD\\\"}", "\\u00")) {
      assertRefused(document("{\"image\":\"%s", text), "JSON");
    }
    assertRefused(document("{\"image\":\"\\u00\"}"), "JSON");
    assertRefused(document("{\"image\":\"QUJD\\x\"}"), "JSON");
    assertRefused(document("{\"image\":\"Q\"}"), "Base64");
  }

  @Test
  void json_otherEncodings_areRefused() {
    assertRefused("{\"é\":1}".getBytes(StandardCharsets.ISO_8859_1), "UTF-8");
    for (String name : List.of("UTF-16LE", "UTF-16BE", "UTF-32BE")) {
      byte[] body = "{\"image\":\"QUJD\"}".getBytes(Charset.forName(name));
      assertThatThrownBy(() -> photo(body))
          .as(name.toLowerCase(Locale.ROOT))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("JSON");
    }
  }
}
