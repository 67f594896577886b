package org.food4j.server.http;

import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.food4j.server.http.ProblemException.Problem;

/**
 * What pages of other web sites may do with this server, through the browser of somebody who sees
 * both. Browsers keep them from reading answers (the same-origin policy), but not from sending what
 * forms can send; and a page whose own name is made to lead here, DNS rebinding, passes for one of
 * the same origin. So what changes or costs something is refused to pages of sites that CORS does
 * not name, and a server on loopback alone answers to loopback's names alone, as does one that is
 * told its names. Programs that are no browsers send none of these headers and notice nothing.
 * Immutable.
 */
final class CrossSite {
  private static final Pattern ORIGIN =
      Pattern.compile("([a-z][a-z0-9+.-]*)://(\\[[^]]*]|[^:/]+)(?::(\\d{1,5}))?");

  private static final Pattern AUTHORITY = Pattern.compile("(\\[[^]]*]|[^:]*)(?::(\\d{0,5}))?");

  /** RFC 6761, section 6.3; addresses are not looked up, so that no name can be made to fit. */
  private static final Pattern LOOPBACK =
      Pattern.compile("(?:.+\\.)?localhost\\.?|127(?:\\.\\d{1,3}){3}|\\[::1]");

  private static final Map<String, String> DEFAULT_PORTS = Map.of("http", "80", "https", "443");

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  /** Whether a server lives is no secret, and probes call it by whatever name they have. */
  private static final String HEALTH = "/v2/health/";

  private final Set<String> origins;
  private final Set<String> names;
  private final boolean anyName;

  /**
   * @param host that the server listens on
   * @param sites that may ask, and names of the server. The host of a site that may ask is one of
   *     them, too: it may be that of a proxy before this server.
   */
  CrossSite(String host, AllowedSites sites) {
    origins = sites.origins();
    InetSocketAddress bound = new InetSocketAddress(host, 0);
    boolean loopback = !bound.isUnresolved() && bound.getAddress().isLoopbackAddress();
    // in a container every server listens on all addresses: who knows its names has to say them
    anyName = sites.hosts().isEmpty() && (!loopback || origins.contains("*"));
    names = new HashSet<>(sites.hosts());
    String own = host.contains(":") ? "[" + host + "]" : host;
    names.add(own.toLowerCase(Locale.ROOT)); // /etc/hosts may have other names for loopback
    for (String origin : origins) {
      Matcher site = ORIGIN.matcher(origin);
      if (site.matches()) { // and is not "*"
        names.add(site.group(2));
      }
    }
  }

  /** Tells browsers in each answer whether the page that asked may read it (CORS). */
  void mark(Exchange exchange) {
    if (isAllowed(exchange)) {
      exchange.header("Access-Control-Allow-Origin", exchange.header("Origin").orElseThrow());
      exchange.header(
          "Access-Control-Expose-Headers",
          "X-Request-Id, X-Cache, Retry-After, WWW-Authenticate, Inference-Header-Content-Length");
    }
    if (!origins.isEmpty()) {
      exchange.header("Vary", "Origin");
    }
  }

  /** Tells browsers in the answer to OPTIONS what the page may send (CORS, preflight). */
  void markPreflight(Exchange exchange, String methods) {
    if (isAllowed(exchange)) {
      exchange.header("Access-Control-Allow-Methods", methods);
      exchange.header(
          "Access-Control-Allow-Headers",
          "Content-Type, Authorization, X-API-Key, X-Request-Id, Inference-Header-Content-Length");
      exchange.header("Access-Control-Max-Age", "600");
    }
  }

  private boolean isAllowed(Exchange exchange) {
    return exchange
        .header("Origin")
        .filter(site -> origins.contains(site) || origins.contains("*"))
        .isPresent();
  }

  /**
   * Checks by which name the server was called, the header Host. That header alone: whatever stands
   * in X-Forwarded-Host was written by anybody.
   *
   * @throws ProblemException 421, if it answers to certain names and this is none of them
   */
  void checkHost(String path, Exchange exchange) {
    String host = exchange.header("Host").orElse(""); // HTTP/1.0 may lack it, browsers never do
    if (anyName || host.isEmpty() || path.startsWith(HEALTH)) {
      return;
    }
    Matcher authority = AUTHORITY.matcher(host.toLowerCase(Locale.ROOT));
    String name = authority.matches() ? authority.group(1) : "NAME";
    if (LOOPBACK.matcher(name).matches() || names.contains(name)) {
      return;
    }
    throw new ProblemException(
        Problem.MISDIRECTED,
        "this server answers to localhost, 127.0.0.1 and the names that it was told, not to '%s'; start it with --allow-host %s if that is a name of its own or of a proxy before it"
            .formatted(host, name));
  }

  /**
   * Checks from which site's page a request comes.
   *
   * @throws ProblemException 403, if it asks for more than reading and comes from another site's
   */
  void checkSite(String method, Exchange exchange) {
    // browsers know best, and pages cannot write this header: it also holds behind a proxy that
    // calls this server by another name
    String relation = exchange.header("Sec-Fetch-Site").orElse("");
    if (SAFE.contains(method) || relation.equals("same-origin") || isAllowed(exchange)) {
      return;
    }
    String origin = exchange.header("Origin").orElse("");
    if (origin.isEmpty()) {
      if (relation.equals("cross-site") || relation.equals("same-site")) {
        throw new ProblemException(
            Problem.FORBIDDEN,
            "a page of another web site sent this (Sec-Fetch-Site: %s), and none may; --cors ORIGIN allows a site's pages to ask this server"
                .formatted(relation));
      }
      return;
    }
    if (!isOwn(origin, exchange.header("Host").orElse(""))) {
      throw new ProblemException(
          Problem.FORBIDDEN,
          origin.equals("null")
              ? "a page without an origin, a file's or one in a sandbox, may not ask this server (Origin: null); serve the page from a web site and start this server with --cors ORIGIN"
              : "pages of '%s' may not ask this server; start it with --cors %s to allow it"
                  .formatted(origin, origin));
    }
  }

  /**
   * Whether an origin has this server's host and port. Its scheme does not count: behind a proxy
   * that does TLS it is https there and http here.
   */
  private static boolean isOwn(String origin, String host) {
    Matcher site = ORIGIN.matcher(origin.toLowerCase(Locale.ROOT));
    Matcher own = AUTHORITY.matcher(host.toLowerCase(Locale.ROOT));
    if (!site.matches() || !own.matches()) { // "null", of pages in a sandbox and of files
      return false;
    }
    String usual = DEFAULT_PORTS.getOrDefault(site.group(1), "");
    return site.group(2).equals(own.group(1))
        && port(site.group(3), usual).equals(port(own.group(2), usual));
  }

  private static String port(String given, String usual) {
    return given == null || given.isEmpty() ? usual : given;
  }
}
