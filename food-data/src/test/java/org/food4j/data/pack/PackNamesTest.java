package org.food4j.data.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackNamesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "kadai_paneer>kadai_paneer",
        "पानी पूरी>पानी पूरी",
        "50% off>50% off",
        "a:b*c?>a%3Ab%2Ac%3F",
        "back\\slash|\"q\">back%5Cslash%7C%22q%22",
        "dots...>dots..%2E",
        "space >space%20",
        ".hidden>%2Ehidden",
        "aux>%61ux",
        "COM1.leaf>%43OM1.leaf",
        "comet>comet",
        "tab\there>tab%09here",
      })
  void folders_ofOneClass_areSafeEverywhere(String name, String folder) {
    assertThat(PackNames.folders(List.of(name))).containsExactly(folder);
  }

  @Test
  void folders_thatAFileSystemWouldTakeForOne_getNumbers() {
    assertThat(
            PackNames.folders(
                List.of("Pizza", "pizza", "PIZZA", "pizza~2", "cr\u00e8me", "cre\u0300me")))
        .containsExactly("Pizza", "pizza~2", "PIZZA~3", "pizza~2~2", "cr\u00e8me", "cre\u0300me~2");
    // The upper case of the first is three characters, two of which make up the second.
    assertThat(PackNames.folders(List.of("\u0390", "\u03aa\u0301")))
        .containsExactly("\u0390", "\u03aa\u0301~2");
  }

  @ParameterizedTest
  @CsvSource({
    "pizza/Dinner.JPG,.jpg",
    "pizza/a.tar.webp,.webp",
    "pizza.old/noending,''",
    "pizza/odd.j?g,''",
    "pizza/dot.,''",
    "pizza/long.ending,''"
  })
  void file_ofAPhoto_isItsIdWithItsEnding(String path, String ending) {
    String name = PackNames.file("0123456789abcdef-2", path);
    assertThat(name).isEqualTo("0123456789abcdef-2" + ending);
    assertThat(PackNames.isFile(name)).isTrue();
  }
}
