package org.food4j.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.food4j.data.photo.PhotoLimits;
import org.food4j.server.api.ServerSettings;
import org.food4j.server.http.AllowedSites;
import org.food4j.server.http.ApiKeys;
import org.food4j.server.http.HttpLimits;
import org.food4j.server.model.ModelSettings;
import picocli.CommandLine.Option;

/** The options of {@code food serve}. */
final class ServerOptions {
  private static final int MEBI = 1 << 20;

  /** What decoding a telephone's photo of 12 megapixels takes at most. */
  private static final int PHOTO_BYTES = 80 * MEBI;

  /** MiB: more is no request for a few photos, and from 2,048 on a body is no array of Java's. */
  private static final int MOST_BODY = 1024;

  /** Java counts the bytes of a photo, three for each pixel, in an int. */
  private static final int MOST_MEGAPIXELS = 715;

  private static final int MOST_CACHE = 1 << 20;
  private static final int MOST_THREADS = 1024;
  private static final int MOST_BATCH = 1024;
  private static final int MOST_QUEUE = 1 << 16;
  private static final double MOST_SECONDS = 1e6;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "[NAME=]FILE.onnx",
      description = "A model, by default called as its file; the first one is the default.")
  private List<String> models = new ArrayList<>();

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description =
          "The address to listen on (default: the variable FOOD_HOST, or 127.0.0.1; 0.0.0.0 for all, behind a proxy that does TLS).")
  private Optional<String> host = Optional.empty();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The port, 0 for any that is free (default: the variable FOOD_PORT, or 8080).")
  private Optional<String> port = Optional.empty();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that compute (default: as many as cores).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "8",
      description = "The most photos that are computed together (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(
      names = "--queue",
      paramLabel = "N",
      defaultValue = "64",
      description =
          "Photos that may wait for each model; more are answered 503 (default: ${DEFAULT-VALUE}).")
  private int queue;

  @Option(
      names = "--deadline",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description =
          "After which a photo that still waits is answered 503 (default: ${DEFAULT-VALUE}).")
  private double deadline;

  @Option(
      names = "--cache",
      paramLabel = "MIB",
      defaultValue = "32",
      description =
          "Memory for answers to photos seen before, 0 for none (default: ${DEFAULT-VALUE}).")
  private int cache;

  @Option(
      names = "--max-body",
      paramLabel = "MIB",
      defaultValue = "10",
      description = "The largest request (default: ${DEFAULT-VALUE}).")
  private int body;

  @Option(
      names = "--max-megapixels",
      paramLabel = "N",
      defaultValue = "50",
      description = "The largest photo, told from its header (default: ${DEFAULT-VALUE}).")
  private int megapixels;

  @Option(
      names = "--api-keys",
      paramLabel = "FILE",
      description = "Keys, one a line, one of which requests must bring.")
  private Path keys;

  @Option(
      names = "--cors",
      paramLabel = "ORIGIN",
      description =
          "A web site whose pages may ask, https://example.org, or as which a proxy serves this server, or * for all; may be repeated (default: none).")
  private List<String> origins = new ArrayList<>();

  @Option(
      names = "--allow-host",
      paramLabel = "NAME",
      split = ",",
      description =
          "A name by which this server is called, besides loopback's; may be repeated. With one or more, requests that call it otherwise are refused: they may come from a web page whose own name was made to lead here (default: the variable FOOD_ALLOWED_HOSTS, separated by commas; else those of loopback where it listens on loopback, any elsewhere).")
  private List<String> hosts = new ArrayList<>();

  @Option(
      names = "--reload",
      paramLabel = "SECONDS",
      defaultValue = "2",
      description = "How often model files are looked at (default: ${DEFAULT-VALUE}).")
  private double reload;

  @Option(
      names = "--drain",
      paramLabel = "SECONDS",
      defaultValue = "20",
      description = "How long requests are still answered at the end (default: ${DEFAULT-VALUE}).")
  private double drain;

  Duration drain() {
    return seconds("--drain", drain);
  }

  /**
   * The server's settings.
   *
   * @param environment variables, of which FOOD_HOST, FOOD_PORT and FOOD_ALLOWED_HOSTS stand in for
   *     options not given
   * @throws IllegalArgumentException if an option is out of its range, with that range
   */
  ServerSettings settings(Map<String, String> environment) throws IOException {
    ListenAddress address = ListenAddress.of(host, port, environment);
    return new ServerSettings(
        address.host(),
        address.port(),
        named(),
        new ModelSettings(
            within("--threads", threads, 1, MOST_THREADS),
            1,
            within("--batch", batch, 1, MOST_BATCH),
            within("--queue", queue, 1, MOST_QUEUE)),
        decoders(),
        photos(),
        (long) within("--cache", cache, 0, MOST_CACHE) * MEBI,
        seconds("--deadline", deadline),
        seconds("--reload", reload),
        http(),
        keys == null ? ApiKeys.NONE : ApiKeys.read(keys),
        new AllowedSites(Set.copyOf(origins), hosts(environment)));
  }

  /**
   * Bodies, and what endpoints make of them, take a part of the heap that leaves room for photos.
   */
  private HttpLimits http() {
    long share = Runtime.getRuntime().maxMemory() / 8;
    return HttpLimits.DEFAULT
        .withBodyBytes(within("--max-body", body, 1, MOST_BODY) * MEBI)
        .withBodiesBytes(Math.min(share, HttpLimits.DEFAULT.bodiesBytes()));
  }

  /** As many photos at a time as half of the heap holds of the largest, however many the cores. */
  private int decoders() {
    long room = Runtime.getRuntime().maxMemory() / 2 / PHOTO_BYTES;
    return (int) Math.max(1, Math.min(threads, room));
  }

  private PhotoLimits photos() {
    long share = Runtime.getRuntime().maxMemory() / 2 / decoders();
    return new PhotoLimits(
        within("--max-megapixels", megapixels, 1, MOST_MEGAPIXELS) * 1_000_000,
        Math.min(share, PhotoLimits.DEFAULT.memoryBytes()),
        PhotoLimits.DEFAULT.time());
  }

  private Map<String, Path> named() {
    Map<String, Path> named = new LinkedHashMap<>();
    for (String model : models) {
      int equals = model.indexOf('=');
      Path file = Path.of(model.substring(equals + 1));
      String fileName = file.getFileName() == null ? "" : file.getFileName().toString();
      String name = equals < 0 ? fileName.replaceFirst("\\.onnx$", "") : model.substring(0, equals);
      if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
        throw new IllegalArgumentException(
            "A model's name has up to 64 letters, digits, '.', '_' and '-', not '%s': say --model NAME=FILE.onnx"
                .formatted(name));
      }
      if (named.put(name, file) != null) {
        throw new IllegalArgumentException(
            "Two models are called '%s': say --model NAME=FILE.onnx".formatted(name));
      }
    }
    return named;
  }

  /** An empty variable is one that is not set: compose files write them so. */
  private Set<String> hosts(Map<String, String> environment) {
    if (!hosts.isEmpty()) {
      return Set.copyOf(hosts);
    }
    String said = environment.getOrDefault("FOOD_ALLOWED_HOSTS", "").strip();
    return said.isEmpty() ? Set.of() : Set.copyOf(List.of(said.split("\\s*,\\s*")));
  }

  private static int within(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s is %d to %d, not %d".formatted(option, least, most, value));
    }
    return value;
  }

  private static Duration seconds(String option, double seconds) {
    if (!(seconds > 0 && seconds <= MOST_SECONDS)) {
      throw new IllegalArgumentException(
          "%s is above 0 and at most %.0f seconds, not %s"
              .formatted(option, MOST_SECONDS, seconds));
    }
    return Duration.ofNanos(Math.max(1, Math.round(seconds * 1e9)));
  }
}
