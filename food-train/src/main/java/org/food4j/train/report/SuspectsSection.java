package org.food4j.train.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.food4j.data.page.Markup;
import org.food4j.data.page.Section;
import org.food4j.data.page.ShareBar;
import org.food4j.data.page.Thumbnail;
import org.food4j.data.page.Unit;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.evaluate.SuspectedLabels.Suspect;

/** Photos whose label is probably wrong, the most doubtful first. */
public final class SuspectsSection {
  private static final int MOST = 12;

  /** Twice what the page shows, for sharp displays. */
  private static final int THUMBNAIL = 232;

  private SuspectsSection() {}

  /**
   * The section with the id {@code suspects}.
   *
   * @param evaluation with one suspect or more
   * @param photoRoot the folder that the suspects' paths are relative to
   * @throws IOException naming the photo, if one cannot be read or decoded
   */
  public static Section of(Evaluation evaluation, Path photoRoot, PhotoDecoder decoder)
      throws IOException {
    List<Suspect> suspects = evaluation.suspects();
    long confident = suspects.stream().filter(Suspect::confident).count();
    List<Markup> shots = new ArrayList<>();
    for (Suspect suspect : suspects.subList(0, Math.min(MOST, suspects.size()))) {
      shots.add(shot(suspect, photoRoot, decoder));
    }
    return Section.of(
        "suspects",
        "Suspected label errors",
        Markup.paragraph(
            String.format(
                Locale.ROOT,
                "The network doubts the labels of %d of %d photos, of %d confidently; here are the"
                    + " %d most doubtful. A list to look through: a weak network doubts many labels"
                    + " that are right. evaluation.json has them all.",
                suspects.size(),
                evaluation.photos(),
                confident,
                shots.size())),
        Markup.block("shots", shots.toArray(Markup[]::new)));
  }

  private static Markup shot(Suspect suspect, Path photoRoot, PhotoDecoder decoder)
      throws IOException {
    String label = suspect.label().displayName();
    return Markup.block(
        "shot",
        Thumbnail.of(photoRoot.resolve(suspect.path()), decoder, THUMBNAIL)
            .markup("Photo labelled " + label)
            .with("title", suspect.path()),
        Markup.block(
            "answers",
            Markup.element("p")
                .with("class", "shown")
                .add(Markup.element("span").add("Labelled " + label)),
            Markup.element("ol")
                .add(
                    guess(suspect.label().displayName(), suspect.selfConfidence(), true),
                    guess(suspect.suggested().displayName(), suspect.confidence(), false))));
  }

  private static Markup guess(String name, double probability, boolean labelled) {
    return Markup.element("li")
        .with("class", labelled ? "actual" : "other")
        .add(
            Markup.block(
                "names",
                Markup.element("span").add(name),
                Markup.element("span").add(Unit.PERCENT.text(probability))),
            ShareBar.of(Math.min(1, probability), labelled ? 0 : 1));
  }
}
