package org.food4j.server.api;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.food4j.data.photo.PhotoLimits;
import org.food4j.server.deploy.ColourModel;
import org.food4j.server.http.AllowedSites;
import org.food4j.server.http.ApiKeys;
import org.food4j.server.http.HttpLimits;
import org.food4j.server.model.ModelSettings;

/** A server for tests, of two networks that tell colours. */
final class ColourServer {
  /** The default one, of a size that real networks have, with class activation maps. */
  static final String FOOD = "food";

  /** One whose tensors fit into an example. */
  static final String SMALL = "small";

  private ColourServer() {}

  static FoodServer start(Path folder, ApiKeys keys) throws IOException {
    Map<String, Path> models = new LinkedHashMap<>();
    models.put(FOOD, ColourModel.write(folder.resolve("food.onnx"), 224, true));
    models.put(SMALL, ColourModel.write(folder.resolve("small.onnx"), 2, false));
    return FoodServer.start(
        new ServerSettings(
            "127.0.0.1",
            0,
            models,
            new ModelSettings(1, 1, 16, 64),
            1,
            PhotoLimits.DEFAULT,
            1 << 20,
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            HttpLimits.DEFAULT.withBodyBytes(4 << 20),
            keys,
            AllowedSites.NONE));
  }
}
