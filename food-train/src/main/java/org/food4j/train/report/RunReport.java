package org.food4j.train.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.food4j.data.page.HtmlPage;
import org.food4j.data.page.Section;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.models.explain.graph.PhotoExplainer;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.loop.EpochMetrics;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.RecipeFile;

/** The report of one run: its sections, alone on a page or among others. */
public final class RunReport {
  private RunReport() {}

  /**
   * What a run came to.
   *
   * @param photoRoot where the evaluated photos lie
   * @param explainer of the evaluated model
   * @throws IOException if a photo to be shown cannot be read
   */
  public static List<Section> sections(
      Recipe recipe,
      List<EpochMetrics> epochs,
      Evaluation evaluation,
      Path photoRoot,
      PhotoDecoder decoder,
      PhotoExplainer explainer)
      throws IOException {
    List<Section> sections = new ArrayList<>();
    sections.add(FiguresSection.of(evaluation));
    sections.add(CurvesSection.of(epochs));
    sections.add(AnswersSection.of(evaluation, photoRoot, decoder));
    sections.add(HeatSection.of(evaluation, photoRoot, explainer));
    sections.add(ConfusionSection.of(evaluation));
    sections.add(PerClassSection.of(evaluation));
    sections.add(CalibrationSection.of(evaluation));
    sections.add(CoverageSection.of(evaluation));
    if (!evaluation.suspects().isEmpty()) {
      sections.add(SuspectsSection.of(evaluation, photoRoot, decoder));
    }
    sections.add(
        Section.ofFacts(
            "recipe",
            "Recipe",
            "Every setting of the training, as resolved.",
            "Setting",
            RecipeFile.describe(recipe)));
    return List.copyOf(sections);
  }

  /** The page of those sections. */
  public static HtmlPage page(Recipe recipe, List<Section> sections) {
    return new HtmlPage(
        "Training " + recipe.model(),
        String.format(Locale.ROOT, "%d px input", recipe.inputSize()),
        sections);
  }
}
