package org.food4j.data.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.PhotoFolders;
import org.food4j.data.manifest.Split;
import org.food4j.data.scan.Progress;
import org.food4j.data.split.SplitTargets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetPreparationTest {
  @TempDir Path folder;
  private Path photos;
  private Path out;

  @BeforeEach
  void name() {
    photos = folder.resolve("photos");
    out = folder.resolve("sets/mine");
  }

  @Test
  void run_messyFolder_givesABalancedSetAndAReasonForTheRest() throws IOException {
    PhotoFolders.write(photos, "pizza", 0, 30);
    PhotoFolders.write(photos, "chai", 0, 12);
    PhotoFolders.write(photos.resolve("chai/copy.png"), PhotoFolders.png("chai", 3));
    PhotoFolders.write(photos.resolve("chai/text.jpg"), "hello".getBytes(StandardCharsets.UTF_8));
    PhotoFolders.write(photos.resolve("chai/both.png"), PhotoFolders.png("both", 0));
    PhotoFolders.write(photos.resolve("pizza/both.png"), PhotoFolders.png("both", 0));
    List<Integer> progress = new ArrayList<>();

    PreparationSummary summary =
        preparation().run((done, total) -> progress.add(100 * done / total));

    assertThat(summary).isEqualTo(new PreparationSummary(2, 32, 14, 30, 5, 3));
    assertThat(progress).hasSize(46).endsWith(100);
    Dataset dataset = Dataset.open(out);
    assertThat(dataset.labels()).extracting("name").containsExactly("chai", "pizza");
    assertThat(dataset.entries(Split.TRAIN)).filteredOn(ManifestEntry::isCopy).hasSize(6);
    assertThat(dataset.entries())
        .allSatisfy(entry -> assertThat(dataset.photo(entry)).isRegularFile());
    assertThat(out.resolve("rejected.csv"))
        .content()
        .startsWith(
            """
            path,reason
            chai/both.png,contradictory labels: the same photo as pizza/both.png (pizza)
            chai/photo-003.png,duplicate of chai/copy.png
            chai/text.jpg,not a photo: starts like text
            pizza/both.png,contradictory labels: the same photo as chai/both.png (chai)
            pizza/photo-""")
        .endsWith(".png,under-sampled: 20 of the class's 30 photos are used\n");
  }

  @Test
  void run_samePhotosAndSeed_givesTheSameBytesAnywhere() throws IOException {
    PhotoFolders.write(photos, "pizza", 0, 30);
    PhotoFolders.write(photos, "chai", 0, 12);
    preparation().withThreads(1).run(Progress.NONE);

    // The same files again, written in another order, which is the file system's listing order.
    Path other = folder.resolve("elsewhere/deep/down");
    Files.move(photos, folder.resolve("old"));
    PhotoFolders.write(photos, "chai", 5, 7);
    PhotoFolders.write(photos, "pizza", 12, 18);
    PhotoFolders.write(photos, "pizza", 0, 12);
    PhotoFolders.write(photos, "chai", 0, 5);
    new DatasetPreparation(photos, other, new SplitTargets(15, 3, 2), 42, 1_000_000, 4, false)
        .withPixelLimit(preparation().pixelLimit())
        .run(Progress.NONE);

    assertThat(PhotoFolders.contents(other)).hasSize(5).isEqualTo(PhotoFolders.contents(out));
    preparation().withSeed(43).run(Progress.NONE);
    assertThat(PhotoFolders.contents(other).get("manifest.csv"))
        .isNotEqualTo(PhotoFolders.contents(out).get("manifest.csv"));
  }

  @Test
  void run_badPhotoFolder_isOneLineAndWritesNothing() throws IOException {
    refused("There is no folder " + photos);
    Files.createDirectories(photos);
    refused("holds no class folders (it is empty)");
    Files.createDirectories(photos.resolve("pizza"));
    refused("holds a single class folder (pizza) and a classifier needs two or more");
    Files.createDirectories(photos.resolve("chai"));
    refused("The class folders of " + photos.toRealPath() + " hold no files");
    PhotoFolders.write(photos.resolve("chai/zero.jpg"), new byte[0]);
    refused("None of the 1 files in " + photos.toRealPath() + " can be used: chai/zero.jpg");
    PhotoFolders.write(photos, "pizza", 0, 2);
    refused("Classes with too few photos: chai (0), pizza (2). Each needs at least 3");

    assertThat(PhotoFolders.names(folder)).containsExactly("photos");
  }

  @Test
  void run_outThatIsNotOurs_isRefusedBeforeReadingPhotos() throws IOException {
    PhotoFolders.write(photos, "pizza", 0, 12);
    PhotoFolders.write(photos, "chai", 0, 12);
    PhotoFolders.write(out.resolve("thesis.txt"), new byte[3]);

    assertThatThrownBy(
            () ->
                preparation()
                    .run(
                        (done, total) -> {
                          throw new AssertionError("read a photo");
                        }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not empty and no Food4J data set");
    assertThat(PhotoFolders.names(out)).containsExactly("thesis.txt");
    out = photos.resolve("out");
    refused("lies inside the photo folder");
  }

  private void refused(String message) {
    assertThatThrownBy(() -> preparation().run(Progress.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  private DatasetPreparation preparation() {
    return DatasetPreparation.of(photos, out).withTargets(SplitTargets.perClass(20));
  }
}
