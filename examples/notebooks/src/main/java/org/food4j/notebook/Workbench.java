package org.food4j.notebook;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.food4j.data.file.FileTree;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.Split;
import org.food4j.data.page.BarChart;
import org.food4j.data.page.EvenPick;
import org.food4j.data.page.LineChart;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.picture.ChartPicture;
import org.food4j.data.picture.MatrixPicture;
import org.food4j.data.picture.PhotoGrid;
import org.food4j.data.picture.PngFile;
import org.food4j.data.prepare.DatasetPreparation;
import org.food4j.data.scan.Progress;
import org.food4j.data.split.SplitTargets;
import org.food4j.data.synthetic.DrawnDishes;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.evaluate.Interval;
import org.food4j.train.loop.EpochMetrics;
import org.food4j.train.loop.Trainer;
import org.food4j.train.loop.TrainingObserver;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.RecipeFile;
import org.food4j.train.run.EvaluationFile;
import org.food4j.train.run.RunDirectory;
import org.food4j.train.run.TrainedModel;

/**
 * What a notebook stands on: photos, the data set prepared from them, a small trained network, and
 * a folder for its figures. What is expensive is made by the notebook that needs it first and kept
 * for the others in the folder {@code out}, which may be deleted at any time. Not thread-safe.
 *
 * <p>The environment says where: {@code PHOTOS}, a folder with a folder per class, or nothing for
 * drawn dishes; {@code FOOD_NOTEBOOKS}, the folder that {@code out} lies in, by default this one.
 */
public final class Workbench {
  /** Drawn with it; dishes that a notebook draws of another seed are new to the network. */
  public static final long SEED = 1;

  private static final String DATASET = "dataset";
  private static final int DRAWN_PER_CLASS = 90;
  private static final SplitTargets PER_CLASS = new SplitTargets(60, 10, 20);

  /** What shows figures on the spot. */
  @FunctionalInterface
  interface Display {
    /**
     * Shows one.
     *
     * @param drawing whether it has lines and words alone, which blur where they are compressed as
     *     photos are
     */
    void show(BufferedImage figure, boolean drawing);
  }

  private static Optional<Display> display = Optional.empty();

  private final Path out;
  private final Path figures;
  private final Optional<Path> photos;
  private final PhotoDecoder decoder = new NativePhotoDecoder();

  private Workbench(Path out, Path figures, Optional<Path> photos) {
    this.out = out;
    this.figures = figures;
    this.photos = photos;
  }

  /** The bench of a notebook. */
  public static Workbench of(String notebook) {
    Path home =
        Path.of(System.getenv().getOrDefault("FOOD_NOTEBOOKS", ""))
            .toAbsolutePath()
            .normalize()
            .resolve("out");
    Optional<Path> photos =
        Optional.ofNullable(System.getenv("PHOTOS")).filter(p -> !p.isBlank()).map(Path::of);
    // photos of one's own have data set and network of their own
    Path out =
        photos.isEmpty()
            ? home
            : home.resolve(
                "%s-%08x"
                    .formatted(
                        photos.get().toAbsolutePath().normalize().getFileName(),
                        photos.get().toAbsolutePath().normalize().toString().hashCode()));
    return new Workbench(out, out.resolve(notebook), photos);
  }

  /** Shows pictures on the spot besides writing them, as Jupyter does. */
  static void displayWith(Display window) {
    display = Optional.of(window);
  }

  /** Decodes photos; fast, for photos that one trusts. */
  public PhotoDecoder decoder() {
    return decoder;
  }

  /** Whether the photos are drawn dishes, of which more is known than of others. */
  public boolean isDrawn() {
    return photos.isEmpty();
  }

  /** The shared folder. */
  public Path out() {
    return out;
  }

  /**
   * The folder with a folder of photos per class: one's own, or {@value #DRAWN_PER_CLASS} drawn
   * dishes of each of ten classes.
   */
  public Path photos() throws IOException {
    if (photos.isPresent()) {
      return photos.get();
    }
    Path drawn = out.resolve("dishes");
    if (!Dataset.isOne(out.resolve(DATASET))) { // which is prepared after the last of them
      new DrawnDishes(SEED).write(drawn, DRAWN_PER_CLASS);
    }
    return drawn;
  }

  /** The data set of these photos: of each class 60 to train on, 10 to validate, 20 to test. */
  public Dataset dataset() throws IOException {
    Path prepared = out.resolve(DATASET);
    if (!Dataset.isOne(prepared)) {
      DatasetPreparation.of(photos(), prepared).withTargets(PER_CLASS).run(Progress.NONE);
      say("Prepared a data set from " + (isDrawn() ? "drawn dishes" : photos()) + ".");
    }
    return Dataset.open(prepared);
  }

  /** A small SE network trained on that data set, at 64 pixels for ten epochs. */
  public RunDirectory trained() throws IOException {
    return trained("se-network", dataset(), recipe());
  }

  /** How it is trained. */
  public static Recipe recipe(String... settings) throws IOException {
    List<String> small = new ArrayList<>(List.of("input_size=64", "epochs=10"));
    small.addAll(List.of(settings));
    return RecipeFile.read("quickstart", small);
  }

  /**
   * A network trained on a data set: the one of that name in the shared folder if it was trained by
   * the same recipe on the same photos, otherwise a new one. Says which.
   */
  public RunDirectory trained(String name, Dataset dataset, Recipe recipe) throws IOException {
    Path directory = out.resolve(name);
    Trainer trainer = new Trainer(dataset, recipe, decoder);
    if (RunDirectory.isRun(directory)) {
      RunDirectory known = RunDirectory.resume(directory);
      if (EvaluationFile.isIn(directory) && isLike(known, trainer, dataset, recipe)) {
        say("%s is there already: top-1 %s".formatted(name, top1(known.evaluation())));
        return known;
      }
      FileTree.delete(directory);
    }
    say("Training %s (%s) ...".formatted(name, recipe.model()));
    RunDirectory run =
        RunDirectory.create(
            directory, recipe, dataset, trainer.preprocessing(), trainer.provenance());
    trainer.train(run, List.of(new Epochs()));
    Evaluation evaluation = evaluate(directory, dataset);
    run.writeEvaluation(evaluation);
    say("Trained %s: top-1 %s".formatted(name, top1(evaluation)));
    return run;
  }

  private static boolean isLike(RunDirectory known, Trainer trainer, Dataset dataset, Recipe recipe)
      throws IOException {
    if (!known.recipe().equals(recipe)) {
      return false;
    }
    try {
      known.requireOrigin(dataset, trainer.provenance());
      return true;
    } catch (IllegalArgumentException e) {
      say("%s is of other photos: %s".formatted(known.path().getFileName(), e.getMessage()));
      return false;
    }
  }

  /** What a run or an ONNX file makes of the test photos. */
  public Evaluation evaluate(Path model, Dataset dataset) throws IOException {
    try (TrainedModel opened = TrainedModel.open(model)) {
      return opened.evaluate(dataset, dataset.heldOut(), decoder, Progress.NONE);
    }
  }

  /** A share with its 95 % interval. */
  public static String top1(Evaluation evaluation) {
    return "%.1f %% (95 %% interval %.1f to %.1f, %d photos)"
        .formatted(
            100 * evaluation.top1(),
            100 * evaluation.top1Interval().low(),
            100 * evaluation.top1Interval().high(),
            evaluation.photos());
  }

  /** The bar of a share with its 95 % interval. */
  public static BarChart.Bar top1Bar(String name, Evaluation evaluation, int colour) {
    Interval interval = evaluation.top1Interval();
    return new BarChart.Bar(
        name,
        evaluation.top1(),
        interval.low(),
        interval.high(),
        "(%.1f to %.1f)".formatted(100 * interval.low(), 100 * interval.high()),
        colour);
  }

  /**
   * Prints, as {@link String#format} puts it. Unlike {@code System.out.printf} it returns nothing
   * that Jupyter would show as the cell's result.
   */
  public void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }

  /** The place of a file of this notebook's. */
  public Path file(String name) throws IOException {
    return Files.createDirectories(figures).resolve(name);
  }

  /** Writes a chart as a PNG file, names it, and in Jupyter shows it. */
  public void show(String name, BarChart chart) throws IOException {
    show(name, ChartPicture.of(chart), true);
  }

  /** The same for curves. */
  public void show(String name, LineChart chart) throws IOException {
    show(name, ChartPicture.of(chart), true);
  }

  /** The same for a table in colours. */
  public void show(String name, MatrixPicture table) throws IOException {
    show(name, table.draw(), true);
  }

  /** The same for photos. */
  public void show(String name, PhotoGrid photos) throws IOException {
    show(name, photos.draw(), false);
  }

  /** The same for any picture that photos are part of. */
  public void show(String name, BufferedImage picture) throws IOException {
    show(name, picture, false);
  }

  private void show(String name, BufferedImage figure, boolean drawing) throws IOException {
    Path file = file(name + ".png");
    PngFile.write(figure, file);
    display.ifPresent(window -> window.show(figure, drawing));
    wrote(file);
  }

  /** Names a file that was written, seen from the working directory where it lies below it. */
  public void wrote(Path file) {
    Path here = Path.of("").toAbsolutePath();
    Path there = file.toAbsolutePath().normalize();
    say("Wrote " + (there.startsWith(here) ? here.relativize(there) : there));
  }

  /** Test photos of each class, evenly picked. */
  public List<ManifestEntry> testPhotos(Dataset dataset, int perClass) {
    Split split = dataset.heldOut();
    return IntStream.range(0, dataset.labels().size())
        .boxed()
        .flatMap(
            label ->
                EvenPick.of(
                    dataset.entries(split).stream().filter(e -> e.label() == label).toList(),
                    perClass)
                    .stream())
        .toList();
  }

  private static void say(String words) {
    System.out.println(words);
  }

  /** Says how a training is going. */
  private static final class Epochs implements TrainingObserver {
    @Override
    public void epoch(EpochMetrics epoch, boolean best) {
      say(
          "  epoch %2d: loss %.3f, top-1 on validation photos %.1f %%"
              .formatted(epoch.epoch(), epoch.trainLoss(), 100 * epoch.validationTop1()));
    }
  }
}
