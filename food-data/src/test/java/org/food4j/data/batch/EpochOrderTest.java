package org.food4j.data.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.Split;
import org.junit.jupiter.api.Test;

class EpochOrderTest {
  private static final EpochOrder BALANCED = EpochOrder.CLASS_BALANCED;

  @Test
  void classBalanced_everyEpoch_drawsEachClassEquallyOften() {
    List<ManifestEntry> photos = photos(50, 7, 2);

    // 59 photos of 3 classes: 20 of each, rounded up
    assertThat(BALANCED.length(photos)).isEqualTo(60);
    for (int epoch = 0; epoch < 5; epoch++) {
      assertThat(countPerClass(BALANCED.of(photos, 1, epoch)))
          .containsExactlyInAnyOrderEntriesOf(Map.of(0, 20L, 1, 20L, 2, 20L));
    }
  }

  @Test
  void classBalanced_overAnyEpochs_repeatsNoPhotoBeforeAllOfItsClassWereSeen() {
    List<ManifestEntry> photos = photos(50, 7, 2);
    Map<String, Integer> drawn = new HashMap<>();
    photos.forEach(photo -> drawn.put(photo.id(), 0));
    for (int epoch = 0; epoch < 9; epoch++) {
      for (ManifestEntry entry : BALANCED.of(photos, 1, epoch)) {
        drawn.merge(entry.isCopy() ? entry.source() : entry.id(), 1, Integer::sum);
      }
      for (int label = 0; label < 3; label++) {
        String prefix = label + "-";
        List<Integer> counts =
            drawn.entrySet().stream()
                .filter(e -> e.getKey().startsWith(prefix))
                .map(Map.Entry::getValue)
                .toList();
        assertThat(Collections.max(counts) - Collections.min(counts)).isBetween(0, 1);
      }
    }
  }

  @Test
  void classBalanced_repetitions_areEntriesOfTheirOwn() {
    List<ManifestEntry> order = BALANCED.of(photos(8, 1), 3, 0);

    assertThat(order).extracting(ManifestEntry::id).doesNotHaveDuplicates();
    assertThat(order)
        .filteredOn(entry -> entry.label() == 1)
        .extracting(ManifestEntry::id)
        .containsExactlyInAnyOrder("1-0", "1-0-1", "1-0-2", "1-0-3", "1-0-4");
    assertThat(order).filteredOn(ManifestEntry::isCopy).allMatch(e -> e.source().equals("1-0"));
  }

  @Test
  void classBalanced_withOverSampledCopies_leavesThemOut() {
    List<ManifestEntry> photos = photos(6, 2);
    List<ManifestEntry> filledUp = new ArrayList<>(photos);
    for (int copy = 1; copy <= 2; copy++) {
      filledUp.add(photos.get(6).copy(copy));
      filledUp.add(photos.get(7).copy(copy));
    }

    assertThat(BALANCED.of(filledUp, 5, 2)).isEqualTo(BALANCED.of(photos, 5, 2));
    assertThat(BALANCED.length(filledUp)).isEqualTo(8);
  }

  @Test
  void orders_ofSeedAndEpoch_dependOnThemAlone() {
    List<ManifestEntry> photos = photos(20, 5);
    for (EpochOrder order : List.of(EpochOrder.SHUFFLED, BALANCED)) {
      List<ManifestEntry> third = order.of(photos, 7, 3);
      assertThat(order.of(photos, 7, 3)).isEqualTo(third);
      assertThat(order.of(photos, 7, 4)).isNotEqualTo(third);
      assertThat(order.of(photos, 8, 3)).isNotEqualTo(third);
    }
    assertThat(EpochOrder.AS_GIVEN.of(photos, 7, 3)).isEqualTo(photos);
    assertThat(EpochOrder.SHUFFLED.of(photos, 7, 3)).containsExactlyInAnyOrderElementsOf(photos);
  }

  @Test
  void classBalanced_classes_areMixedWithinAnEpoch() {
    List<ManifestEntry> order = BALANCED.of(photos(100, 100), 1, 0);

    assertThat(countPerClass(order.subList(0, 100)).get(0)).isBetween(30L, 70L);
  }

  private static Map<Integer, Long> countPerClass(List<ManifestEntry> entries) {
    return entries.stream()
        .collect(Collectors.groupingBy(ManifestEntry::label, Collectors.counting()));
  }

  private static List<ManifestEntry> photos(int... counts) {
    List<ManifestEntry> photos = new ArrayList<>();
    for (int label = 0; label < counts.length; label++) {
      for (int i = 0; i < counts[label]; i++) {
        String id = label + "-" + i;
        photos.add(new ManifestEntry(id, id, label, Split.TRAIN, 4, 3, id, id, ""));
      }
    }
    return photos;
  }
}
