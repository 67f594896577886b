package org.food4j.server.http;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Web sites that may ask from a browser, and names that the server answers to. Immutable.
 *
 * @param origins sites as browsers write them in the header Origin, {@code "https://example.org"}:
 *     in lower case, without a scheme's own port; {@code "*"} for all
 * @param hosts names of this server without a port, {@code "food.example"}, {@code "[::1]"}. With
 *     none, a server on loopback answers to loopback's names and any other server to every name;
 *     with some, each answers to these and loopback's alone
 */
public record AllowedSites(Set<String> origins, Set<String> hosts) {
  /** No other sites, no names. */
  public static final AllowedSites NONE = new AllowedSites(Set.of(), Set.of());

  /** Of a name or an address; an address of version 6 has brackets. */
  private static final String HOST = "\\[[0-9a-f:.]+]|[a-z0-9_-][a-z0-9_.-]*";

  private static final Pattern NAME = Pattern.compile(HOST);

  private static final Pattern ORIGIN =
      Pattern.compile("([a-z][a-z0-9+.-]*)://(" + HOST + ")(?::(\\d{1,5}))?/?");

  private static final Map<String, Integer> DEFAULT_PORTS = Map.of("http", 80, "https", 443);

  private static final int LAST_PORT = 65_535;

  /**
   * Brings both into the form that browsers send, so that what was meant also fits.
   *
   * @throws IllegalArgumentException if one is not of the form
   */
  public AllowedSites {
    origins = all(origins, AllowedSites::origin);
    hosts = all(hosts, AllowedSites::host);
  }

  private static Set<String> all(Collection<String> given, UnaryOperator<String> form) {
    Set<String> all = new TreeSet<>();
    given.forEach(one -> all.add(form.apply(one)));
    return Set.copyOf(all);
  }

  private static String origin(String given) {
    if (given.equals("*")) {
      return given;
    }
    Matcher site = ORIGIN.matcher(given.strip().toLowerCase(Locale.ROOT));
    if (!site.matches() || site.group(3) != null && Integer.parseInt(site.group(3)) > LAST_PORT) {
      throw new IllegalArgumentException(
          "A web site that may ask (--cors) is SCHEME://HOST or SCHEME://HOST:PORT, such as https://example.org, without a path, with an international name's ASCII form (xn--), or * for all, not '%s'"
              .formatted(given));
    }
    String name = site.group(1) + "://" + site.group(2);
    if (site.group(3) == null) {
      return name;
    }
    int port = Integer.parseInt(site.group(3));
    boolean usual = Integer.valueOf(port).equals(DEFAULT_PORTS.get(site.group(1)));
    return usual ? name : name + ":" + port;
  }

  private static String host(String given) {
    String name = given.strip().toLowerCase(Locale.ROOT);
    name = name.matches("[0-9a-f.]*:[0-9a-f.:]*:[0-9a-f.:]*") ? "[" + name + "]" : name;
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "A name of this server (--allow-host, FOOD_ALLOWED_HOSTS) is a name or an address without scheme and port, such as food.example or 192.168.0.7, not '%s'"
              .formatted(given));
    }
    return name;
  }
}
