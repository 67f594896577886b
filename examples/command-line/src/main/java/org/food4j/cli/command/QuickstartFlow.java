package org.food4j.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.food4j.bench.compare.ExportCheck;
import org.food4j.bench.measure.InProcessMeasurer;
import org.food4j.bench.measure.Subject;
import org.food4j.bench.result.Agreement;
import org.food4j.bench.result.BenchmarkPhotos;
import org.food4j.bench.result.BenchmarkSettings;
import org.food4j.cli.terminal.Progress;
import org.food4j.cli.terminal.Terminal;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Split;
import org.food4j.data.page.HtmlPage;
import org.food4j.data.page.Markup;
import org.food4j.data.page.Section;
import org.food4j.data.page.Tile;
import org.food4j.data.page.Unit;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.prepare.DatasetPreparation;
import org.food4j.data.prepare.PreparationSummary;
import org.food4j.data.synthetic.DrawnDishes;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.inference.ExecutionProvider;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.loop.TrainingCaches;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.RecipeFile;
import org.food4j.train.report.FiguresSection;
import org.food4j.train.run.RunExport;

/** The verbs one after the other, and one report of them all. */
final class QuickstartFlow {
  private static final String RECIPE = "quickstart";
  private static final int DRAWN_PER_CLASS = 200;
  private static final long DRAWING_SEED = 1;

  private final Terminal terminal;
  private final Path photos;
  private final Path out;

  /**
   * @param photos the user's, or null to draw some
   */
  QuickstartFlow(Terminal terminal, Path photos, Path out) {
    this.terminal = terminal;
    this.photos = photos;
    this.out = out;
  }

  /** What came out. */
  record Outcome(
      Path report, Path model, Evaluation evaluation, Agreement agreement, String verdict) {
    boolean agrees() {
      return agreement.within(ExportCheck.TOLERANCE);
    }

    Figures figures() {
      return new Figures(
          report,
          model,
          evaluation.photos(),
          evaluation.top1(),
          evaluation.top5(),
          evaluation.top1Interval().low(),
          evaluation.top1Interval().high(),
          agreement.maxAbsDifference(),
          agreement.top1Agreement());
    }

    List<String> lines() {
      return List.of(
          EvaluateCommand.describe(evaluation),
          ExportCommand.describe(agreement),
          verdict,
          "Model:  " + model,
          "Report: " + report.toAbsolutePath().normalize().toUri());
    }
  }

  /** The JSON document. */
  record Figures(
      Path report,
      Path model,
      int photos,
      double top1,
      double top5,
      double top1Low,
      double top1High,
      double maxAbsDifference,
      double top1Agreement) {}

  Outcome run(RecipeOptions options) throws IOException {
    Recipe recipe = RecipeFile.read(options.recipe(RECIPE), options.settings());
    if (photos != null && !Files.exists(photos)) {
      throw new IllegalArgumentException(
          "There is no folder %s: --photos names a folder that holds a folder per class, or a zip of one"
              .formatted(photos));
    }
    Architectures.named(recipe.model());
    QuickstartFolder folder = QuickstartFolder.take(out);
    step(1, photos == null ? "Drawing dishes, preparing a data set" : "Preparing the data set");
    PreparationSummary prepared =
        DataPrepareCommand.prepare(
            terminal,
            DatasetPreparation.of(photos == null ? draw(folder) : photos, folder.dataset()));
    terminal.note(DataPrepareCommand.describe(prepared));
    Dataset dataset = Dataset.open(folder.dataset());
    TrainingSession session =
        new TrainingSession(terminal, dataset, recipe, folder.run(), TrainingCaches.NONE);
    // not before: a mistyped folder or recipe must not cost an earlier result
    folder.mark();
    folder.clearResults();

    step(
        2,
        "Training %s at %d px, at most %d epochs"
            .formatted(recipe.model(), recipe.inputSize(), recipe.epochs()));
    TrainingSession.Outcome trained = session.run(List.of());
    terminal.note(EvaluateCommand.describe(trained.evaluation()));

    step(3, "Exporting to ONNX");
    RunExport.write(trained.run(), folder.model());
    Agreement agreement =
        ExportCheck.onPhotos(
            folder.run(),
            folder.model(),
            dataset,
            ExportCommand.sample(dataset.entries(Split.TEST)),
            new NativePhotoDecoder());
    terminal.note(ExportCommand.describe(agreement));

    step(4, "Measuring both forms");
    BenchmarkSession.Outcome measured =
        measurement(List.of(folder.run(), folder.model()), dataset).run(terminal, folder.bench());
    Outcome outcome =
        new Outcome(
            folder.report(),
            folder.model(),
            trained.evaluation(),
            agreement,
            measured.verdicts().best());
    page(recipe, outcome, prepared, trained, measured).write(folder.report());
    return outcome;
  }

  private static BenchmarkSession measurement(List<Path> models, Dataset dataset)
      throws IOException {
    List<Subject> subjects = Subject.of(models, Set.of(ExecutionProvider.CPU));
    return new BenchmarkSession(
        subjects,
        BenchmarkPhotos.of(dataset, Split.TEST),
        BenchmarkSettings.quick(),
        subjects.get(0).name(),
        Optional.empty(),
        new InProcessMeasurer(new NativePhotoDecoder()));
  }

  private void step(int number, String what) {
    terminal.note("%n%d/4 %s".formatted(number, what));
  }

  private Path draw(QuickstartFolder folder) throws IOException {
    folder.mark(); // nothing of the user's can be wrong any more
    int dishes = DRAWN_PER_CLASS * DrawnDishes.labels().size();
    try (Progress progress = terminal.progress("Drawing dishes", dishes, "photos")) {
      new DrawnDishes(DRAWING_SEED)
          .write(folder.photos(), DRAWN_PER_CLASS, (done, all) -> progress.update(done));
    }
    return folder.photos();
  }

  private HtmlPage page(
      Recipe recipe,
      Outcome outcome,
      PreparationSummary prepared,
      TrainingSession.Outcome trained,
      BenchmarkSession.Outcome measured)
      throws IOException {
    List<Section> sections = new ArrayList<>();
    sections.add(
        Section.of(
            "summary",
            "Summary",
            Tile.grid(
                FiguresSection.top1Tile(outcome.evaluation()),
                new Tile(
                    "Photos",
                    Unit.COUNT.text(prepared.kept()),
                    "%d classes, %d left out".formatted(prepared.classes(), prepared.rejected())),
                new Tile(
                    "Best epoch",
                    Unit.COUNT.text(trained.training().bestEpoch()),
                    "of %d".formatted(trained.training().epochs().size())),
                new Tile(
                    "model.onnx",
                    Unit.BYTES.text(Files.size(outcome.model())),
                    outcome.agrees() ? "agrees with DL4J" : "does not agree with DL4J")),
            Markup.paragraph(
                "%s was trained from scratch on %s, then exported to ONNX and measured. %s"
                    .formatted(
                        recipe.model(),
                        photos == null ? "drawn dishes" : "your photos",
                        outcome.verdict())),
            Markup.element("h3").add("What next"),
            Markup.element("pre")
                .add(
                    """
                    examples/food predict --model %s PHOTO
                    examples/food data inspect %s
                    examples/food train --data %s --out run --ui"""
                        .formatted(
                            outcome.model(), out.resolve("dataset"), out.resolve("dataset")))));
    sections.addAll(trained.sections());
    sections.addAll(measured.sections());
    return new HtmlPage(
        "Food4J quickstart",
        photos == null ? "Drawn dishes" : String.valueOf(photos.getFileName()),
        sections);
  }
}
