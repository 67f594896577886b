package org.food4j.train.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.food4j.data.manifest.Labels;
import org.food4j.data.page.EvenPick;
import org.food4j.data.page.Markup;
import org.food4j.data.page.Section;
import org.food4j.data.page.Thumbnail;
import org.food4j.data.page.Unit;
import org.food4j.data.photo.PhotoException;
import org.food4j.data.photo.ScaledPhoto;
import org.food4j.models.explain.ChannelWeighting;
import org.food4j.models.explain.Explanation;
import org.food4j.models.explain.graph.PhotoExplainer;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.evaluate.PhotoResult;

/**
 * What the network looked at: its surest mistakes under the heat of the wrong answer and of the
 * right one, and some photos that it got. Some 20 maps of the last stage, whatever the evaluation's
 * size.
 */
public final class HeatSection {
  private static final int MISTAKES = 8;
  private static final int RIGHT = 4;

  /** As large as the page shows it on a sharp display. */
  private static final int THUMBNAIL = 288;

  private final Labels labels;
  private final Path photoRoot;
  private final PhotoExplainer explainer;

  private HeatSection(Labels labels, Path photoRoot, PhotoExplainer explainer) {
    this.labels = labels;
    this.photoRoot = photoRoot;
    this.explainer = explainer;
  }

  /**
   * The section with the id {@code heat}.
   *
   * @param photoRoot the folder that the results' paths are relative to
   * @param explainer of the evaluated model, with the evaluation's labels
   * @throws IOException naming the photo, if one cannot be read or decoded
   */
  public static Section of(Evaluation evaluation, Path photoRoot, PhotoExplainer explainer)
      throws IOException {
    HeatSection heat = new HeatSection(evaluation.labels(), photoRoot, explainer);
    List<PhotoResult> right = evaluation.results().stream().filter(PhotoResult::correct).toList();
    List<Markup> cards = new ArrayList<>();
    for (PhotoResult result : evaluation.surestMistakes(MISTAKES)) {
      cards.add(heat.card(result));
    }
    for (PhotoResult result : EvenPick.of(right, RIGHT)) {
      cards.add(heat.card(result));
    }
    return Section.of(
        "heat",
        "What it looked at",
        Markup.element("p")
            .add(
                "Places that speak for a class, by Grad-CAM at the last feature maps: yellow most,"
                    + " then red and violet. The surest mistakes, with what spoke for the answer and"
                    + " for what the photo shows; then some right answers."),
        Markup.block("shots", cards.toArray(Markup[]::new)));
  }

  private Markup card(PhotoResult result) throws IOException {
    ScaledPhoto photo = decoded(photoRoot.resolve(result.path()));
    Markup card =
        Markup.block("card pair").with("title", result.path()).add(map(photo, result.predicted()));
    card =
        result.correct() ? card.add(shown(photo, result)) : card.add(map(photo, result.actual()));
    return card.add(
        Markup.element("p")
            .add("Shows ")
            .add(Markup.element("b").add(labels.get(result.actual()).displayName()))
            .add(result.correct() ? ", recognised" : ", taken for ")
            .add(
                result.correct()
                    ? Markup.text("")
                    : Markup.element("b").add(labels.get(result.predicted()).displayName())));
  }

  private Markup map(ScaledPhoto photo, int label) {
    Explanation explanation =
        explainer.explain(
            photo, OptionalInt.of(label), Optional.empty(), ChannelWeighting.GRAD_CAM);
    String name = explanation.explained().displayName();
    String share = Unit.PERCENT.text(explanation.prediction().probability());
    return Markup.element("div")
        .add(
            Thumbnail.of(explanation.overlay(), THUMBNAIL).markup("What speaks for " + name),
            Markup.element("p")
                .add(
                    explanation.cells().isCold()
                        ? "nothing speaks for %s, %s".formatted(name, share)
                        : "for %s, %s".formatted(name, share)));
  }

  private Markup shown(ScaledPhoto photo, PhotoResult result) {
    String name = labels.get(result.actual()).displayName();
    return Markup.element("div")
        .add(
            Thumbnail.of(explainer.crop(photo), THUMBNAIL).markup("Photo of " + name),
            Markup.element("p").add("as the network saw it"));
  }

  private ScaledPhoto decoded(Path photo) throws IOException {
    try {
      return explainer.decode(photo);
    } catch (PhotoException e) {
      throw new IOException("The photo " + photo + " cannot be shown: " + e.getMessage(), e);
    }
  }
}
