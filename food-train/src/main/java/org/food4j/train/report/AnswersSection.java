package org.food4j.train.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.food4j.data.manifest.Labels;
import org.food4j.data.page.EvenPick;
import org.food4j.data.page.Markup;
import org.food4j.data.page.Section;
import org.food4j.data.page.ShareBar;
import org.food4j.data.page.Thumbnail;
import org.food4j.data.page.Unit;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.evaluate.PhotoResult;

/** Photos with the network's first three answers: its surest mistakes, and some that it got. */
public final class AnswersSection {
  private static final int MISTAKES = 12;
  private static final int RIGHT = 9;
  private static final int ANSWERS = 3;

  /** Twice what the page shows, for sharp displays, and still 7 kB. */
  private static final int THUMBNAIL = 232;

  private final Labels labels;
  private final Path photoRoot;
  private final PhotoDecoder decoder;

  private AnswersSection(Labels labels, Path photoRoot, PhotoDecoder decoder) {
    this.labels = labels;
    this.photoRoot = photoRoot;
    this.decoder = decoder;
  }

  /**
   * The section with the id {@code answers}.
   *
   * @param photoRoot the folder that the results' paths are relative to
   * @throws IOException naming the photo, if one cannot be read or decoded
   */
  public static Section of(Evaluation evaluation, Path photoRoot, PhotoDecoder decoder)
      throws IOException {
    AnswersSection answers = new AnswersSection(evaluation.labels(), photoRoot, decoder);
    List<PhotoResult> right = evaluation.results().stream().filter(PhotoResult::correct).toList();
    List<PhotoResult> surestMistakes = evaluation.surestMistakes(MISTAKES);
    List<Markup> content = new ArrayList<>();
    if (!surestMistakes.isEmpty()) {
      content.add(Markup.element("h3").add("The surest mistakes"));
      content.add(answers.shots(surestMistakes));
    }
    if (!right.isEmpty()) {
      content.add(Markup.element("h3").add("Some right answers, evenly picked"));
      content.add(answers.shots(EvenPick.of(right, RIGHT)));
    }
    return new Section("answers", "Photos and answers", content);
  }

  private Markup shots(List<PhotoResult> results) throws IOException {
    List<Markup> shots = new ArrayList<>();
    for (PhotoResult result : results) {
      shots.add(shot(result));
    }
    return Markup.block("shots", shots.toArray(Markup[]::new));
  }

  private Markup shot(PhotoResult result) throws IOException {
    String actual = labels.get(result.actual()).displayName();
    Markup answers = Markup.element("ol");
    for (int i = 0; i < Math.min(ANSWERS, result.ranked().size()); i++) {
      int label = result.ranked().get(i);
      double probability = result.probabilities().get(i);
      boolean right = label == result.actual();
      answers =
          answers.add(
              Markup.element("li")
                  .with("class", right ? "actual" : "other")
                  .add(
                      Markup.block(
                          "names",
                          Markup.element("span").add(labels.get(label).displayName()),
                          Markup.element("span").add(Unit.PERCENT.text(probability))),
                      ShareBar.of(Math.min(1, probability), right ? 0 : 1)));
    }
    Markup badge =
        Markup.element("span")
            .with("class", "badge " + (result.correct() ? "right" : "wrong"))
            .add(result.correct() ? "\u2713 right" : "\u2717 wrong");
    Markup shown =
        Markup.element("p").with("class", "shown").add(Markup.element("span").add(actual), badge);
    return Markup.block(
        "shot",
        Thumbnail.of(photoRoot.resolve(result.path()), decoder, THUMBNAIL)
            .markup("Photo of " + actual)
            .with("title", result.path()),
        Markup.block("answers", shown, answers));
  }
}
