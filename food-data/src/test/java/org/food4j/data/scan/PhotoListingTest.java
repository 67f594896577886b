package org.food4j.data.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.food4j.data.file.FileStamp;
import org.food4j.data.manifest.PhotoFolders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhotoListingTest {
  private static final String ROOT = "hdfs://host/photos";

  private static FileStamp stamp(long size) {
    return new FileStamp(size, 1_700_000_000_000_000_000L, 0, 0);
  }

  private static PhotoListing of(List<String> folders, String... paths) {
    Map<String, FileStamp> files = new TreeMap<>();
    for (String path : paths) {
      files.put(path, stamp(path.length()));
    }
    return PhotoListing.ofNames(ROOT, folders, files);
  }

  @Test
  void ofNames_followsTheRulesOfAFolder(@TempDir Path root) throws IOException {
    PhotoFolders.write(root, "pizza", 0, 2);
    PhotoFolders.write(root.resolve("pizza/deep/er/a b.png"), new byte[3]);
    PhotoFolders.write(root.resolve("pizza/.hidden/c.png"), new byte[1]);
    PhotoFolders.write(root.resolve("pizza/Thumbs.db"), new byte[1]);
    PhotoFolders.write(root.resolve(".git/pizza/d.png"), new byte[1]);
    PhotoFolders.write(root.resolve("labels.csv"), new byte[1]);
    Files.createDirectories(root.resolve("chai"));
    Files.createDirectories(root.resolve(".cache"));
    PhotoListing expected = PhotoListing.of(root);

    PhotoListing found =
        of(
            List.of("pizza", ".git", "chai", ".cache"),
            "pizza/photo-001.png",
            "pizza/deep/er/a b.png",
            "pizza/photo-000.png",
            "pizza/.hidden/c.png",
            "pizza/Thumbs.db",
            ".git/pizza/d.png",
            "labels.csv");

    assertThat(found.classes()).isEqualTo(expected.classes()).containsExactly("chai", "pizza");
    assertThat(found.rejected())
        .isEqualTo(expected.rejected())
        .containsExactly(new Rejection("labels.csv", "lies outside the class folders"));
    assertThat(found.files())
        .extracting(PhotoFile::path)
        .isEqualTo(expected.files().stream().map(PhotoFile::path).collect(Collectors.toList()));
    assertThat(found.files().get(0))
        .isEqualTo(new PhotoFile("pizza/deep/er/a b.png", "pizza", stamp(21)));
  }

  @Test
  void ofNames_garbledNames_areRejectedOnce_orRefusedOfAClass() {
    PhotoListing found =
        of(
            List.of("pizza"),
            "pizza/good.png",
            "pizza/b\ufffdd.png",
            "pizza/b\ufffdd folder/a.png",
            "pizza/b\ufffdd folder/deep\ufffd/b.png");

    assertThat(found.files()).extracting(PhotoFile::path).containsExactly("pizza/good.png");
    assertThat(found.rejected())
        .extracting(Rejection::path)
        .containsExactly("pizza/b\ufffdd folder", "pizza/b\ufffdd.png");
    assertThatThrownBy(() -> of(List.of("pizza", "cr\ufffdme")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("The class folder " + ROOT + "/cr\ufffdme: its name cannot be read");
  }

  @Test
  void ofNames_withoutClassFolders_isRefused() {
    assertThatThrownBy(() -> of(List.of(".git")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(ROOT + " holds no class folders (it is empty)");
    assertThatThrownBy(() -> of(List.of(), "a.png"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(ROOT + " holds no class folders: give each class a folder");
  }
}
