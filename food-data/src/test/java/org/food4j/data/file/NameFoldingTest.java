package org.food4j.data.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameFoldingTest {
  @ParameterizedTest
  @CsvSource({
    "Pizza, pIZZA",
    "cr\u00e8me, CRE\u0300ME",
    "\u03c3\u03c2, \u03a3\u03a3",
    "\u0390, \u03aa\u0301",
    "a/B.JPG, A/b.jpg",
  })
  void fold_sameButForCaseAndForm_isTheSame(String one, String other) {
    String folded = NameFolding.fold(one);
    assertThat(NameFolding.fold(other)).isEqualTo(folded);
    assertThat(NameFolding.fold(folded)).isEqualTo(folded);
  }

  @Test
  void fold_otherLetters_stayApart() {
    assertThat(NameFolding.fold("creme")).isNotEqualTo(NameFolding.fold("cr\u00e8me"));
    assertThat(NameFolding.fold("\u092a\u093e\u0928\u0940 2"))
        .isEqualTo("\u092a\u093e\u0928\u0940 2");
  }
}
