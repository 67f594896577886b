package org.food4j.server.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import org.food4j.server.http.Endpoint;
import org.food4j.server.http.Routes;

/** What browsers are shown: the page, and the description of the interface. */
final class Pages {
  /** By path: the resource, and its media type. */
  private static final Map<String, Page> PAGES =
      Map.of(
          "/openapi.json", new Page("openapi.json", "application/json"),
          "/docs", new Page("docs.html", "text/html; charset=utf-8"),
          "/docs.js", new Page("docs.js", "text/javascript; charset=utf-8"),
          "/docs.css", new Page("docs.css", "text/css; charset=utf-8"));

  /** Nothing from elsewhere, nothing inline: the pages work offline, and what is sent is text. */
  private static final String SECURITY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
          + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private record Page(String resource, String mediaType) {}

  private Pages() {}

  static void addTo(Routes routes) {
    PAGES.forEach((path, page) -> routes.open("GET", path, endpoint(page)));
  }

  /** Where they are. */
  static Set<String> paths() {
    return PAGES.keySet();
  }

  private static Endpoint endpoint(Page page) {
    byte[] content = read(page.resource);
    return exchange -> {
      exchange.header("Cache-Control", "no-cache");
      if (page.mediaType.startsWith("text/html")) {
        exchange.header("Content-Security-Policy", SECURITY);
        exchange.header("Referrer-Policy", "no-referrer");
      }
      exchange.answer(page.mediaType, content);
    };
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
