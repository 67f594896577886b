package org.food4j.data.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.PhotoFolders;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.photo.Photo;
import org.food4j.data.scan.Progress;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealPhotosTest {
  @Test
  void run_realClasses_giveTheSmallClassesProportion(@TempDir Path folder) throws IOException {
    Path real = shared("data/photos");
    Path photos = folder.resolve("photos");
    for (String name : List.of("fries", "hot_dog", "kaathi_rolls")) {
      try (Stream<Path> files = Files.list(real.resolve(name))) {
        for (Path file : files.toList()) {
          PhotoFolders.write(
              photos.resolve(name).resolve(file.getFileName()), Files.readAllBytes(file));
        }
      }
    }

    PreparationSummary summary =
        DatasetPreparation.of(photos, folder.resolve("set")).run(Progress.NONE);

    // 52, 64 and 51 photos, all different: 39 + 8 + 5, 48 + 10 + 6, 38 + 8 + 5.
    assertThat(summary).isEqualTo(new PreparationSummary(3, 167, 0, 450, 26, 16, 167));
    assertThat(Dataset.open(folder.resolve("set")).labels().size()).isEqualTo(3);
  }

  @Test
  void decode_jpgsThatAreWebp_areToldByContent() throws IOException {
    int webp = 0;
    try (Stream<Path> files = Files.walk(shared("data/originals"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jpg")).toList()) {
        byte[] encoded = Files.readAllBytes(file);
        if (encoded[0] == 'R' && encoded[8] == 'W') {
          Photo photo = new NativePhotoDecoder().decode(encoded);
          assertThat(photo.width()).as(file.toString()).isGreaterThan(100);
          webp++;
        }
      }
    }
    assertThat(webp).isPositive();
  }

  private static Path shared(String name) {
    Path folder = Path.of(System.getProperty("food4j.shared", "../shared"), name);
    Assumptions.assumeTrue(
        Files.isDirectory(folder), () -> "There are no real photos at " + folder);
    return folder;
  }
}
