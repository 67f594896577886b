package org.food4j.data.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.food4j.data.archive.ZipBytes;
import org.food4j.data.file.DirectoryLock;
import org.food4j.data.file.DirectoryPlace;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.DatasetException;
import org.food4j.data.manifest.Label;
import org.food4j.data.manifest.LabelFile;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.PhotoFolders;
import org.food4j.data.manifest.Split;
import org.food4j.data.pack.DatasetPack;
import org.food4j.data.scan.Progress;
import org.food4j.data.scan.Rejection;
import org.food4j.data.split.Balance;
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

    assertThat(summary).isEqualTo(new PreparationSummary(2, 32, 14, 30, 5, 3, 46));
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
  void run_everyPhoto_keepsAllAndRepeatsNone() throws IOException {
    PhotoFolders.write(photos, "pizza", 0, 30);
    PhotoFolders.write(photos, "chai", 0, 10);

    PreparationSummary summary =
        DatasetPreparation.of(photos, out)
            .withTargets(new SplitTargets(8, 1, 1, Balance.EVERY_PHOTO))
            .run(Progress.NONE);

    assertThat(summary).isEqualTo(new PreparationSummary(2, 40, 0, 32, 4, 4, 40));
    assertThat(Dataset.open(out).classCounts(Split.TRAIN)).containsExactly(8, 24);
    assertThat(out.resolve("dataset.json")).content().contains("\"balance\" : \"every_photo\"");
  }

  @Test
  void run_withLabelFile_takesItsOrderAndMetadata() throws IOException {
    PhotoFolders.write(photos, "leaf_rust", 0, 12);
    PhotoFolders.write(photos, "healthy", 0, 12);
    Path labels =
        PhotoFolders.write(
            folder.resolve("labels.csv"),
            "name,display_name,index,treatment\nleaf_rust,Leaf rust,0,copper\nhealthy,,1,\n"
                .getBytes(StandardCharsets.UTF_8));

    preparation().withLabels(LabelFile.read(labels)).run(Progress.NONE);

    Dataset dataset = Dataset.open(out);
    assertThat(dataset.labels())
        .containsExactly(
            new Label(0, "leaf_rust", "Leaf rust", Map.of("treatment", "copper")),
            new Label(1, "healthy", "Healthy", Map.of()));
    assertThat(dataset.entries())
        .allMatch(e -> e.path().startsWith("leaf_rust") == (e.label() == 0));
    PhotoFolders.write(photos, "mildew", 0, 12);
    assertThatThrownBy(
            () ->
                preparation()
                    .withLabels(LabelFile.read(labels))
                    .run(
                        (done, total) -> {
                          throw new AssertionError("read a photo");
                        }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nothing is said about mildew");
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
    new DatasetPreparation(
            photos, other, new SplitTargets(15, 3, 2), LabelFile.NONE, 42, 1_000_000, 4, false)
        .withPixelLimit(preparation().pixelLimit())
        .run(Progress.NONE);

    assertThat(PhotoFolders.contents(other)).hasSize(5).isEqualTo(PhotoFolders.contents(out));
    preparation().withSeed(43).run(Progress.NONE);
    assertThat(PhotoFolders.contents(other).get("manifest.csv"))
        .isNotEqualTo(PhotoFolders.contents(out).get("manifest.csv"));
  }

  @Test
  void run_again_readsOnlyWhatChangedAndGivesTheSameBytes() throws IOException {
    PhotoFolders.write(photos, "pizza", 0, 30);
    PhotoFolders.write(photos, "chai", 0, 12);
    PhotoFolders.write(photos.resolve("chai/zero.jpg"), new byte[0]);
    assertThat(preparation().run(Progress.NONE).read()).isEqualTo(43);
    assertThat(PhotoFolders.names(out.getParent())).containsExactly(".mine.scan", "mine");
    TreeMap<String, String> first = PhotoFolders.contents(out);

    assertThat(preparation().run(Progress.NONE).read()).isZero();
    assertThat(PhotoFolders.contents(out)).isEqualTo(first);
    assertThat(preparation().withPixelLimit(1_000_000).run(Progress.NONE).read()).isEqualTo(43);

    PhotoFolders.write(photos, "chai", 12, 1);
    Files.delete(photos.resolve("pizza/photo-003.png"));
    preparation().run(Progress.NONE);
    PhotoFolders.write(photos, "chai", 13, 1);
    assertThat(preparation().run(Progress.NONE).read()).isEqualTo(1);
    TreeMap<String, String> changed = PhotoFolders.contents(out);
    Files.delete(out.resolveSibling(".mine.scan"));
    assertThat(preparation().run(Progress.NONE).read()).isEqualTo(44);
    assertThat(PhotoFolders.contents(out)).isEqualTo(changed).isNotEqualTo(first);
  }

  @Test
  void run_zipOfOneFolder_isThatFoldersDataSet() throws IOException {
    PhotoFolders.write(photos.resolve("Food"), "pizza", 0, 12);
    PhotoFolders.write(photos.resolve("Food"), "chai", 0, 12);
    PhotoFolders.write(photos.resolve("licence.txt"), new byte[1]);
    ZipBytes zip = new ZipBytes();
    PhotoFolders.contents(photos)
        .forEach((path, text) -> zip.file(path, text.getBytes(StandardCharsets.ISO_8859_1)));
    zip.file("Food/pizza/../../../up.png", new byte[1]).file("../up.png", new byte[1]);
    preparation().run(Progress.NONE);
    String manifest = PhotoFolders.contents(out).get("manifest.csv");
    assertThat(out.resolve("rejected.csv")).content().contains("../licence.txt,lies outside");

    photos = PhotoFolders.write(folder.resolve("archive.of.mine"), zip.bytes());
    PreparationSummary summary = preparation().run(Progress.NONE);

    assertThat(summary.kept()).isEqualTo(24);
    assertThat(summary.rejected()).isEqualTo(3);
    Dataset dataset = Dataset.open(out);
    assertThat(dataset.photoRoot().getParent().getFileName().toString()).startsWith("mine-photos-");
    assertThat(dataset.photo(dataset.entries().get(0))).isRegularFile();
    assertThat(PhotoFolders.contents(out).get("manifest.csv")).isEqualTo(manifest);
    assertThat(dataset.rejections())
        .extracting(Rejection::path)
        .containsExactly("../../up.png", "../licence.txt", "pizza/../../../up.png");
    assertThat(preparation().run(Progress.NONE).read()).isZero();

    Files.write(photos, zip.file("Food/chai/new.png", PhotoFolders.png("chai", 50)).bytes());
    assertThat(preparation().run(Progress.NONE).kept()).isEqualTo(25);
    assertThat(dataset.photoRoot()).doesNotExist();
    assertThat(PhotoFolders.names(out.getParent()))
        .containsExactly(
            ".mine.scan",
            "mine",
            Dataset.open(out).photoRoot().getParent().getFileName().toString());

    photos = folder.resolve("photos");
    preparation().run(Progress.NONE);
    assertThat(PhotoFolders.names(out.getParent())).containsExactly(".mine.scan", "mine");
  }

  @Test
  void run_fileThatIsNoZip_saysWhatToName() throws IOException {
    photos = PhotoFolders.write(folder.resolve("photos.zip"), PhotoFolders.png("pizza", 1));
    refused("photos.zip is a file, and no zip: name a folder");
    assertThat(PhotoFolders.names(folder)).containsExactly("photos.zip");
  }

  @Test
  void run_zipOfAPack_saysWhatToNameAndLeavesNothing() throws IOException {
    PhotoFolders.write(photos, "pizza", 0, 12);
    PhotoFolders.write(photos, "chai", 0, 12);
    preparation().run(Progress.NONE);
    Path pack = folder.resolve("bal.zip");
    DatasetPack.of(Dataset.open(out)).write(pack, Progress.NONE);
    photos = pack;
    out = folder.resolve("other");

    refused(pack + " is a pack, its classes are one level deeper: unpack it and name its folder");

    assertThat(PhotoFolders.names(folder)).containsExactly("bal.zip", "photos", "sets");
  }

  @Test
  void run_partsOfADataSet_areNotTakenForClasses() throws IOException {
    for (String part : List.of("Test", "Train", "valid")) {
      PhotoFolders.write(photos.resolve(part), "pizza", 0, 4);
      PhotoFolders.write(photos.resolve(part), "chai", 0, 4);
    }
    PhotoFolders.write(photos.resolve("Train/labels.csv"), new byte[] {'a', ',', 'b'});

    refused("holds no photos in Test, Train, valid themselves but folders of the same names");
    refused("parts of a data set that was split before");
    refused("name that folder instead, " + photos.resolve("Train"));

    ZipBytes zip = new ZipBytes();
    PhotoFolders.contents(photos)
        .forEach((path, text) -> zip.file(path, text.getBytes(StandardCharsets.ISO_8859_1)));
    photos = PhotoFolders.write(folder.resolve("food.zip"), zip.bytes());
    refused("unpack it and name its folder Train;");
    assertThat(PhotoFolders.names(folder)).containsExactly("food.zip", "photos");

    photos = folder.resolve("photos/Train");
    assertThat(preparation().run(Progress.NONE).kept()).isEqualTo(8);
  }

  @Test
  void run_classesWhosePhotosLieOneFolderDeeper_areClasses() throws IOException {
    for (String name : List.of("pizza", "chai")) {
      PhotoFolders.write(photos.resolve(name), "images", name.length() * 100, 6);
    }
    PhotoFolders.write(photos.resolve("chai/boxes.txt"), new byte[3]);

    assertThat(preparation().run(Progress.NONE).kept()).isEqualTo(12);
  }

  @Test
  void run_whileAnotherWritesThere_isRefused() throws IOException {
    PhotoFolders.write(photos, "pizza", 0, 12);
    PhotoFolders.write(photos, "chai", 0, 12);
    DirectoryLock lock = DirectoryLock.tryAcquire(DirectoryPlace.of(out)).orElseThrow();

    assertThatThrownBy(() -> preparation().run(Progress.NONE))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("another preparation writes there at this moment");
    lock.close();
    assertThat(preparation().run(Progress.NONE).kept()).isEqualTo(24);
  }

  @Test
  void run_badPhotoFolder_isOneLineAndKeepsWhatWasRead() throws IOException {
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

    // What was read need not be read again when the class has more photos.
    PhotoFolders.write(photos, "chai", 0, 3);
    PhotoFolders.write(photos, "pizza", 2, 1);
    assertThat(preparation().run(Progress.NONE).read()).isEqualTo(4);
  }

  @Test
  void run_badPhotoFolder_writesNothingButTheRecordOfTheScan() throws IOException {
    Files.createDirectories(photos);
    refused("holds no class folders (it is empty)");
    assertThat(PhotoFolders.names(folder)).containsExactly("photos");
    PhotoFolders.write(photos, "pizza", 0, 2);
    PhotoFolders.write(photos, "chai", 0, 2);
    refused("Classes with too few photos");
    assertThat(PhotoFolders.names(folder)).containsExactly("photos", "sets");
    assertThat(PhotoFolders.names(folder.resolve("sets"))).containsExactly(".mine.scan");
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
