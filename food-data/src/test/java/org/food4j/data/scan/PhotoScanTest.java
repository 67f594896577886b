package org.food4j.data.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.food4j.data.file.Sha256;
import org.food4j.data.manifest.PhotoFolders;
import org.food4j.data.photo.OpenCvPhotoDecoder;
import org.food4j.data.photo.SamplePhotos;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhotoScanTest {
  @TempDir Path root;

  @Test
  void of_messyFolder_keepsPhotosAndListsTheRest() throws IOException {
    byte[] jpeg = SamplePhotos.encode(SamplePhotos.random(1, 30, 20), "jpg");
    PhotoFolders.write(root.resolve("pizza/b.jpg"), jpeg);
    PhotoFolders.write(root.resolve("pizza/deeper/still/a.jpg"), PhotoFolders.png("pizza", 1));
    PhotoFolders.write(root.resolve("pizza/zero.jpg"), new byte[0]);
    PhotoFolders.write(root.resolve("pizza/cut.jpg"), Arrays.copyOf(jpeg, jpeg.length / 2));
    PhotoFolders.write(
        root.resolve("chai/notes.jpg"), "not a photo".getBytes(StandardCharsets.UTF_8));
    PhotoFolders.write(root.resolve("chai/.DS_Store"), new byte[9]);
    PhotoFolders.write(root.resolve("__MACOSX/pizza/b.jpg"), jpeg);
    PhotoFolders.write(root.resolve(".cache/b.jpg"), jpeg);
    PhotoFolders.write(root.resolve("readme.txt"), new byte[9]);
    Files.createDirectories(root.resolve("empty"));

    PhotoScan scan = scan();

    assertThat(scan.classes()).containsExactly("chai", "empty", "pizza");
    assertThat(scan.photos())
        .extracting(ScannedPhoto::path)
        .containsExactly("pizza/b.jpg", "pizza/deeper/still/a.jpg");
    assertThat(scan.photos().get(0).className()).isEqualTo("pizza");
    assertThat(scan.photos().get(0).width()).isEqualTo(30);
    assertThat(scan.photos().get(0).height()).isEqualTo(20);
    assertThat(scan.photos().get(0).sha256()).isEqualTo(Sha256.of(jpeg));
    assertThat(scan.rejected())
        .containsExactly(
            new Rejection("chai/notes.jpg", "not a photo: starts like text"),
            new Rejection("pizza/cut.jpg", "truncated JPEG: no end marker"),
            new Rejection("pizza/zero.jpg", "empty file"),
            new Rejection("readme.txt", "lies outside the class folders"));
  }

  @Test
  void of_anyUnicodeNames_areKept() throws IOException {
    List<String> names = List.of("पानी पूरी", "寿司", "crème, \"brûlée\"", "🍕");
    for (String name : names) {
      try {
        PhotoFolders.write(root.resolve(name).resolve(name + ".png"), PhotoFolders.png(name, 1));
      } catch (java.nio.file.InvalidPathException e) {
        Assumptions.abort("This system's character set cannot hold the name " + name);
      }
    }

    PhotoScan scan = scan();

    assertThat(scan.classes()).containsExactlyInAnyOrderElementsOf(names);
    assertThat(scan.photos())
        .allSatisfy(photo -> assertThat(root.resolve(photo.path())).isRegularFile());
  }

  @Test
  void of_namesInAnotherCharacterSet_areRejectedAndForAClassRefused() throws Exception {
    PhotoFolders.write(root, "pizza", 0, 1);
    latin1("touch \"pizza/$(printf 'caf\\351').png\"");

    assertThat(scan().rejected())
        .singleElement()
        .satisfies(rejection -> assertThat(rejection.reason()).contains("character set"));

    latin1("mkdir \"$(printf 'caf\\351')\"");
    assertThatThrownBy(this::scan)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("class folder")
        .hasMessageContaining("LC_ALL=C.UTF-8");
  }

  /** Names that Java cannot make: bytes that are no UTF-8. */
  private void latin1(String command) throws Exception {
    Assumptions.assumeTrue(
        System.getProperty("os.name").equals("Linux"), "Only Linux takes any bytes as a name");
    Process shell =
        new ProcessBuilder("sh", "-c", command).directory(root.toFile()).inheritIO().start();
    assertThat(shell.waitFor()).isZero();
  }

  @Test
  void of_linksThatLoopOrLeadNowhere_areRejected() throws IOException {
    PhotoFolders.write(root, "pizza", 0, 1);
    PhotoFolders.write(root, "chai", 0, 1);
    Files.createSymbolicLink(root.resolve("pizza/up"), root);
    Files.createSymbolicLink(root.resolve("pizza/self"), root.resolve("pizza"));
    Files.createSymbolicLink(root.resolve("pizza/gone.png"), root.resolve("nothing"));
    Files.createSymbolicLink(root.resolve("again"), root);

    PhotoScan scan = scan();

    assertThat(scan.classes()).containsExactly("chai", "pizza");
    assertThat(scan.photos())
        .extracting(ScannedPhoto::path)
        .containsExactly("chai/photo-000.png", "pizza/photo-000.png");
    assertThat(scan.rejected())
        .containsExactly(
            new Rejection("again", "a link that leads back to a folder above it"),
            new Rejection("pizza/gone.png", "a link to a missing file"),
            new Rejection("pizza/self", "a link that leads back to a folder above it"),
            new Rejection("pizza/up", "a link that leads back to a folder above it"));
  }

  @Test
  void of_anyNumberOfThreads_findsTheSameAndReportsProgress() throws IOException {
    PhotoFolders.write(root, "pizza", 0, 20);
    PhotoFolders.write(root.resolve("pizza/bad.png"), new byte[1]);
    List<Integer> reported = new ArrayList<>();

    PhotoScan one = PhotoScan.of(root, new OpenCvPhotoDecoder(), 1, Progress.NONE);
    PhotoScan four =
        PhotoScan.of(
            root,
            new OpenCvPhotoDecoder(),
            4,
            (done, total) -> {
              assertThat(total).isEqualTo(21);
              reported.add(done);
            });

    assertThat(four).isEqualTo(one);
    assertThat(reported).hasSize(21).isSorted().startsWith(1).endsWith(21);
  }

  @Test
  void withoutDuplicates_keepsOneAndDropsContradictions() throws IOException {
    byte[] twice = PhotoFolders.png("pizza", 1);
    byte[] contradictory = PhotoFolders.png("pizza", 2);
    PhotoFolders.write(root.resolve("pizza/b.png"), twice);
    PhotoFolders.write(root.resolve("pizza/a.png"), twice);
    PhotoFolders.write(root.resolve("pizza/c.png"), contradictory);
    PhotoFolders.write(root.resolve("taco/d.png"), contradictory);
    PhotoFolders.write(root.resolve("taco/e.png"), PhotoFolders.png("taco", 1));

    PhotoScan scan = scan().withoutDuplicates();

    assertThat(scan.photos())
        .extracting(ScannedPhoto::path)
        .containsExactly("pizza/a.png", "taco/e.png");
    assertThat(scan.rejected())
        .containsExactly(
            new Rejection("pizza/b.png", "duplicate of pizza/a.png"),
            new Rejection(
                "pizza/c.png", "contradictory labels: the same photo as taco/d.png (taco)"),
            new Rejection(
                "taco/d.png", "contradictory labels: the same photo as pizza/c.png (pizza)"));
  }

  @Test
  void of_noFolderNoClasses_isRefused() throws IOException {
    Path file = PhotoFolders.write(root.resolve("file"), new byte[1]);

    assertThatThrownBy(() -> PhotoScan.classFolders(root.resolve("nowhere")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There is no folder " + root.resolve("nowhere"));
    assertThatThrownBy(() -> PhotoScan.classFolders(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is a file");
    assertThatThrownBy(() -> PhotoScan.classFolders(root))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("holds no class folders: give");
    Files.delete(file);
    assertThatThrownBy(() -> PhotoScan.classFolders(root))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(it is empty)");
  }

  private PhotoScan scan() throws IOException {
    return PhotoScan.of(root, new OpenCvPhotoDecoder(), 2, Progress.NONE);
  }
}
