package org.food4j.models.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.food4j.data.manifest.Label;
import org.food4j.data.manifest.Labels;
import org.food4j.data.photo.Photo;
import org.food4j.models.inference.Prediction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturesTest {
  private static final Labels LABELS = Labels.of(List.of("noodle_bowl", "pizza"));
  private static final CellCentres CENTRES = new CellCentres(0, 32, 0, 32);
  private static final HeatMap CORNER = new HeatMap(2, 2, new float[] {1, 0, 0, 0});

  @TempDir Path folder;

  private static Photo grey(int size) {
    byte[] rgb = new byte[3 * size * size];
    java.util.Arrays.fill(rgb, (byte) 100);
    return new Photo(size, size, rgb);
  }

  private static Explanation explanation(HeatMap cells) {
    return explanation(cells, LABELS);
  }

  /** Of the second class. */
  private static Explanation explanation(HeatMap cells, Labels labels) {
    Label second = labels.get(1);
    return new Explanation(
        grey(64),
        List.of(new Prediction(second, 0.9f), new Prediction(labels.get(0), 0.1f)),
        second,
        "stages.3.add",
        ChannelWeighting.GRAD_CAM,
        cells,
        cells.laidOver(CENTRES, 64, 64));
  }

  private static int red(Photo photo, int y, int x) {
    return photo.rgb()[3 * (y * photo.width() + x)] & 0xff;
  }

  @Test
  void overlay_ofOneHotCorner_coversItAlone() {
    Photo overlay = explanation(CORNER).overlay();
    assertThat(red(overlay, 0, 0)).isGreaterThan(180);
    assertThat(red(overlay, 63, 63)).isEqualTo(80); // as it was, a step back
    assertThat(red(overlay, 16, 16)).isBetween(90, 250);
  }

  @Test
  void overlay_ofMoreCellsThanPixels_isRefused() {
    assertThatThrownBy(() -> HeatOverlay.of(grey(1), CORNER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 x 2");
  }

  @Test
  void explanation_drawn_hasCropOverlayAndBars() {
    try (Sheet sheet = ExplanationPicture.draw(explanation(CORNER))) {
      int margin = ExplanationPicture.MARGIN;
      int panel = ExplanationPicture.PANEL;
      assertThat(sheet.rgb(margin + 5, margin + 5)).isEqualTo(0x646464);
      assertThat(sheet.rgb(2 * margin + panel + 5, margin + 5) >> 16).isGreaterThan(180);
      int bar = margin + 52 + 8 + 4;
      int left = 3 * margin + 2 * panel;
      assertThat(sheet.rgb(left + (int) (0.85 * panel), bar)).isEqualTo(0xc2410c);
      assertThat(sheet.rgb(left + (int) (0.95 * panel), bar)).isEqualTo(0xeef0f3);
    }
  }

  @Test
  void explanation_ofALongName_isCaptionedInFull() {
    Labels labels = Labels.of(List.of("noodle_bowl", "spring_rolls_dip"));
    try (Sheet sheet = ExplanationPicture.draw(explanation(CORNER, labels))) {
      int left = 2 * ExplanationPicture.MARGIN + ExplanationPicture.PANEL;
      int foot = ExplanationPicture.MARGIN + ExplanationPicture.PANEL;
      // an ellipsis has no ink in the upper half of its letters
      long upper =
          IntStream.range(left + 200, left + ExplanationPicture.PANEL)
              .filter(x -> sheet.rgb(x, foot + 15) != 0xffffff)
              .count();
      assertThat(upper).isGreaterThan(5);
    }
  }

  @Test
  void explanation_scale_namesBothEnds() {
    try (Sheet sheet = ExplanationPicture.draw(explanation(CORNER))) {
      int left = 2 * ExplanationPicture.MARGIN + ExplanationPicture.PANEL;
      int row = ExplanationPicture.MARGIN + ExplanationPicture.PANEL + 64;
      int[] scale =
          IntStream.range(left, left + ExplanationPicture.PANEL)
              .filter(
                  x ->
                      sheet.rgb(x, row) == (HeatColors.of(0) & 0xffffff)
                          || sheet.rgb(x, row) == (HeatColors.of(1) & 0xffffff))
              .toArray();
      assertThat(inked(sheet, left, scale[0] - 2, row)).as("cold").isPositive();
      int hot = scale[scale.length - 1] + 2;
      assertThat(inked(sheet, hot, hot + 40, row)).as("hot").isPositive();
    }
  }

  private static long inked(Sheet sheet, int from, int to, int row) {
    return IntStream.range(from, to).filter(x -> sheet.rgb(x, row) != 0xffffff).count();
  }

  @Test
  void explanation_written_isAPng() throws IOException {
    Path file = folder.resolve("explained.png");
    ExplanationPicture.write(explanation(new HeatMap(1, 1, new float[1])), file);
    assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(3 * 360 + 4 * 24);
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void attention_drawn_hasMapsAndStrips() throws IOException {
    Path file = folder.resolve("attention.png");
    AttentionPicture.write(
        grey(64),
        List.of(
            new AttentionFactors.OfChannels("se", new float[] {0, 1, 0.5f}),
            new AttentionFactors.OfPositions("cbam", CORNER, CENTRES)),
        file);
    assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(3 * 360 + 4 * 24);
    assertThatThrownBy(() -> AttentionPicture.write(grey(64), List.of(), file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no attention of its own");
  }
}
