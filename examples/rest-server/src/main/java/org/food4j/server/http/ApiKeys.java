package org.food4j.server.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import org.food4j.server.http.ProblemException.Problem;

/** Keys that requests must bring, if there are any. Immutable; keeps only their digests. */
public final class ApiKeys {
  /** Anybody may ask. */
  public static final ApiKeys NONE = new ApiKeys(List.of());

  private final List<byte[]> digests;

  private ApiKeys(List<byte[]> digests) {
    this.digests = digests;
  }

  /**
   * Reads a file of keys, one a line; empty lines and those that begin with {@code #} do not count.
   *
   * @throws IllegalArgumentException if there is none, or one is shorter than 16 characters or has
   *     others than visible ones of ASCII
   */
  public static ApiKeys read(Path file) throws IOException {
    List<String> keys =
        Files.readAllLines(file).stream()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .toList();
    if (keys.isEmpty() || keys.stream().anyMatch(key -> !key.matches("[!-~]{16,}"))) {
      throw new IllegalArgumentException(
          "%s: API keys stand one a line, 16 characters or more, without spaces and of ASCII alone, as headers can carry them"
              .formatted(file));
    }
    return new ApiKeys(keys.stream().map(ApiKeys::digest).toList());
  }

  /**
   * Checks a request's key: {@code Authorization: Bearer KEY} or {@code X-API-Key: KEY}.
   *
   * @throws ProblemException 401, if keys are needed and this is none of them
   */
  void check(Exchange exchange) {
    if (digests.isEmpty()) {
      return;
    }
    String given =
        exchange
            .header("X-API-Key")
            .or(
                () ->
                    exchange
                        .header("Authorization")
                        .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
                        .map(value -> value.substring(7).strip()))
            .orElse("");
    byte[] digest = digest(given);
    boolean known = false;
    for (byte[] one : digests) { // all of them, so that time tells nothing
      known |= MessageDigest.isEqual(one, digest);
    }
    if (!known) {
      throw new ProblemException(
          Problem.UNAUTHORIZED,
          "this server asks for a key: Authorization: Bearer KEY, or X-API-Key: KEY",
          Map.of("WWW-Authenticate", "Bearer"));
    }
  }

  private static byte[] digest(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
