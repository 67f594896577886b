package org.food4j.models.weights.catalogue;

import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * The proxy that everybody else on the machine uses: Java's own settings ({@code https.proxyHost,
 * http.proxyHost, java.net.useSystemProxies}) if there are any, else the environment's {@code
 * https_proxy, http_proxy, all_proxy} and {@code no_proxy}, in lower or upper case ({@code
 * HTTP_PROXY} excepted, which a web server's clients can set). Only proxies that are spoken to by
 * plain HTTP are supported. Thread-safe.
 */
final class ProxyChoice extends ProxySelector {
  private static final List<String> JAVAS =
      List.of("https.proxyHost", "http.proxyHost", "socksProxyHost", "java.net.useSystemProxies");

  private static final List<String> NAMES = List.of("https_proxy", "http_proxy", "all_proxy");

  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  /** A variable of the environment that is set. */
  private record Setting(String variable, String text) {}

  private final Map<String, String> environment;

  private ProxyChoice(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Java's selector if it was configured, else the environment's. */
  static ProxySelector of(Properties java, Map<String, String> environment) {
    boolean configured = JAVAS.stream().anyMatch(name -> java.getProperty(name) != null);
    ProxySelector standard = ProxySelector.getDefault();
    return configured && standard != null ? standard : new ProxyChoice(environment);
  }

  @Override
  public List<Proxy> select(URI address) {
    return proxy(address)
        .map(
            proxy ->
                new Proxy(
                    Proxy.Type.HTTP,
                    InetSocketAddress.createUnresolved(proxy.getHost(), port(proxy))))
        .map(List::of)
        .orElse(List.of(Proxy.NO_PROXY));
  }

  private static int port(URI address) {
    int standard = "https".equalsIgnoreCase(address.getScheme()) ? HTTPS_PORT : HTTP_PORT;
    return address.getPort() > 0 ? address.getPort() : standard;
  }

  private Optional<URI> proxy(URI address) {
    if (isDirect(address)) {
      return Optional.empty();
    }
    boolean secure = "https".equals(address.getScheme());
    Optional<Setting> own = secure ? variable("https_proxy") : value("http_proxy");
    return own.or(() -> variable("all_proxy")).map(ProxyChoice::parsed);
  }

  private static URI parsed(Setting setting) {
    String text = setting.text().strip();
    URI proxy;
    try {
      proxy = new URI(text.contains("://") ? text : "http://" + text);
    } catch (URISyntaxException e) {
      throw refused(setting); // without the cause, whose message repeats the password
    }
    boolean plain =
        "http".equalsIgnoreCase(proxy.getScheme())
            && proxy.getHost() != null
            && proxy.getPath().matches("/?")
            && proxy.getQuery() == null
            && proxy.getFragment() == null;
    if (!plain) {
      throw refused(setting);
    }
    return proxy;
  }

  private static IllegalArgumentException refused(Setting setting) {
    // a password may contain any sign, an @ among them
    String masked = setting.text().strip().replaceFirst("(?s)^(\\w[\\w+.-]*://)?.*@", "$1***@");
    return new IllegalArgumentException(
        "The environment's %s is '%s': a proxy is http://host:port or http://user:password@host:port (no https or socks; special signs of a password as %%23)"
            .formatted(setting.variable(), masked));
  }

  private boolean isDirect(URI address) {
    String host = address.getHost().toLowerCase(Locale.ROOT);
    for (String entry : variable("no_proxy").map(Setting::text).orElse("").split("[,\\s]+")) {
      String domain = entry.toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", "");
      domain = domain.replaceFirst(":" + port(address) + "$", "");
      if (domain.equals("*")
          || !domain.isEmpty() && (host.equals(domain) || host.endsWith("." + domain))) {
        return true;
      }
    }
    return false;
  }

  private Optional<Setting> variable(String name) {
    return value(name).or(() -> value(name.toUpperCase(Locale.ROOT)));
  }

  private Optional<Setting> value(String name) {
    return Optional.ofNullable(environment.get(name))
        .filter(text -> !text.isBlank())
        .map(text -> new Setting(name, text));
  }

  @Override
  public void connectFailed(URI address, SocketAddress proxy, IOException failure) {
    // the request fails with it, and the download says so
  }

  /** Whether a proxy's address contains a user and a password. */
  boolean hasCredentials() {
    return NAMES.stream()
        .flatMap(name -> variable(name).stream())
        .anyMatch(setting -> setting.text().contains("@"));
  }

  /** Gives the user and password that a proxy's address contains. */
  Authenticator authenticator() {
    return new Authenticator() {
      @Override
      protected PasswordAuthentication getPasswordAuthentication() {
        if (getRequestorType() != RequestorType.PROXY) {
          return null;
        }
        return proxy(URI.create(getRequestingURL().toString()))
            .map(URI::getUserInfo)
            .filter(info -> info.contains(":"))
            .map(info -> info.split(":", 2))
            .map(parts -> new PasswordAuthentication(parts[0], parts[1].toCharArray()))
            .orElse(null);
      }
    };
  }
}
