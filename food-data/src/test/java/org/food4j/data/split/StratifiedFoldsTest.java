package org.food4j.data.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.food4j.data.manifest.Labels;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.Split;
import org.food4j.data.scan.LookAlike;
import org.junit.jupiter.api.Test;

class StratifiedFoldsTest {
  private static final Labels LABELS = Labels.of(List.of("idli", "momos", "taco"));

  @Test
  void folds_ofClassesOfOtherSizes_holdEachClassEvenlyAndEveryPhotoOnce() {
    List<ManifestEntry> photos = new ArrayList<>(photos(0, 23));
    photos.addAll(photos(1, 7));
    List<List<ManifestEntry>> folds = StratifiedFolds.of(photos, LABELS, List.of(), 5, 1);
    assertThat(folds.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(photos);
    for (List<ManifestEntry> fold : folds) {
      assertThat(fold).filteredOn(e -> e.label() == 0).hasSizeBetween(4, 5);
      assertThat(fold).filteredOn(e -> e.label() == 1).hasSizeBetween(1, 2);
      assertThat(fold).hasSize(6);
    }
  }

  @Test
  void photos_thatLookAlike_shareAFoldAlongChains() {
    List<ManifestEntry> photos = photos(0, 30);
    List<LookAlike> alike = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      alike.add(new LookAlike(photos.get(i).path(), photos.get(i + 1).path(), 0.95, false));
    }
    alike.add(new LookAlike(photos.get(8).path(), "elsewhere.jpg", 0.95, false));
    for (long seed = 0; seed < 20; seed++) {
      List<List<ManifestEntry>> folds = StratifiedFolds.of(photos, LABELS, alike, 3, seed);
      assertThat(folds)
          .filteredOn(fold -> photos.subList(0, 7).stream().anyMatch(fold::contains))
          .singleElement()
          .satisfies(fold -> assertThat(fold).containsAll(photos.subList(0, 7)));
      assertThat(folds).extracting(List::size).containsOnly(10);
    }
  }

  @Test
  void folds_ofTheSameSeed_areTheSameInWhateverOrderPhotosCome() {
    List<ManifestEntry> photos = photos(0, 40);
    List<ManifestEntry> shuffled = new ArrayList<>(photos);
    Collections.shuffle(shuffled, new Random(7));
    assertThat(asSets(StratifiedFolds.of(shuffled, LABELS, List.of(), 4, 3)))
        .isEqualTo(asSets(StratifiedFolds.of(photos, LABELS, List.of(), 4, 3)))
        .isNotEqualTo(asSets(StratifiedFolds.of(photos, LABELS, List.of(), 4, 4)));
  }

  @Test
  void foldsBeyondAClass_orBelowTwo_areRefused() {
    assertThatThrownBy(() -> StratifiedFolds.of(photos(2, 4), LABELS, List.of(), 5, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Class taco has 4 photos, those that look alike counted as one: fewer than the 5 folds; use fewer folds, or more photos");
    assertThatThrownBy(() -> StratifiedFolds.of(photos(0, 4), LABELS, List.of(), 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 2 folds, not 1");
  }

  private static List<Set<ManifestEntry>> asSets(List<List<ManifestEntry>> folds) {
    return folds.stream().<Set<ManifestEntry>>map(HashSet::new).toList();
  }

  private static List<ManifestEntry> photos(int label, int count) {
    List<ManifestEntry> photos = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = "%d%015d".formatted(label, i);
      photos.add(
          new ManifestEntry(id, id + ".jpg", label, Split.TRAIN, 4, 3, id.repeat(4), "", ""));
    }
    return photos;
  }
}
