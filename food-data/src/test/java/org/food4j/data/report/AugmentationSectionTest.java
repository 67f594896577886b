package org.food4j.data.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Labels;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.Split;
import org.food4j.data.page.HtmlPage;
import org.food4j.data.page.ParsedMarkup;
import org.food4j.data.page.Section;
import org.food4j.data.page.Thumbnail;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.photo.PhotoException;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.data.transform.Augmentation;
import org.food4j.data.transform.TestPhotos;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AugmentationSectionTest {
  private static final Photo PHOTO = TestPhotos.noise(40, 50, 1);
  private static final PhotoDecoder DECODER = encoded -> PHOTO;

  @TempDir private Path folder;

  private Dataset dataset(ManifestEntry... entries) throws IOException {
    for (ManifestEntry entry : entries) {
      Files.writeString(folder.resolve(entry.path()), "a photo");
    }
    return new Dataset(
        folder, folder, Labels.of(List.of("butter_naan", "chai")), List.of(entries), "");
  }

  private static ManifestEntry entry(String id, int label, Split split, String source) {
    String path = (source.isEmpty() ? id : source) + ".jpg";
    return new ManifestEntry(id, path, label, split, 40, 50, "", "", source);
  }

  private Dataset dataset() throws IOException {
    return dataset(
        entry("a", 0, Split.TRAIN, ""),
        entry("a-1", 0, Split.TRAIN, "a"),
        entry("b", 1, Split.TRAIN, ""),
        entry("c", 1, Split.TEST, ""));
  }

  private static String html(Section section) {
    return new HtmlPage("page", "", List.of(section)).html();
  }

  @Test
  void of_twoPresets_showsEachTrainingPhotoBeforeAndFiveTimesAfter() throws Exception {
    Section section =
        AugmentationSection.of(
            dataset(), List.of(Augmentation.LIGHT, Augmentation.STRONG), DECODER, 9, 32);
    String html = html(section);

    assertThat(section.id()).isEqualTo("augmentation");
    assertThat(ParsedMarkup.of(html).texts("h3")).containsExactly("light", "strong");
    assertThat(html.split("<img", -1)).hasSize(1 + 2 * 2 * 6);
    assertThat(html)
        .contains("Butter Naan, a.jpg (before)", "Chai, b.jpg (strong, draw 5)")
        .doesNotContain("c.jpg")
        .contains(Thumbnail.of(Preprocessing.imagenet(32).crop(PHOTO), 32).dataUri());
  }

  @Test
  void of_theSameDataSet_isTheSameAndHasDifferentDraws() throws IOException {
    List<Augmentation> standard = List.of(Augmentation.STANDARD);
    String html = html(AugmentationSection.of(dataset(), standard, DECODER, 1, 32));

    assertThat(html(AugmentationSection.of(dataset(), standard, DECODER, 1, 32))).isEqualTo(html);
    assertThat(html.split("src=\"", -1)).hasSize(7).doesNotHaveDuplicates();
  }

  @Test
  void of_noTrainingPhotos_isRefused() throws IOException {
    Dataset tested = dataset(entry("c", 1, Split.TEST, ""));

    assertThatThrownBy(
            () -> AugmentationSection.of(tested, List.of(Augmentation.LIGHT), DECODER, 1, 32))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no training photos");
  }

  @Test
  void of_aDamagedPhoto_namesIt() throws IOException {
    Dataset dataset = dataset();
    PhotoDecoder broken =
        encoded -> {
          throw new PhotoException("truncated");
        };

    assertThatThrownBy(
            () -> AugmentationSection.of(dataset, List.of(Augmentation.LIGHT), broken, 1, 32))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("b.jpg")
        .hasMessageContaining("truncated");
  }
}
