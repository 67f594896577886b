package org.food4j.data.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Labels;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.Split;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.photo.PhotoException;

/** Photos of noise in a format that needs no library: width, height, then the pixels. */
final class SmallDataset {
  /** Reads that format. */
  static final PhotoDecoder DECODER =
      encoded -> {
        if (encoded.length < 2) {
          throw new PhotoException("truncated after %d bytes".formatted(encoded.length));
        }
        return new Photo(encoded[0], encoded[1], Arrays.copyOfRange(encoded, 2, encoded.length));
      };

  private SmallDataset() {}

  /** Writes that many photos of 20 to 59 pixels a side, of three classes in turns. */
  static Dataset write(Path root, int photos) throws IOException {
    Random random = new Random(1);
    List<ManifestEntry> entries = new ArrayList<>();
    for (int n = 0; n < photos; n++) {
      int width = 20 + random.nextInt(40);
      int height = 20 + random.nextInt(40);
      byte[] file = new byte[2 + width * height * 3];
      random.nextBytes(file);
      file[0] = (byte) width;
      file[1] = (byte) height;
      String path = "photo" + n + ".raw";
      Files.write(root.resolve(path), file);
      entries.add(new ManifestEntry("id" + n, path, n % 3, Split.TRAIN, width, height, "", "", ""));
    }
    return new Dataset(root, root, Labels.of(List.of("idli", "pizza", "sushi")), entries, "");
  }
}
