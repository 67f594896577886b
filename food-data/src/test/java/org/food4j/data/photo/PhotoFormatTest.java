package org.food4j.data.photo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PhotoFormatTest {
  @Test
  void endings_areThoseOfEveryFormat() {
    assertThat(PhotoFormat.endings())
        .isEqualTo(List.of("bmp", "gif", "jpeg", "jpg", "png", "webp"));
  }

  @Test
  void hasEnding_looksAtTheFilesName() {
    assertThat(List.of("a.jpg", "A.JPEG", "b.c.Png", "hdfs://host/x.y/z.gif"))
        .allMatch(PhotoFormat::hasEnding);
    assertThat(List.of("jpg", "a.txt", "a.jpg.txt", "photos.jpg/notes", "a."))
        .noneMatch(PhotoFormat::hasEnding);
  }
}
