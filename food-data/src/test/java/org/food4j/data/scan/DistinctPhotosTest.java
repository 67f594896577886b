package org.food4j.data.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.food4j.data.duplicate.PhotoSignature;
import org.junit.jupiter.api.Test;

class DistinctPhotosTest {
  private static final String ROOT = "/photos";

  /** A photo of which the picture's number decides what it shows, the file's what its bytes are. */
  private static ScannedPhoto photo(String path, int picture, int file) {
    byte[] levels = new byte[256];
    // Random colours of 4 x 4 fields, and a little noise that only the file decides.
    byte[] fields = new byte[16];
    new Random(picture).nextBytes(fields);
    Random noise = new Random(file);
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) (40 + (fields[i / 64 * 4 + i % 16 / 4] & 0x7f) + noise.nextInt(3));
    }
    return new ScannedPhoto(
        path,
        path.substring(0, path.indexOf('/')),
        64,
        48,
        "%064x".formatted(file),
        file,
        PhotoSignature.ofLevels(levels));
  }

  private static DistinctPhotos of(ScannedPhoto... photos) {
    PhotoScan scan = new PhotoScan(ROOT, List.of("chai", "pizza"), List.of(photos), List.of());
    return DistinctPhotos.of(scan, false);
  }

  @Test
  void of_nearDuplicatesInAClass_staysAndIsGrouped() {
    ScannedPhoto a = photo("chai/a.jpg", 1, 11);
    ScannedPhoto b = photo("chai/b.jpg", 1, 12);
    ScannedPhoto c = photo("chai/c.jpg", 2, 13);

    DistinctPhotos distinct = of(a, b, c);

    assertThat(distinct.scan().photos()).containsExactly(a, b, c);
    assertThat(distinct.groups().leader(b.sha256()))
        .isEqualTo(distinct.groups().leader(a.sha256()));
    assertThat(distinct.groups().leader(c.sha256())).isEqualTo(c.sha256());
    assertThat(distinct.lookAlikes())
        .singleElement()
        .satisfies(
            pair -> {
              assertThat(pair.path()).isEqualTo("chai/b.jpg");
              assertThat(pair.other()).isEqualTo("chai/a.jpg");
              assertThat(pair.isSame()).isTrue();
            });
  }

  @Test
  void of_theSamePictureInTwoClasses_leavesOutEachOfIts() {
    DistinctPhotos distinct =
        of(
            photo("chai/a.jpg", 1, 11),
            photo("chai/b.jpg", 1, 12),
            photo("chai/z.jpg", 9, 19),
            photo("pizza/c.jpg", 1, 13));

    assertThat(distinct.scan().photos())
        .extracting(ScannedPhoto::path)
        .containsExactly("chai/z.jpg");
    assertThat(distinct.scan().rejected())
        .containsExactly(
            new Rejection(
                "chai/a.jpg", "contradictory labels: the same photo as pizza/c.jpg (pizza)"),
            new Rejection(
                "chai/b.jpg", "contradictory labels: the same photo as pizza/c.jpg (pizza)"),
            new Rejection(
                "pizza/c.jpg", "contradictory labels: the same photo as chai/a.jpg (chai)"));
    assertThat(distinct.lookAlikes()).hasSize(2);
  }

  @Test
  void of_identicalInTwoClassesAndNearlyInOne_leavesOutAllThree() {
    DistinctPhotos distinct =
        of(
            photo("chai/a.jpg", 1, 11),
            photo("pizza/a.jpg", 1, 11),
            photo("pizza/b.jpg", 1, 12),
            photo("pizza/c.jpg", 3, 13));

    assertThat(distinct.scan().photos())
        .extracting(ScannedPhoto::path)
        .containsExactly("pizza/c.jpg");
    assertThat(distinct.scan().rejected())
        .hasSize(3)
        .allMatch(rejection -> rejection.kind() == Rejection.Kind.CONTRADICTORY);
  }

  @Test
  void of_identicalFilesOfAClass_keepsTheFirstByPath() {
    DistinctPhotos distinct =
        of(photo("chai/a.jpg", 1, 11), photo("chai/b.jpg", 1, 11), photo("chai/c.jpg", 1, 12));

    assertThat(distinct.scan().photos())
        .extracting(ScannedPhoto::path)
        .containsExactly("chai/a.jpg", "chai/c.jpg");
    assertThat(distinct.scan().rejected())
        .containsExactly(new Rejection("chai/b.jpg", "duplicate of chai/a.jpg"));
  }

  @Test
  void other_ofARejection_isThePhotoItNames() {
    assertThat(Rejection.duplicate("a/x (1).jpg", "a/y (2).jpg").other()).contains("a/y (2).jpg");
    assertThat(Rejection.contradictory("a/x.jpg", "b/y (2).jpg", "b").other())
        .contains("b/y (2).jpg");
    assertThat(Rejection.contradictory("a/x.jpg", "b (c)/y.jpg", "b (c)").other())
        .contains("b (c)/y.jpg");
    assertThat(new Rejection("a/x.jpg", "empty file").other()).isEmpty();
  }

  @Test
  void of_renamedFiles_groupsTheSamePhotos() {
    List<ScannedPhoto> photos = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      photos.add(photo("chai/%02d.jpg".formatted(i), i / 2, 100 + i));
    }
    List<ScannedPhoto> renamed =
        photos.stream()
            .map(
                p ->
                    photo(
                        "chai/" + p.sha256().substring(60) + "x.jpg",
                        (int) (p.perceptualHash() - 100) / 2,
                        (int) p.perceptualHash()))
            .toList();

    PhotoGroups groups = of(photos.toArray(ScannedPhoto[]::new)).groups();
    PhotoGroups again = of(renamed.toArray(ScannedPhoto[]::new)).groups();

    assertThat(Arrays.asList(photos.stream().map(p -> groups.leader(p.sha256())).toArray()))
        .isEqualTo(Arrays.asList(renamed.stream().map(p -> again.leader(p.sha256())).toArray()));
  }
}
