package org.food4j.data.split;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.Split;
import org.junit.jupiter.api.Test;

class LeakageCheckTest {
  @Test
  void verify_alikeInOneSplit_passes() {
    assertThatCode(
            () ->
                LeakageCheck.verify(
                    List.of(
                        entry("a", Split.TRAIN, "00000000000000ff", ""),
                        entry("a", Split.TRAIN, "00000000000000ff", "a"),
                        entry("b", Split.TRAIN, "00000000000000f0", ""),
                        entry("c", Split.TEST, "ffff000000000000", "")),
                    4))
        .doesNotThrowAnyException();
  }

  @Test
  void verify_alikeInTwoSplits_fails() {
    List<ManifestEntry> entries =
        List.of(
            entry("a", Split.TRAIN, "00000000000000ff", ""),
            entry("b", Split.TEST, "00000000000000f0", ""));

    assertThatThrownBy(() -> LeakageCheck.verify(entries, 4))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Leakage: a.jpg (train) and b.jpg (test) are near duplicates in different splits");
  }

  @Test
  void verify_sameBytesInTwoSplits_fails() {
    List<ManifestEntry> entries =
        List.of(
            entry("a", Split.TRAIN, "00000000000000ff", ""),
            entry("a", Split.VALIDATION, "ff00000000000000", ""));

    assertThatThrownBy(() -> LeakageCheck.verify(entries, 4))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("Leakage");
  }

  @Test
  void verify_copyOutsideTraining_fails() {
    List<ManifestEntry> entries = List.of(entry("a", Split.TEST, "00000000000000ff", "a"));

    assertThatThrownBy(() -> LeakageCheck.verify(entries, 4))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("only training may repeat photos");
  }

  private static ManifestEntry entry(String digit, Split split, String hash, String source) {
    return new ManifestEntry(digit, digit + ".jpg", 0, split, 4, 3, digit.repeat(64), hash, source);
  }
}
