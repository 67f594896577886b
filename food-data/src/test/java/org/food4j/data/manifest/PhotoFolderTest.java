package org.food4j.data.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.scan.Progress;
import org.food4j.data.scan.Rejection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhotoFolderTest {
  private static final Labels LABELS = Labels.of(List.of("taco", "chai", "pizza"));

  @TempDir Path root;

  @Test
  void open_knownClasses_givesTestPhotosInTheLabelsOrder() throws IOException {
    PhotoFolders.write(root, "chai", 0, 2);
    PhotoFolders.write(root, "taco", 0, 1);
    PhotoFolders.write(root.resolve("taco/bad.jpg"), new byte[0]);
    List<Rejection> rejected = new ArrayList<>();

    Dataset dataset =
        PhotoFolder.open(root, LABELS, new NativePhotoDecoder(), 2, Progress.NONE, rejected::add);

    assertThat(dataset.labels()).isEqualTo(LABELS);
    assertThat(dataset.entries(Split.TEST))
        .isEqualTo(dataset.entries())
        .extracting(ManifestEntry::path)
        .containsExactly("taco/photo-000.png", "chai/photo-000.png", "chai/photo-001.png");
    assertThat(dataset.entries()).extracting(ManifestEntry::label).containsExactly(0, 1, 1);
    assertThat(dataset.photo(dataset.entries().get(0))).isRegularFile();
    assertThat(dataset.fingerprint()).isEqualTo(PhotoFolder.open(root, LABELS).fingerprint());
    assertThat(rejected).containsExactly(new Rejection("taco/bad.jpg", "empty file"));
  }

  @Test
  void open_unknownClasses_listsThemAll() {
    PhotoFolders.write(root, "Chai", 0, 1);
    PhotoFolders.write(root, "sushi", 0, 1);

    assertThatThrownBy(() -> PhotoFolder.open(root, LABELS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[Chai, sushi]")
        .hasMessageContaining("[taco, chai, pizza]");
  }

  @Test
  void open_noUsablePhoto_isRefused() {
    PhotoFolders.write(root.resolve("taco/bad.jpg"), new byte[0]);

    assertThatThrownBy(() -> PhotoFolder.open(root, LABELS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("None of the 1 files")
        .hasMessageContaining("taco/bad.jpg (empty file)");
  }
}
