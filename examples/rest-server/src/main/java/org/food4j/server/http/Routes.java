package org.food4j.server.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.jetty.http.pathmap.UriTemplatePathSpec;

/** Which endpoint answers which path and method. Immutable once the server runs. */
public final class Routes {
  private final Map<String, Route> exact = new LinkedHashMap<>();
  private final List<Route> templates = new ArrayList<>();

  /** One path and what answers its methods. */
  static final class Route {
    private final UriTemplatePathSpec path;
    private final boolean open;
    private final Map<String, Endpoint> methods = new LinkedHashMap<>();

    private Route(String template, boolean open) {
      path = new UriTemplatePathSpec(template);
      this.open = open;
    }

    /** Its template, {@code "/v2/models/{model}"}. */
    String template() {
      return path.getDeclaration();
    }

    /** Whether no key is asked for. */
    boolean open() {
      return open;
    }

    Optional<Endpoint> endpoint(String method) {
      Optional<Endpoint> found = Optional.ofNullable(methods.get(method));
      return found.isEmpty() && method.equals("HEAD")
          ? Optional.ofNullable(methods.get("GET"))
          : found;
    }

    String allowed() {
      TreeSet<String> allowed = new TreeSet<>(methods.keySet());
      if (allowed.contains("GET")) {
        allowed.add("HEAD");
      }
      allowed.add("OPTIONS");
      return String.join(", ", allowed);
    }
  }

  /** A route that is found, and the parts of its path. */
  record Match(Route route, Map<String, String> parameters) {}

  /**
   * Adds an endpoint that asks for a key, where keys are asked for.
   *
   * @throws IllegalArgumentException if the path has that method already, or is one that anybody
   *     may ask
   */
  public Routes add(String method, String template, Endpoint endpoint) {
    return add(method, template, endpoint, false);
  }

  /**
   * Adds an endpoint that anybody may ask: health, and the page.
   *
   * @throws IllegalArgumentException if the path has that method already, or is one that asks for a
   *     key
   */
  public Routes open(String method, String template, Endpoint endpoint) {
    return add(method, template, endpoint, true);
  }

  private Routes add(String method, String template, Endpoint endpoint, boolean open) {
    Route route;
    if (template.contains("{")) {
      route =
          templates.stream()
              .filter(known -> known.template().equals(template))
              .findFirst()
              .orElseGet(
                  () -> {
                    Route made = new Route(template, open);
                    templates.add(made);
                    return made;
                  });
    } else {
      route = exact.computeIfAbsent(template, path -> new Route(path, open));
    }
    if (route.open != open) {
      throw new IllegalArgumentException(
          "%s %s %s, and what the path has already %s: all methods of a path are open, or none is"
              .formatted(method, template, asks(open), asks(route.open)));
    }
    if (route.methods.putIfAbsent(method, endpoint) != null) {
      throw new IllegalArgumentException(
          "%s %s is answered already: a method of a path has one endpoint"
              .formatted(method, template));
    }
    return this;
  }

  private static String asks(boolean open) {
    return open ? "needs no key" : "needs a key";
  }

  /**
   * All paths' templates in their order, and the methods that each takes, HEAD and OPTIONS apart.
   */
  public Map<String, Set<String>> listed() {
    Map<String, Set<String>> listed = new TreeMap<>();
    Stream.concat(exact.values().stream(), templates.stream())
        .forEach(route -> listed.put(route.template(), Set.copyOf(route.methods.keySet())));
    return listed;
  }

  Optional<Match> find(String path) {
    Route known = exact.get(path);
    if (known != null) {
      return Optional.of(new Match(known, Map.of()));
    }
    for (Route route : templates) {
      Map<String, String> parameters = route.path.getPathParams(path);
      if (parameters != null) {
        return Optional.of(new Match(route, parameters));
      }
    }
    return Optional.empty();
  }
}
