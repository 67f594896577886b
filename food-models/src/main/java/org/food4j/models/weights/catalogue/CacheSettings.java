package org.food4j.models.weights.catalogue;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Where weights come from and where they are kept. Immutable.
 *
 * @param directory of the cached files; made when needed
 * @param base address that takes the hub's place: a mirror with the same paths
 * @param offline whether nothing is downloaded
 * @param patience how long a connection may stay silent, and how long another process that
 *     downloads the same file may take between two looks at it without having come further; above 0
 */
public record CacheSettings(Path directory, URI base, boolean offline, Duration patience) {
  /** Hugging Face's hub. */
  public static final URI HUB = URI.create("https://huggingface.co");

  /** The silence after which a connection counts as dead. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if the base is no absolute http or https address, or the
   *     patience is not above 0
   */
  public CacheSettings {
    if (!isWebAddress(base)) {
      throw new IllegalArgumentException(
          "A mirror's address is like https://huggingface.co, not '" + base + "'");
    }
    if (patience.isNegative() || patience.isZero()) {
      throw new IllegalArgumentException("Patience is longer than 0, not " + patience);
    }
  }

  /**
   * The settings of this process's environment.
   *
   * @throws IllegalArgumentException if a variable's address is none; the message names the
   *     variable
   */
  public static CacheSettings ofEnvironment() {
    return of(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  /**
   * The settings of an environment: the directory {@code $FOOD4J_CACHE/weights}, else {@code
   * $XDG_CACHE_HOME/food4j/weights}, else {@code .cache/food4j/weights} at home; the base {@code
   * $FOOD4J_MIRROR}, else {@code $HF_ENDPOINT}, else the hub; offline if {@code $FOOD4J_OFFLINE} or
   * {@code $HF_HUB_OFFLINE} is {@code 1} or {@code true}.
   *
   * @param home the user's directory
   * @throws IllegalArgumentException if a variable's address is none; the message names the
   *     variable
   */
  public static CacheSettings of(Map<String, String> environment, Path home) {
    Path directory =
        value(environment, "FOOD4J_CACHE")
            .map(Path::of)
            .or(() -> value(environment, "XDG_CACHE_HOME").map(xdg -> Path.of(xdg, "food4j")))
            .orElseGet(() -> home.resolve(".cache").resolve("food4j"));
    URI base =
        address(environment, "FOOD4J_MIRROR")
            .or(() -> address(environment, "HF_ENDPOINT"))
            .orElse(HUB);
    boolean offline =
        value(environment, "FOOD4J_OFFLINE")
            .or(() -> value(environment, "HF_HUB_OFFLINE"))
            .filter(set -> set.equals("1") || set.equalsIgnoreCase("true"))
            .isPresent();
    return new CacheSettings(directory.resolve("weights"), base, offline, PATIENCE);
  }

  private static Optional<URI> address(Map<String, String> environment, String name) {
    return value(environment, name).map(text -> address(name, text));
  }

  private static URI address(String name, String text) {
    try {
      URI address = new URI(text.strip());
      if (isWebAddress(address)) {
        return address;
      }
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(noAddress(name, text), e);
    }
    throw new IllegalArgumentException(noAddress(name, text));
  }

  private static String noAddress(String name, String text) {
    return "The environment's %s is a web address such as %s, not '%s': correct it or unset it"
        .formatted(name, HUB, text);
  }

  private static boolean isWebAddress(URI address) {
    String scheme = String.valueOf(address.getScheme());
    return (scheme.equals("http") || scheme.equals("https")) && address.getHost() != null;
  }

  private static Optional<String> value(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
  }

  /** With another directory. */
  public CacheSettings withDirectory(Path other) {
    return new CacheSettings(other, base, offline, patience);
  }

  /** With a mirror. */
  public CacheSettings withBase(URI mirror) {
    return new CacheSettings(directory, mirror, offline, patience);
  }

  /** With or without downloads. */
  public CacheSettings withOffline(boolean only) {
    return new CacheSettings(directory, base, only, patience);
  }
}
