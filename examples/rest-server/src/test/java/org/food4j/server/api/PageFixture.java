package org.food4j.server.api;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.food4j.data.manifest.Label;
import org.food4j.data.manifest.Labels;
import org.food4j.data.photo.PhotoLimits;
import org.food4j.server.http.AllowedSites;
import org.food4j.server.http.ApiKeys;
import org.food4j.server.http.HttpLimits;
import org.food4j.server.model.ModelSettings;
import org.food4j.server.testing.DrawnModel;

/**
 * What the page is tested with: networks that tell red, green and blue photos apart, and photos.
 */
final class PageFixture {
  /** A key that the server takes. */
  static final String KEY = "a-key-for-the-page";

  /** Less than {@code large.jpg} has. */
  static final int MOST_BYTES = 256 << 10;

  private static final int SIZE = 32;

  /** More than the input, so that the page has a crop to show. */
  private static final int RESIZE = 40;

  private static final Labels COLOURS =
      new Labels(
          List.of(
              new Label(0, "red", "Bright Red", Map.of("wave_length", "700 nm")),
              new Label(1, "green", "Leaf Green", Map.of()),
              new Label(2, "blue", "Sea Blue", Map.of())));

  private PageFixture() {}

  /**
   * Starts a server with three models: {@code colours} with activation maps, {@code contrary} which
   * always disagrees, and {@code unsure} which is never sure.
   *
   * @param folder for the files
   */
  static FoodServer server(Path folder, ApiKeys keys) throws IOException {
    DrawnModel colours = // sure enough to be right, and not so sure that the page rounds
        DrawnModel.small().withLabels(COLOURS).withSizes(SIZE, RESIZE).withStrength(2);
    Map<String, Path> models = new LinkedHashMap<>();
    models.put("colours", colours.withMaps().write(folder.resolve("colours.onnx")));
    models.put("contrary", colours.withStrength(-2).write(folder.resolve("contrary.onnx")));
    models.put(
        "unsure",
        colours.withStrength(0.5).withThreshold(0.9).write(folder.resolve("unsure.onnx")));
    return FoodServer.start(
        new ServerSettings(
            "127.0.0.1",
            0,
            models,
            new ModelSettings(1, 1, 4, 16),
            1,
            PhotoLimits.DEFAULT,
            1 << 20,
            Duration.ofSeconds(30),
            Duration.ofHours(1),
            HttpLimits.DEFAULT.withBodyBytes(MOST_BYTES),
            keys,
            AllowedSites.NONE));
  }

  /** Keys with {@link #KEY} alone. */
  static ApiKeys keys(Path folder) throws IOException {
    return ApiKeys.read(Files.writeString(folder.resolve("keys.txt"), KEY + "\n"));
  }

  /** Writes {@code red.png}, {@code green.jpg}, {@code large.jpg} and {@code note.txt}. */
  static void photos(Path folder) throws IOException {
    ImageIO.write(spot(new Color(230, 20, 20)), "png", folder.resolve("red.png").toFile());
    ImageIO.write(spot(new Color(20, 200, 30)), "jpg", folder.resolve("green.jpg").toFile());
    ImageIO.write(noise(), "jpg", folder.resolve("large.jpg").toFile());
    Files.writeString(folder.resolve("note.txt"), "No photo at all, but a note.\n");
  }

  private static BufferedImage spot(Color color) {
    BufferedImage image = new BufferedImage(160, 100, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setColor(Color.DARK_GRAY);
    pen.fillRect(0, 0, image.getWidth(), image.getHeight());
    pen.setColor(color);
    pen.fillOval(40, 10, 80, 80);
    pen.dispose();
    return image;
  }

  /** Bluish, and hard to compress. */
  private static BufferedImage noise() {
    BufferedImage image = new BufferedImage(1600, 1200, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(8);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.setRGB(x, y, random.nextInt(128) << 16 | random.nextInt(128) << 8 | 0xe0);
      }
    }
    return image;
  }
}
