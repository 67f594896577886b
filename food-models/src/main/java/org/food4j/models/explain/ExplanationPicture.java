package org.food4j.models.explain;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.food4j.data.photo.Photo;
import org.food4j.data.picture.PictureFonts;
import org.food4j.data.preprocess.Interpolation;
import org.food4j.data.preprocess.Resampler;
import org.food4j.models.inference.Prediction;

/**
 * An explanation as a PNG picture: what the network saw, the same under the heat, and the answers
 * beside it.
 */
public final class ExplanationPicture {
  private static final Resampler RESAMPLER = new Resampler(Interpolation.BICUBIC);

  static final int MARGIN = 24;
  static final int PANEL = 360;
  static final int CAPTION = 76;
  private static final int ANSWERS = 7;
  private static final int ANSWER_HEIGHT = 46;
  private static final int BAR_HEIGHT = 8;

  private static final int SCALE_WIDTH = 120;

  private ExplanationPicture() {}

  /**
   * Draws an explanation: the crop, the overlay with its scale, the most probable answers.
   *
   * @param file a PNG file; an existing one is replaced
   * @throws IllegalStateException if there are no fonts, as {@link PictureFonts#require} says
   * @throws IOException if it cannot be written
   */
  public static void write(Explanation explanation, Path file) throws IOException {
    try (Sheet sheet = draw(explanation)) {
      sheet.write(file);
    }
  }

  static Sheet draw(Explanation explanation) {
    Sheet sheet = new Sheet(3 * PANEL + 4 * MARGIN, PANEL + CAPTION + 2 * MARGIN);
    Photo crop = enlarged(explanation.crop());
    crop(sheet, crop, explanation.crop());
    int left = 2 * MARGIN + PANEL;
    sheet.photo(HeatOverlay.of(crop, explanation.heat()), left, MARGIN);
    caption(
        sheet,
        left,
        "What speaks for " + explanation.explained().displayName(),
        explanation.cells().isCold()
            ? "nothing, at " + explanation.vertex()
            : describe(explanation));
    scale(sheet, left);
    answers(sheet, explanation, 3 * MARGIN + 2 * PANEL);
    return sheet;
  }

  private static String describe(Explanation explanation) {
    String method =
        explanation.weighting() == ChannelWeighting.GRAD_CAM ? "Grad-CAM" : "Grad-CAM++";
    return "%s, %s, %d x %d"
        .formatted(
            method,
            explanation.vertex(),
            explanation.cells().width(),
            explanation.cells().height());
  }

  /** A photo as large as a panel. */
  static Photo enlarged(Photo crop) {
    return RESAMPLER.resize(crop, PANEL, PANEL);
  }

  /** The first panel. */
  static void crop(Sheet sheet, Photo enlarged, Photo crop) {
    sheet.photo(enlarged, MARGIN, MARGIN);
    caption(
        sheet,
        MARGIN,
        "What the network saw",
        "%d x %d pixels".formatted(crop.width(), crop.height()));
  }

  /** Two lines under a panel. */
  static void caption(Sheet sheet, int left, String first, String second) {
    sheet.heading(first, left, MARGIN + PANEL + 24, PANEL);
    sheet.text(second, left, MARGIN + PANEL + 45, PANEL, Sheet.SMALL, Sheet.PALE_INK);
  }

  /** The legend of the colours, under a panel's caption. */
  static void scale(Sheet sheet, int left) {
    int baseline = MARGIN + PANEL + 68;
    double cold = sheet.text("cold", left, baseline, PANEL, Sheet.SMALL, Sheet.PALE_INK);
    int start = (int) Math.ceil(cold) + 8;
    sheet.scale(start, baseline - 9, SCALE_WIDTH, 10);
    sheet.text("hot", start + SCALE_WIDTH + 8, baseline, PANEL, Sheet.SMALL, Sheet.PALE_INK);
  }

  private static void answers(Sheet sheet, Explanation explanation, int left) {
    sheet.heading("Answers", left, MARGIN + 14, PANEL);
    List<Prediction> shown = shown(explanation);
    for (int i = 0; i < shown.size(); i++) {
      Prediction answer = shown.get(i);
      boolean explained = answer.label().equals(explanation.explained());
      Color color = explained ? Sheet.ACCENT : Sheet.BAR;
      double baseline = MARGIN + 52 + i * (double) ANSWER_HEIGHT;
      sheet.text(answer.label().displayName(), left, baseline, PANEL - 70, Sheet.TEXT, Sheet.INK);
      sheet.textTo(
          String.format(Locale.ROOT, "%.1f %%", 100 * answer.probability()),
          left + PANEL,
          baseline,
          Sheet.TEXT,
          explained ? Sheet.ACCENT : Sheet.PALE_INK);
      sheet.bar(left, baseline + 8, PANEL, BAR_HEIGHT, answer.probability(), color);
    }
  }

  /** The most probable ones; the explained one comes last if it is not among them. */
  private static List<Prediction> shown(Explanation explanation) {
    List<Prediction> answers = explanation.answers();
    List<Prediction> best = answers.subList(0, Math.min(ANSWERS, answers.size()));
    if (best.contains(explanation.prediction())) {
      return best;
    }
    List<Prediction> shown = new ArrayList<>(best.subList(0, ANSWERS - 1));
    shown.add(explanation.prediction());
    return shown;
  }
}
