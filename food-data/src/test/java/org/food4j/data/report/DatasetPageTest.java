package org.food4j.data.report;

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
import org.food4j.data.page.HtmlPage;
import org.food4j.data.page.ParsedMarkup;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.scan.LookAlike;
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
  void of_nearDuplicatesWhoseLinkIsLeftOut_countsThemStill() throws IOException {
    // c and e hang together by a photo that is not part of the data set; d stands alone.
    List<LookAlike> pairs =
        List.of(
            new LookAlike("butter_naan/c.jpg", "butter_naan/gone.jpg", 0.95, false),
            new LookAlike("butter_naan/gone.jpg", "chai/e.jpg", 0.95, false),
            new LookAlike("chai/d.jpg", "chai/gone.jpg", 0.95, false));

    DatasetPage page = DatasetPage.of(dataset(entries()), List.of(), pairs, GREY, 1);

    DatasetFigures figures = page.figures();

    assertThat(figures.classes())
        .extracting(DatasetFigures.ClassFigures::nearDuplicates)
        .containsExactly(1, 1);
    assertThat(figures.nearDuplicates())
        .isEqualTo(new DatasetFigures.NearDuplicateFigures(3, 2, 5, 1));
  }

  private HtmlPage page(List<Rejection> rejected, int photosPerClass) throws IOException {
    return DatasetPage.of(dataset(entries()), rejected, List.of(), GREY, photosPerClass).page();
  }

  @Test
  void of_aDataset_countsSplitsAndCopies() throws Exception {
    ParsedMarkup page = ParsedMarkup.of(page(List.of(), 3).html());

    List<String> cells = page.texts("td");
    assertThat(cells.subList(0, 16))
        .containsExactly(
            "2", "0", "0", "0", "0", "2", "0", "1", "2", "0", "0", "0", "0", "2", "0", "0");
    assertThat(cells.subList(16, 24)).containsExactly("", "2", "0", "1", "", "1", "1", "0");
    assertThat(page.texts("th")).contains("Butter Naan", "Chai");
    assertThat(page.texts("h2")).doesNotContain("Left out");
    assertThat(page.texts("td")).contains("100", "300", "600", "1,200");
  }

  @Test
  void of_aDataset_showsPhotosOfEachClassButNoCopies() throws Exception {
    ParsedMarkup page = ParsedMarkup.of(page(List.of(), 8).html());

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

    String html = page(rejected, 1).html();

    ParsedMarkup page = ParsedMarkup.of(html);
    assertThat(page.texts("th")).contains("chai/x.jpg", "chai/<y>.jpg", "empty file");
    assertThat(html).doesNotContain("<y>");
  }

  @Test
  void of_aPhotoThatIsGone_namesIt() throws IOException {
    Dataset dataset = dataset(entries());
    Files.delete(folder.resolve("chai/d.jpg"));

    assertThatThrownBy(() -> DatasetPage.of(dataset, List.of(), List.of(), GREY, 2))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("d.jpg");
  }

  @Test
  void of_anEmptyDataset_isRefused() {
    assertThatThrownBy(() -> DatasetPage.of(dataset(List.of()), List.of(), List.of(), GREY, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no photo");
  }

  @Test
  void of_duplicates_areCountedAndShownSideBySide() throws Exception {
    for (String file : List.of("butter_naan/x.jpg", "chai/y.jpg", "chai/copy.jpg")) {
      Files.createDirectories(folder.resolve(file).getParent());
      Files.writeString(folder.resolve(file), file);
    }
    List<Rejection> rejected =
        List.of(
            new Rejection(
                "butter_naan/x.jpg", "contradictory labels: the same photo as chai/y.jpg (chai)"),
            new Rejection("chai/copy.jpg", "duplicate of chai/d.jpg"),
            new Rejection("chai/gone.jpg", "duplicate of chai/e.jpg"),
            new Rejection(
                "chai/y.jpg",
                "contradictory labels: the same photo as butter_naan/x.jpg (butter_naan)"),
            new Rejection("chai/z.jpg", "empty file"),
            Rejection.underSampled("chai/zz.jpg", 2, 3));
    List<LookAlike> lookAlikes =
        List.of(
            new LookAlike("butter_naan/c.jpg", "butter_naan/a&b.jpg", 0.97, true),
            new LookAlike("chai/d.jpg", "butter_naan/c.jpg", 0.94, false),
            new LookAlike("chai/y.jpg", "butter_naan/x.jpg", 0.99, false));

    DatasetPage page = DatasetPage.of(dataset(entries()), rejected, lookAlikes, GREY, 0);

    DatasetFigures figures = page.figures();
    assertThat(figures.found()).isEqualTo(10);
    assertThat(figures.nearDuplicates())
        .isEqualTo(new DatasetFigures.NearDuplicateFigures(3, 2, 5, 2));
    DatasetFigures.ClassFigures chai = figures.classes().get(1);
    assertThat(chai.found()).isEqualTo(7);
    assertThat(chai.unusable()).isEqualTo(1);
    assertThat(chai.duplicates()).isEqualTo(2);
    assertThat(chai.contradictory()).isEqualTo(1);
    assertThat(chai.underSampled()).isEqualTo(1);
    assertThat(chai.nearDuplicates()).isEqualTo(1);
    ParsedMarkup markup = ParsedMarkup.of(page.page().html());
    assertThat(markup.attributes("img", "alt"))
        .containsExactly(
            "butter_naan/x.jpg",
            "chai/y.jpg",
            "butter_naan/a&b.jpg",
            "butter_naan/c.jpg",
            "butter_naan/c.jpg",
            "chai/d.jpg",
            "chai/d.jpg",
            "chai/copy.jpg",
            "chai/e.jpg");
    assertThat(markup.texts("div")).contains("no longer there");
    assertThat(markup.texts("p"))
        .contains("similarity 0.990", "similarity 0.970, mirrored", "the same bytes", "2 pairs.");
  }

  @Test
  void of_thousandsOfDuplicates_showsSomeAndSaysHowMany() throws Exception {
    List<Rejection> rejected = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      rejected.add(new Rejection("chai/%d.jpg".formatted(i), "duplicate of chai/d.jpg"));
      rejected.add(new Rejection("chai/%d.txt".formatted(i), "empty file"));
    }

    String html = page(rejected, 1).html();

    assertThat(html)
        .contains("2,000 pairs, of which 24 are shown")
        .contains("The first 300 of 2,000 unusable files")
        .hasSizeLessThan(200_000);
  }

  @Test
  void of_colours_areThoseOfTheSample() throws IOException {
    PhotoDecoder orange =
        encoded -> {
          byte[] rgb = new byte[4 * 4 * 3];
          for (int i = 0; i < rgb.length; i += 3) {
            rgb[i] = (byte) (i % 2 == 0 ? 255 : 0);
            rgb[i + 1] = 51;
          }
          return new Photo(4, 4, rgb);
        };

    ColourStatistics colours =
        DatasetPage.of(dataset(entries()), List.of(), List.of(), orange, 1).figures().colours();

    assertThat(colours.photos()).isEqualTo(4);
    assertThat(colours.mean()).containsExactly(0.5, 0.2, 0.0);
    assertThat(colours.std()).containsExactly(0.5, 0.0, 0.0);
  }
}
