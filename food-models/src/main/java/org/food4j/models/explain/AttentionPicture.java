package org.food4j.models.explain;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.food4j.data.photo.Photo;
import org.food4j.data.picture.PictureFonts;
import org.food4j.data.preprocess.Interpolation;
import org.food4j.data.preprocess.Resampler;

/**
 * A network's attention as a PNG picture: what the network saw, the same under each map of factors
 * per position, and a strip for each block's factors per channel.
 */
public final class AttentionPicture {
  private static final Resampler RESAMPLER = new Resampler(Interpolation.BICUBIC);
  private static final int SMALL_PANEL = (ExplanationPicture.PANEL - 16) / 2;
  private static final int SMALL_ROW = SMALL_PANEL + 32;
  private static final int STRIP_ROW = 42;
  private static final int STRIP = 14;
  private static final int HEADING = 46;

  private final Photo crop;
  private final List<AttentionFactors.OfPositions> positions = new ArrayList<>();
  private final List<AttentionFactors.OfChannels> channels = new ArrayList<>();

  private AttentionPicture(Photo crop, List<AttentionFactors> attention) {
    this.crop = crop;
    for (AttentionFactors each : attention) {
      if (each instanceof AttentionFactors.OfPositions spatial) {
        positions.add(spatial);
      } else if (each instanceof AttentionFactors.OfChannels channelwise) {
        channels.add(channelwise);
      }
    }
  }

  /**
   * Draws attention.
   *
   * @param crop what the network saw
   * @param attention of {@code explain.graph.AttentionMaps}, at least one
   * @param file a PNG file; an existing one is replaced
   * @throws IllegalArgumentException if there is no attention to draw
   * @throws IllegalStateException if there are no fonts, as {@link PictureFonts#require} says
   * @throws IOException if the file cannot be written
   */
  public static void write(Photo crop, List<AttentionFactors> attention, Path file)
      throws IOException {
    try (Sheet sheet = draw(crop, attention)) {
      sheet.write(file);
    }
  }

  static Sheet draw(Photo crop, List<AttentionFactors> attention) {
    if (attention.isEmpty()) {
      throw new IllegalArgumentException(
          "The network pays no attention of its own (squeeze-and-excitation, ECA, CBAM): ask for gradcam");
    }
    return new AttentionPicture(crop, attention).draw();
  }

  private Sheet draw() {
    int panels = 1 + (positions.isEmpty() ? 0 : 1) + (channels.isEmpty() ? 0 : 1);
    int content =
        Math.max(
            ExplanationPicture.PANEL + ExplanationPicture.CAPTION,
            HEADING
                + Math.max(SMALL_ROW * ((positions.size() + 1) / 2), STRIP_ROW * channels.size()));
    int margin = ExplanationPicture.MARGIN;
    int step = ExplanationPicture.PANEL + margin;
    Sheet sheet = new Sheet(panels * step + margin, content + 2 * margin);
    ExplanationPicture.crop(sheet, ExplanationPicture.enlarged(crop), crop);
    int left = margin + step;
    if (!positions.isEmpty()) {
      drawPositions(sheet, left);
      left += step;
    }
    if (!channels.isEmpty()) {
      drawChannels(sheet, left);
    }
    return sheet;
  }

  private static void head(Sheet sheet, int left, String heading, String how) {
    int top = ExplanationPicture.MARGIN;
    sheet.heading(heading, left, top + 14, ExplanationPicture.PANEL);
    sheet.text(how, left, top + 34, ExplanationPicture.PANEL, Sheet.SMALL, Sheet.PALE_INK);
  }

  private void drawPositions(Sheet sheet, int left) {
    head(sheet, left, "Attention to places", "factors from 0 (cold) to 1 (hot)");
    Photo small = RESAMPLER.resize(crop, SMALL_PANEL, SMALL_PANEL);
    for (int i = 0; i < positions.size(); i++) {
      int x = left + i % 2 * (SMALL_PANEL + 16);
      int y = ExplanationPicture.MARGIN + HEADING + i / 2 * SMALL_ROW;
      HeatMap factors = positions.get(i).factors();
      HeatMap laid = factors.laidOver(positions.get(i).centres(), crop.height(), crop.width());
      sheet.photo(HeatOverlay.of(small, laid.resized(SMALL_PANEL, SMALL_PANEL)), x, y);
      sheet.text(
          "%s, %d x %d".formatted(positions.get(i).vertex(), factors.width(), factors.height()),
          x,
          y + SMALL_PANEL + 18,
          SMALL_PANEL,
          Sheet.SMALL,
          Sheet.PALE_INK);
    }
  }

  private void drawChannels(Sheet sheet, int left) {
    head(
        sheet,
        left,
        "Attention to channels",
        "largest factor first, coloured from 0 (cold) to 1 (hot)");
    for (int i = 0; i < channels.size(); i++) {
      float[] factors = channels.get(i).factors().clone();
      Arrays.sort(factors);
      double y = ExplanationPicture.MARGIN + HEADING + i * (double) STRIP_ROW;
      sheet.text(
          "%s, %d channels".formatted(channels.get(i).vertex(), factors.length),
          left,
          y + 14,
          ExplanationPicture.PANEL - 90,
          Sheet.SMALL,
          Sheet.INK);
      sheet.textTo(
          String.format(Locale.ROOT, "%.2f to %.2f", factors[0], factors[factors.length - 1]),
          left + ExplanationPicture.PANEL,
          y + 14,
          Sheet.SMALL,
          Sheet.PALE_INK);
      for (int x = 0; x < ExplanationPicture.PANEL; x++) {
        int rank = x * factors.length / ExplanationPicture.PANEL;
        float factor = factors[factors.length - 1 - rank];
        sheet.cell(left + x, y + 20, 1, STRIP, Math.max(0, Math.min(1, factor)));
      }
    }
  }
}
