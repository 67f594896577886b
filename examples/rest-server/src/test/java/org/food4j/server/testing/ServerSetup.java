package org.food4j.server.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.food4j.data.photo.PhotoLimits;
import org.food4j.server.api.FoodServer;
import org.food4j.server.api.ServerSettings;
import org.food4j.server.http.AllowedSites;
import org.food4j.server.http.ApiKeys;
import org.food4j.server.http.HttpLimits;
import org.food4j.server.model.ModelSettings;

/** Settings of a server under test, on any free port. */
public final class ServerSetup {
  private final Map<String, Path> models = new LinkedHashMap<>();
  private final Set<String> origins = new HashSet<>();
  private ModelSettings computing = new ModelSettings(1, 1, 16, 64);
  private long cacheBytes = 1 << 20;
  private Duration patience = Duration.ofSeconds(20);
  private Duration reload = Duration.ofHours(1);
  private HttpLimits http = HttpLimits.DEFAULT;
  private ApiKeys keys = ApiKeys.NONE;

  /** Serves a model. */
  public ServerSetup model(String name, Path file) {
    models.put(name, file);
    return this;
  }

  /** Computes so. */
  public ServerSetup computing(ModelSettings settings) {
    computing = settings;
    return this;
  }

  /** Keeps so many bytes of answers. */
  public ServerSetup cache(long bytes) {
    cacheBytes = bytes;
    return this;
  }

  /** Gives up after. */
  public ServerSetup patience(Duration time) {
    patience = time;
    return this;
  }

  /** Looks at the files so often. */
  public ServerSetup reload(Duration every) {
    reload = every;
    return this;
  }

  /** Takes so much. */
  public ServerSetup http(HttpLimits limits) {
    http = limits;
    return this;
  }

  /** Asks for keys. */
  public ServerSetup keys(Path file) throws IOException {
    keys = ApiKeys.read(file);
    return this;
  }

  /** Lets a site ask. */
  public ServerSetup origin(String site) {
    origins.add(site);
    return this;
  }

  /** Starts it. */
  public FoodServer start() throws IOException {
    return FoodServer.start(
        new ServerSettings(
            "127.0.0.1",
            0,
            models,
            computing,
            2,
            PhotoLimits.ofPixels(50_000_000),
            cacheBytes,
            patience,
            reload,
            http,
            keys,
            new AllowedSites(origins, Set.of())));
  }
}
