package org.food4j.server.api;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.food4j.data.photo.PhotoLimits;
import org.food4j.server.http.AllowedSites;
import org.food4j.server.http.ApiKeys;
import org.food4j.server.http.HttpLimits;
import org.food4j.server.model.ModelSettings;

/**
 * How a server is set up.
 *
 * @param host to listen on
 * @param port 0 for any that is free
 * @param models files by name, in order; the first one is the default
 * @param computing how they compute
 * @param decoders photos that are decoded at a time
 * @param photos what decoding one may cost
 * @param cacheBytes of answers that are kept; 0 for none
 * @param patience from a request's last byte until its work is given up
 * @param reload how often model files are looked at
 * @param http what clients may take
 * @param keys that requests must bring
 * @param sites web sites that may ask from a browser, and names of the server
 */
public record ServerSettings(
    String host,
    int port,
    Map<String, Path> models,
    ModelSettings computing,
    int decoders,
    PhotoLimits photos,
    long cacheBytes,
    Duration patience,
    Duration reload,
    HttpLimits http,
    ApiKeys keys,
    AllowedSites sites) {
  /**
   * Copies the map.
   *
   * @throws IllegalArgumentException if there is no model
   */
  public ServerSettings {
    if (models.isEmpty()) {
      throw new IllegalArgumentException("A server serves one model or more, not none");
    }
    models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
  }
}
