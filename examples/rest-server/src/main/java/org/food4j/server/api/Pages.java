package org.food4j.server.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.food4j.server.http.Endpoint;
import org.food4j.server.http.Routes;

/** What browsers are shown: the page, and the description of the interface. */
final class Pages {
  /** By path: the resource, and its media type. */
  private static final Map<String, Page> PAGES =
      Map.of("/openapi.json", new Page("openapi.json", "application/json"));

  private record Page(String resource, String mediaType) {}

  private Pages() {}

  static void addTo(Routes routes) {
    PAGES.forEach((path, page) -> routes.open("GET", path, endpoint(page)));
  }

  private static Endpoint endpoint(Page page) {
    byte[] content = read(page.resource);
    return exchange -> {
      exchange.header("Cache-Control", "no-cache");
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
