package org.food4j.train.run;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.LabelFile;
import org.food4j.data.prepare.DatasetPreparation;
import org.food4j.data.scan.Progress;
import org.food4j.data.split.SplitTargets;

/** Three classes that a network tells apart in a few steps: stripes across, stripes down, dots. */
public final class StripedPhotos {
  private static final int SIZE = 48;

  private StripedPhotos() {}

  public static Dataset prepare(Path folder) throws IOException {
    return prepare(folder, LabelFile.NONE);
  }

  /** The same with an order of the classes that is not the alphabet's. */
  public static Dataset prepare(Path folder, LabelFile labels) throws IOException {
    Random random = new Random(3);
    for (String name : new String[] {"across", "dots", "down"}) {
      Path photos = Files.createDirectories(folder.resolve("photos").resolve(name));
      for (int number = 0; number < 24; number++) {
        ImageIO.write(
            draw(name, random), "png", photos.resolve("%02d.png".formatted(number)).toFile());
      }
    }
    DatasetPreparation.of(folder.resolve("photos"), folder.resolve("dataset"))
        .withTargets(new SplitTargets(16, 4, 4))
        .withLabels(labels)
        .run(Progress.NONE);
    return Dataset.open(folder.resolve("dataset"));
  }

  private static BufferedImage draw(String name, Random random) {
    BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = image.createGraphics();
    // Light on dark, so that there is nothing but the pattern to learn.
    canvas.setColor(grey(random.nextInt(60)));
    canvas.fillRect(0, 0, SIZE, SIZE);
    canvas.setColor(grey(195 + random.nextInt(60)));
    // Each turned by a few degrees, or most would be each other's near duplicates.
    canvas.rotate((random.nextDouble() - 0.5) * 0.5, SIZE / 2.0, SIZE / 2.0);
    int width = 3 + random.nextInt(5);
    int from = -SIZE / 2 - random.nextInt(width);
    int length = 2 * SIZE;
    for (int at = from; at < length; at += 2 * width) {
      switch (name) {
        case "across" -> canvas.fillRect(from, at, length, width);
        case "down" -> canvas.fillRect(at, from, width, length);
        default -> {
          for (int y = from + random.nextInt(width); y < length; y += 2 * width) {
            canvas.fillOval(at, y, width, width);
          }
        }
      }
    }
    canvas.dispose();
    return image;
  }

  private static Color grey(int level) {
    return new Color(level, level, level);
  }
}
