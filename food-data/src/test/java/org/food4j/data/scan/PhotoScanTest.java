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
import org.food4j.data.photo.NativePhotoDecoder;
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
    PhotoFolders.write(root.resolve("chai/Thumbs.db"), new byte[9]);
    PhotoFolders.write(root.resolve("chai/deep/desktop.ini"), new byte[9]);
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
    shell("touch \"pizza/$(printf 'caf\\351').png\"");

    assertThat(scan().rejected())
        .singleElement()
        .satisfies(rejection -> assertThat(rejection.reason()).contains("character set"));

    shell("mkdir \"$(printf 'caf\\351')\"");
    assertThatThrownBy(this::scan)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("class folder")
        .hasMessageContaining("LC_ALL=C.UTF-8");
  }

  /** Makes what Java cannot: names that are no UTF-8, pipes. */
  private void shell(String command) throws Exception {
    Assumptions.assumeTrue(
        System.getProperty("os.name").equals("Linux"),
        "Only Linux takes any bytes as a name, and surely has pipes");
    Process process =
        new ProcessBuilder("sh", "-c", command).directory(root.toFile()).inheritIO().start();
    assertThat(process.waitFor()).isZero();
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
  void of_linksBetweenClassFolders_endAndReadEveryPhotoOnce() throws IOException {
    // Followed every way, ten folders that link to each other make ten million paths.
    for (int from = 0; from < 10; from++) {
      PhotoFolders.write(root, "class-" + from, 0, 1);
      for (int to = 0; to < 10; to++) {
        Path link = root.resolve("class-%d/to-%d".formatted(from, to));
        Files.createSymbolicLink(link, root.resolve("class-" + to));
      }
    }

    PhotoScan scan = scan();

    assertThat(scan.classes()).hasSize(10);
    assertThat(scan.photos()).hasSize(10);
    assertThat(scan.rejected()).hasSize(100);
    assertThat(scan.rejected().subList(0, 2))
        .containsExactly(
            new Rejection("class-0/to-0", "a link that leads back to a folder above it"),
            new Rejection(
                "class-0/to-1", "the same folder as class-1, whose photos are read there"));
  }

  @Test
  void of_linksToOneFolderOutside_readItOnceUnderTheFirst(@TempDir Path outside)
      throws IOException {
    PhotoFolders.write(outside, "deep", 0, 1);
    PhotoFolders.write(root, "pizza", 0, 1);
    Files.createSymbolicLink(root.resolve("taco"), outside);
    Files.createSymbolicLink(root.resolve("pizza/b"), outside.resolve("deep"));
    Files.createSymbolicLink(root.resolve("pizza/parent"), root.getParent());
    Files.createSymbolicLink(root.resolve("pizza/zero"), Path.of("/dev/zero"));
    Files.createSymbolicLink(root.resolve("pizza/round"), root.resolve("pizza/round"));
    Files.createSymbolicLink(root.resolve("pizza/file.png"), outside.resolve("deep/photo-000.png"));

    PhotoScan scan = scan();
    // JUnit warns of links out of the folder that it deletes.
    Files.delete(root.resolve("pizza/parent"));
    Files.delete(root.resolve("pizza/zero"));

    assertThat(scan.photos())
        .extracting(ScannedPhoto::path)
        .containsExactly("pizza/b/photo-000.png", "pizza/file.png", "pizza/photo-000.png");
    assertThat(scan.classes()).containsExactly("pizza", "taco");
    assertThat(scan.rejected())
        .containsExactly(
            new Rejection("pizza/parent", "a link that leads back to a folder above it"),
            new Rejection("pizza/round", "a link that cannot be followed: FileSystemException"),
            new Rejection("pizza/zero", "not a regular file"),
            new Rejection("taco/deep", "the same folder as pizza/b, whose photos are read there"));
  }

  @Test
  void of_pipe_isRejectedNotWaitedFor() throws Exception {
    PhotoFolders.write(root, "pizza", 0, 1);
    shell("mkfifo pizza/pipe.png");

    assertThat(scan().rejected())
        .containsExactly(new Rejection("pizza/pipe.png", "not a regular file"));
  }

  @Test
  void of_anyNumberOfThreads_findsTheSameAndReportsProgress() throws IOException {
    PhotoFolders.write(root, "pizza", 0, 20);
    PhotoFolders.write(root.resolve("pizza/bad.png"), new byte[1]);
    List<Integer> reported = new ArrayList<>();

    PhotoScan one = PhotoScan.of(root, new NativePhotoDecoder(), 1, Progress.NONE);
    PhotoScan four =
        PhotoScan.of(
            root,
            new NativePhotoDecoder(),
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
    return PhotoScan.of(root, new NativePhotoDecoder(), 2, Progress.NONE);
  }
}
