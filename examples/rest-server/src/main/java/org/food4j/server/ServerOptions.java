package org.food4j.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.food4j.data.photo.PhotoLimits;
import org.food4j.server.api.ServerSettings;
import org.food4j.server.http.ApiKeys;
import org.food4j.server.http.HttpLimits;
import org.food4j.server.model.ModelSettings;
import picocli.CommandLine.Option;

/** The options of {@code food serve}. */
final class ServerOptions {
  private static final int MEBI = 1 << 20;

  /** What decoding a telephone's photo of 12 megapixels takes at most. */
  private static final int PHOTO_BYTES = 80 * MEBI;

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
          "A web site whose pages may ask, https://example.org, or as which a proxy serves this server; may be repeated (default: none).")
  private List<String> origins = new ArrayList<>();

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
    return seconds(drain);
  }

  /**
   * The server's settings.
   *
   * @param environment variables, of which FOOD_HOST and FOOD_PORT stand in for options not given
   */
  ServerSettings settings(Map<String, String> environment) throws IOException {
    ListenAddress address = ListenAddress.of(host, port, environment);
    return new ServerSettings(
        address.host(),
        address.port(),
        named(),
        new ModelSettings(threads, 1, batch, queue),
        decoders(),
        photos(),
        (long) cache * MEBI,
        seconds(deadline),
        seconds(reload),
        http(),
        keys == null ? ApiKeys.NONE : ApiKeys.read(keys),
        new HashSet<>(origins));
  }

  /**
   * Bodies, and what endpoints make of them, take a part of the heap that leaves room for photos.
   */
  private HttpLimits http() {
    long share = Runtime.getRuntime().maxMemory() / 8;
    return HttpLimits.DEFAULT
        .withBodyBytes(Math.multiplyExact(body, MEBI))
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
        Math.multiplyExact(megapixels, 1_000_000),
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

  private static Duration seconds(double seconds) {
    if (!(seconds > 0 && seconds < 1e6)) {
      throw new IllegalArgumentException("A time is above 0 seconds, not " + seconds);
    }
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }
}
