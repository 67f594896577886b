package org.food4j.data.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.food4j.data.duplicate.PhotoSignature;
import org.food4j.data.manifest.Labels;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.Split;
import org.food4j.data.scan.PhotoGroups;
import org.food4j.data.scan.ScannedPhoto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StratifiedSplitterTest {
  private static final long LOOK_ALIKE_BITS = 0x8000_0001L;
  private static final PhotoSignature FLAT = PhotoSignature.ofLevels(new byte[256]);
  private static final Labels LABELS = Labels.of(List.of("chai", "pizza"));

  @ParameterizedTest
  @ValueSource(ints = {51, 52, 59, 64, 71, 82, 84, 86, 89, 90, 199})
  void split_smallClasses_keepTheProportionAndFillUpTraining(int size) {
    StratifiedSplit split = split(photos("chai", size), photos("pizza", size));

    int[] counts = SplitTargets.DEFAULT.apportion(size);
    for (int label = 0; label < 2; label++) {
      List<ManifestEntry> train = entries(split, label, Split.TRAIN);
      assertThat(train).hasSize(150);
      assertThat(train).filteredOn(e -> !e.isCopy()).hasSize(counts[0]);
      assertThat(entries(split, label, Split.VALIDATION)).hasSize(counts[1]);
      assertThat(entries(split, label, Split.TEST)).hasSize(counts[2]);
    }
    assertThat(split.leftOut()).isEmpty();
  }

  @Test
  void split_copies_areSpreadEvenlyAndNameTheirSource() {
    StratifiedSplit split = split(photos("chai", 51), photos("pizza", 200));

    Map<String, Long> perSource =
        split.entries().stream()
            .filter(ManifestEntry::isCopy)
            .collect(Collectors.groupingBy(ManifestEntry::source, Collectors.counting()));
    assertThat(perSource).hasSize(38);
    // 150 lines of 38 originals: 112 copies, 2 or 3 of each.
    assertThat(perSource.values()).allMatch(n -> n == 2 || n == 3);
    assertThat(split.entries())
        .filteredOn(ManifestEntry::isCopy)
        .allSatisfy(
            copy -> {
              assertThat(copy.split()).isEqualTo(Split.TRAIN);
              assertThat(copy.id()).matches(copy.source() + "-[123]");
            });
    assertThat(split.entries()).extracting(ManifestEntry::id).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 350, 1000})
  void split_largeClasses_areUnderSampledToExactlyTheTargets(int size) {
    StratifiedSplit split = split(photos("chai", size), photos("pizza", 200));

    for (int label = 0; label < 2; label++) {
      assertThat(entries(split, label, Split.TRAIN)).hasSize(150).noneMatch(ManifestEntry::isCopy);
      assertThat(entries(split, label, Split.VALIDATION)).hasSize(30);
      assertThat(entries(split, label, Split.TEST)).hasSize(20);
    }
    assertThat(split.leftOut())
        .hasSize(size - 200)
        .allMatch(
            rejection ->
                rejection
                    .reason()
                    .equals("under-sampled: 200 of the class's " + size + " photos are used"));
  }

  @Test
  void split_partOfZero_staysEmpty() {
    List<ScannedPhoto> photos = new ArrayList<>(photos("chai", 30));
    photos.addAll(photos("pizza", 10));

    StratifiedSplit split =
        new StratifiedSplitter(new SplitTargets(0, 0, 20), PhotoGroups.NONE, 1)
            .split(photos, LABELS);

    assertThat(entries(split, 0, Split.TEST)).hasSize(20);
    assertThat(entries(split, 1, Split.TEST)).hasSize(10);
    assertThat(split.entries()).hasSize(30);
  }

  @Test
  void split_withoutCopies_underSamplesAndLeavesSmallClassesSmall() {
    StratifiedSplit split =
        new StratifiedSplitter(SplitTargets.DEFAULT.withBalance(Balance.NONE), PhotoGroups.NONE, 42)
            .split(both(photos("chai", 100), photos("pizza", 300)), LABELS);

    assertThat(entries(split, 0, Split.TRAIN)).hasSize(75);
    assertThat(entries(split, 0, Split.VALIDATION)).hasSize(15);
    assertThat(entries(split, 1, Split.TRAIN)).hasSize(150);
    assertThat(split.entries()).noneMatch(ManifestEntry::isCopy);
    assertThat(split.leftOut()).hasSize(100);
  }

  @Test
  void split_everyPhoto_keepsAllInProportion() {
    StratifiedSplit split =
        new StratifiedSplitter(new SplitTargets(8, 1, 1, Balance.EVERY_PHOTO), PhotoGroups.NONE, 42)
            .split(both(photos("chai", 55), photos("pizza", 1000)), LABELS);

    assertThat(entries(split, 0, Split.TRAIN)).hasSize(44);
    assertThat(entries(split, 0, Split.VALIDATION)).hasSize(6);
    assertThat(entries(split, 0, Split.TEST)).hasSize(5);
    assertThat(entries(split, 1, Split.TRAIN)).hasSize(800);
    assertThat(split.entries()).hasSize(1055).noneMatch(ManifestEntry::isCopy);
    assertThat(split.leftOut()).isEmpty();
  }

  @Test
  void split_nearDuplicates_shareASplitAndNumbersStay() {
    List<ScannedPhoto> photos = photos("chai", 60);
    Random random = new Random(5);
    for (int i = 0; i < 15; i++) {
      photos.add(lookAlike(photos.get(i), "chai", random));
      photos.add(lookAlike(photos.get(i), "chai", random));
    }

    StratifiedSplit split = split(photos, photos("pizza", 90));

    LeakageCheck.verify(split.entries(), alike(photos, List.of()));
    assertThat(entries(split, 0, Split.TRAIN)).filteredOn(e -> !e.isCopy()).hasSize(68);
    assertThat(entries(split, 0, Split.VALIDATION)).hasSize(13);
    assertThat(entries(split, 0, Split.TEST)).hasSize(9);
  }

  @Test
  void split_nearDuplicatesAcrossClasses_goToTheLargestPart() {
    List<ScannedPhoto> chai = photos("chai", 60);
    List<ScannedPhoto> pizza = photos("pizza", 60);
    Random random = new Random(6);
    for (int i = 0; i < 10; i++) {
      pizza.add(lookAlike(chai.get(i), "pizza", random));
    }

    StratifiedSplit split = split(chai, pizza);

    Set<String> alike =
        chai.subList(0, 10).stream().map(ScannedPhoto::id).collect(Collectors.toSet());
    assertThat(split.entries())
        .filteredOn(e -> alike.contains(e.id()))
        .hasSize(10)
        .allMatch(e -> e.split() == Split.TRAIN);
    LeakageCheck.verify(split.entries(), alike(chai, pizza));
  }

  @Test
  void split_underSampling_dropsNearDuplicatesFirst() {
    List<ScannedPhoto> chai = photos("chai", 250);
    Random random = new Random(7);
    for (int i = 0; i < 100; i++) {
      chai.add(lookAlike(chai.get(i), "chai", random));
    }

    StratifiedSplit split = split(chai, photos("pizza", 200));

    // 250 of the 350 look different; no part needs a second of any.
    List<ManifestEntry> kept = split.entries().stream().filter(e -> e.label() == 0).toList();
    assertThat(kept).hasSize(200);
    for (int i = 0; i < kept.size(); i++) {
      for (int j = 0; j < i; j++) {
        assertThat(Long.bitCount(hash(kept.get(i)) ^ hash(kept.get(j)))).isGreaterThan(4);
      }
    }
  }

  @Test
  void split_anyOrderOfPhotos_givesTheSame() {
    List<ScannedPhoto> photos = photos("chai", 70);
    photos.addAll(photos("pizza", 230));
    photos.add(lookAlike(photos.get(0), "pizza", new Random(3)));
    StratifiedSplit expected = splitter(42, photos).split(photos, LABELS);

    Collections.shuffle(photos, new Random(1));

    StratifiedSplit split = splitter(42, photos).split(photos, LABELS);
    assertThat(split.entries()).isEqualTo(expected.entries());
    assertThat(splitter(43, photos).split(photos, LABELS).entries())
        .isNotEqualTo(expected.entries());
  }

  @Test
  void split_anotherClassAdded_changesNothingForTheFirst() {
    StratifiedSplit alone =
        splitter(42, List.of()).split(photos("chai", 70), Labels.of(List.of("chai")));

    StratifiedSplit both = split(photos("chai", 70), photos("pizza", 230));

    assertThat(both.entries()).filteredOn(e -> e.label() == 0).isEqualTo(alone.entries());
  }

  @Test
  void split_tooFewPhotos_listsAllSuchClasses() {
    Labels labels = Labels.of(List.of("chai", "idli", "momos", "pizza"));
    List<ScannedPhoto> photos = photos("chai", 2);
    photos.addAll(photos("pizza", 3));
    List<ScannedPhoto> momos = photos("momos", 1);
    momos.add(lookAlike(momos.get(0), "momos", new Random(8)));
    momos.add(lookAlike(momos.get(0), "momos", new Random(9)));
    photos.addAll(momos);

    assertThatThrownBy(() -> splitter(42, photos).split(photos, labels))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Classes with too few photos: chai (2), idli (0), momos (3, of which 1 look different)."
                + " Each needs at least 3 that look different, one for each part (train,"
                + " validation, test): add photos, or take the folders away");
  }

  @Test
  void split_linkedGroups_stayInTraining() {
    List<ScannedPhoto> chai = photos("chai", 60);
    List<String> linked = chai.subList(10, 30).stream().map(ScannedPhoto::sha256).toList();
    List<ScannedPhoto> photos = new ArrayList<>(chai);
    photos.addAll(photos("pizza", 60));
    PhotoGroups groups = PhotoGroups.of(List.of(linked.subList(0, 9)), linked);

    StratifiedSplit split =
        new StratifiedSplitter(SplitTargets.DEFAULT, groups, 42).split(photos, LABELS);

    assertThat(split.entries())
        .filteredOn(e -> linked.contains(e.sha256()))
        .filteredOn(e -> !e.isCopy())
        .hasSize(20)
        .allMatch(e -> e.split() == Split.TRAIN);
    assertThat(entries(split, 0, Split.TEST)).hasSize(6);
  }

  @Test
  void split_groupsLargerThanAPart_neverGiveMoreThanItsTarget() {
    List<ScannedPhoto> chai = photos("chai", 195);
    List<ScannedPhoto> pizza = photos("pizza", 260);
    List<String> linked =
        Stream.concat(chai.subList(0, 170).stream(), pizza.subList(0, 225).stream())
            .map(ScannedPhoto::sha256)
            .toList();

    StratifiedSplit split =
        new StratifiedSplitter(SplitTargets.DEFAULT, PhotoGroups.of(List.of(), linked), 42)
            .split(both(chai, pizza), LABELS);

    assertThat(entries(split, 0, Split.TRAIN)).hasSize(150).noneMatch(ManifestEntry::isCopy);
    assertThat(entries(split, 0, Split.VALIDATION)).hasSize(17);
    assertThat(entries(split, 0, Split.TEST)).hasSize(8);
    assertThat(entries(split, 1, Split.TRAIN)).hasSize(150);
    assertThat(split.leftOut())
        .filteredOn(one -> one.path().startsWith("chai/"))
        .hasSize(20)
        .allMatch(
            one -> one.reason().equals("under-sampled: 175 of the class's 195 photos are used"));
    int pizzas = (int) split.entries().stream().filter(e -> e.label() == 1).count();
    assertThat(pizzas).isEqualTo(185);
    assertThat(split.leftOut())
        .filteredOn(one -> one.path().startsWith("pizza/"))
        .hasSize(75)
        .allMatch(
            one -> one.reason().equals("under-sampled: 185 of the class's 260 photos are used"));
  }

  private static StratifiedSplitter splitter(long seed, List<ScannedPhoto> photos) {
    return new StratifiedSplitter(SplitTargets.DEFAULT, alike(photos, List.of()), seed);
  }

  /** The photos that {@link #lookAlike} made, with what they were made of. */
  private static PhotoGroups alike(List<ScannedPhoto> some, List<ScannedPhoto> more) {
    return PhotoGroups.of(
        Stream.concat(some.stream(), more.stream())
            .collect(
                Collectors.groupingBy(
                    photo -> photo.perceptualHash() & ~LOOK_ALIKE_BITS,
                    Collectors.mapping(ScannedPhoto::sha256, Collectors.toList())))
            .values(),
        List.of());
  }

  private static StratifiedSplit split(List<ScannedPhoto> chai, List<ScannedPhoto> pizza) {
    List<ScannedPhoto> photos = both(chai, pizza);
    return splitter(42, photos).split(photos, LABELS);
  }

  private static List<ScannedPhoto> both(List<ScannedPhoto> chai, List<ScannedPhoto> pizza) {
    List<ScannedPhoto> photos = new ArrayList<>(chai);
    photos.addAll(pizza);
    return photos;
  }

  private static List<ManifestEntry> entries(StratifiedSplit split, int label, Split part) {
    return split.entries().stream().filter(e -> e.label() == label && e.split() == part).toList();
  }

  private static List<ScannedPhoto> photos(String className, int count) {
    Random random = new Random(className.hashCode());
    List<ScannedPhoto> photos = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      photos.add(photo(className, random.nextLong(), random));
    }
    return photos;
  }

  /** Another photo whose hash differs in two bits. */
  private static ScannedPhoto lookAlike(ScannedPhoto photo, String className, Random random) {
    return photo(className, photo.perceptualHash() ^ LOOK_ALIKE_BITS, random);
  }

  private static ScannedPhoto photo(String className, long hash, Random random) {
    String sha256 =
        "%016x%016x%032x".formatted(random.nextLong(), random.nextLong(), random.nextInt());
    return new ScannedPhoto(
        className + "/" + sha256.substring(20, 30) + ".jpg", className, 40, 30, sha256, hash, FLAT);
  }

  private static long hash(ManifestEntry entry) {
    return Long.parseUnsignedLong(entry.perceptualHash(), 16);
  }
}
