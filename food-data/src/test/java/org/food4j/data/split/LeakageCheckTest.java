package org.food4j.data.split;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.Split;
import org.food4j.data.scan.PhotoGroups;
import org.junit.jupiter.api.Test;

class LeakageCheckTest {
  private static final PhotoGroups ALIKE =
      PhotoGroups.of(
          List.of(List.of("a".repeat(64), "b".repeat(64))),
          List.of("d".repeat(64), "e".repeat(64)));

  @Test
  void verify_alikeInOneSplit_passes() {
    assertThatCode(
            () ->
                LeakageCheck.verify(
                    List.of(
                        entry("a", Split.TRAIN, ""),
                        entry("a", Split.TRAIN, "a"),
                        entry("b", Split.TRAIN, ""),
                        entry("c", Split.TEST, "")),
                    ALIKE))
        .doesNotThrowAnyException();
  }

  @Test
  void verify_alikeInTwoSplits_fails() {
    List<ManifestEntry> entries = List.of(entry("a", Split.TRAIN, ""), entry("b", Split.TEST, ""));

    assertThatThrownBy(() -> LeakageCheck.verify(entries, ALIKE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Leakage: a.jpg (train) and b.jpg (test) are near duplicates in different splits");
  }

  @Test
  void verify_sameBytesInTwoSplits_fails() {
    List<ManifestEntry> entries =
        List.of(entry("a", Split.TRAIN, ""), entry("a", Split.VALIDATION, ""));

    assertThatThrownBy(() -> LeakageCheck.verify(entries, ALIKE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("Leakage");
  }

  @Test
  void verify_copyOutsideTraining_fails() {
    List<ManifestEntry> entries = List.of(entry("a", Split.TEST, "a"));

    assertThatThrownBy(() -> LeakageCheck.verify(entries, ALIKE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("only training may repeat photos");
  }

  @Test
  void verify_linkedGroupsInTwoSplits_fails() {
    List<ManifestEntry> entries = List.of(entry("d", Split.TRAIN, ""), entry("e", Split.TEST, ""));

    assertThatThrownBy(() -> LeakageCheck.verify(entries, ALIKE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("d.jpg (train) and e.jpg (test)");
  }

  private static ManifestEntry entry(String digit, Split split, String source) {
    return new ManifestEntry(digit, digit + ".jpg", 0, split, 4, 3, digit.repeat(64), "", source);
  }
}
