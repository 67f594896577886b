package org.food4j.server.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.food4j.data.file.Sha256;
import org.food4j.server.http.Endpoint;
import org.food4j.server.http.Exchange;
import org.food4j.server.http.Routes;

/**
 * What browsers are shown: the page, and the description of the interface. Anybody may fetch these:
 * the page itself asks for the key, where the server wants one. Browsers ask each time whether they
 * have the current version (RFC 9110, section 13), which costs no bytes.
 */
final class Pages {
  /**
   * The page runs its own scripts and styles alone, asks this server alone, and no other site can
   * frame it; pictures are also what the visitor chose (blob:). Nothing is ever parsed as HTML.
   */
  private static final String POLICY =
      String.join(
          "; ",
          "default-src 'none'",
          "script-src 'self'",
          "style-src 'self'",
          "img-src 'self' blob:",
          "connect-src 'self'",
          "base-uri 'none'",
          "form-action 'none'",
          "frame-ancestors 'none'",
          "require-trusted-types-for 'script'",
          "trusted-types 'none'");

  private static final String SCRIPT = "text/javascript; charset=utf-8";

  private record Page(String resource, String mediaType) {}

  private Pages() {}

  /**
   * Adds them.
   *
   * @param mostBytes of a request's body, which the page keeps to
   * @param mostPixels of a photo, likewise
   */
  static void addTo(Routes routes, int mostBytes, int mostPixels) {
    Map<String, String> settings =
        Map.of(
            "{{most-bytes}}", Integer.toString(mostBytes),
            "{{most-pixels}}", Integer.toString(mostPixels));
    pages()
        .forEach(
            (path, page) -> {
              byte[] content = read(page.resource);
              if (page.mediaType.startsWith("text/html")) {
                content = filled(content, settings);
              }
              routes.open("GET", path, endpoint(page.mediaType, content));
            });
  }

  /** By path. */
  private static Map<String, Page> pages() {
    Map<String, Page> pages = new LinkedHashMap<>();
    pages.put("/openapi.json", new Page("openapi.json", "application/json"));
    pages.put("/", new Page("page/index.html", "text/html; charset=utf-8"));
    pages.put("/app.css", new Page("page/app.css", "text/css; charset=utf-8"));
    pages.put("/app.js", new Page("page/app.js", SCRIPT));
    for (String module :
        new String[] {"camera", "history", "intake", "photos", "problems", "results", "server"}) {
      pages.put("/page/" + module + ".js", new Page("page/" + module + ".js", SCRIPT));
    }
    pages.put("/docs", new Page("docs.html", "text/html; charset=utf-8"));
    pages.put("/docs.css", new Page("docs.css", "text/css; charset=utf-8"));
    pages.put("/docs.js", new Page("docs.js", SCRIPT));
    pages.put("/favicon.svg", new Page("page/favicon.svg", "image/svg+xml"));
    return pages;
  }

  /** Where they are. */
  static Set<String> paths() {
    return pages().keySet();
  }

  private static byte[] filled(byte[] content, Map<String, String> settings) {
    String text = new String(content, StandardCharsets.UTF_8);
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      text = text.replace(setting.getKey(), setting.getValue());
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Endpoint endpoint(String mediaType, byte[] content) {
    String tag = '"' + Sha256.of(content).substring(0, 16) + '"';
    return exchange -> {
      exchange.header("Cache-Control", "no-cache");
      exchange.header("ETag", tag);
      exchange.header("Content-Security-Policy", POLICY);
      exchange.header("Permissions-Policy", "camera=(self), microphone=(), geolocation=()");
      exchange.header("Referrer-Policy", "no-referrer");
      exchange.header("Cross-Origin-Resource-Policy", "same-origin");
      if (isCurrent(exchange, tag)) {
        // what the whole answer would say: none, or another one, would be wrong (RFC 9110, 8.6)
        exchange.header("Content-Length", Integer.toString(content.length));
        exchange.answer(304, "", new byte[0]);
      } else {
        exchange.answer(mediaType, content);
      }
    };
  }

  private static boolean isCurrent(Exchange exchange, String tag) {
    return exchange
        .header("If-None-Match")
        .filter(
            tags ->
                Arrays.stream(tags.split(","))
                    .map(String::strip)
                    .anyMatch(one -> one.equals("*") || one.equals(tag) || one.equals("W/" + tag)))
        .isPresent();
  }

  private static byte[] read(String resource) {
    try (InputStream in = Pages.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("The server's own " + resource + " is missing");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
