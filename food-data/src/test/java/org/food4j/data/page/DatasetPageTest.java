package org.food4j.data.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Labels;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.Split;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.scan.Rejection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetPageTest {
  private static final PhotoDecoder GREY = encoded -> new Photo(4, 4, new byte[48]);

  @TempDir Path folder;

  private ManifestEntry entry(String path, int label, Split split, int side, String source)
      throws IOException {
    Files.createDirectories(folder.resolve(path).getParent());
    Files.writeString(folder.resolve(path), path);
    return new ManifestEntry(path, path, label, split, side, 2 * side, "", "", source);
  }

  private Dataset dataset(List<ManifestEntry> entries) {
    return new Dataset(
        folder.resolve("dataset"),
        folder,
        Labels.of(List.of("butter_naan", "chai")),
        entries,
        "0123456789abcdef");
  }

  private List<ManifestEntry> entries() throws IOException {
    List<ManifestEntry> entries = new ArrayList<>();
    entries.add(entry("butter_naan/a&b.jpg", 0, Split.TRAIN, 100, ""));
    entries.add(entry("butter_naan/a&b.jpg", 0, Split.TRAIN, 100, "a"));
    entries.add(entry("butter_naan/c.jpg", 0, Split.TEST, 300, ""));
    entries.add(entry("chai/d.jpg", 1, Split.TRAIN, 200, ""));
    entries.add(entry("chai/e.jpg", 1, Split.VALIDATION, 600, ""));
    return entries;
  }

  @Test
  void of_aDataset_countsSplitsAndCopies() throws Exception {
    ParsedMarkup page =
        ParsedMarkup.of(DatasetPage.of(dataset(entries()), List.of(), GREY, 3).html());

    List<String> cells = page.texts("td").stream().limit(12).toList();
    assertThat(cells).containsExactly("", "2", "1", "2", "0", "1", "", "2", "0", "1", "1", "0");
    assertThat(page.texts("th")).contains("Butter Naan", "Chai");
    assertThat(page.texts("h2")).doesNotContain("Rejected photos");
    assertThat(page.texts("td")).contains("100", "300", "600", "1,200");
  }

  @Test
  void of_aDataset_showsPhotosOfEachClassButNoCopies() throws Exception {
    ParsedMarkup page =
        ParsedMarkup.of(DatasetPage.of(dataset(entries()), List.of(), GREY, 8).html());

    assertThat(page.attributes("img", "alt"))
        .containsExactly(
            "Butter Naan, butter_naan/a&b.jpg",
            "Butter Naan, butter_naan/c.jpg",
            "Chai, chai/d.jpg",
            "Chai, chai/e.jpg");
  }

  @Test
  void of_aDatasetWithRejectedPhotos_listsEachWithItsReason() throws Exception {
    List<Rejection> rejected =
        List.of(
            new Rejection("chai/x.jpg", "empty file"), new Rejection("chai/<y>.jpg", "empty file"));

    String html = DatasetPage.of(dataset(entries()), rejected, GREY, 1).html();

    ParsedMarkup page = ParsedMarkup.of(html);
    assertThat(page.texts("th")).contains("chai/x.jpg", "chai/<y>.jpg", "empty file");
    assertThat(html).doesNotContain("<y>");
  }

  @Test
  void of_aPhotoThatIsGone_namesIt() throws IOException {
    Dataset dataset = dataset(entries());
    Files.delete(folder.resolve("chai/d.jpg"));

    assertThatThrownBy(() -> DatasetPage.of(dataset, List.of(), GREY, 2))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("d.jpg");
  }

  @Test
  void of_anEmptyDataset_isRefused() {
    assertThatThrownBy(() -> DatasetPage.of(dataset(List.of()), List.of(), GREY, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no photo");
  }
}
