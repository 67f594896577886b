package org.food4j.cli.command;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.food4j.cli.terminal.Terminal;
import org.food4j.data.file.OutputFile;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.page.HtmlPage;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.report.AugmentationSection;
import org.food4j.data.report.DatasetFigures;
import org.food4j.data.report.DatasetPage;
import org.food4j.data.transform.Augmentation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code food data inspect}: a page that shows a data set. */
@Command(
    name = "inspect",
    description =
        "Writes a page that shows a data set: counts, sizes, duplicates side by"
            + " side, what was left out, colours, a contact sheet per class.",
    footer = {
      "  food data inspect dataset",
      "  food data inspect dataset --augment",
      "  food data inspect dataset --augment strong",
      "  food data inspect dataset --json"
    })
public final class DataInspectCommand implements Callable<Integer> {
  private static final int PHOTOS_PER_CLASS = 12;
  private static final int AUGMENTED_PHOTOS = 6;
  private static final int AUGMENTED_SIZE = 224;
  private static final String EVERY_PRESET = "all";

  private final Terminal terminal;

  @Parameters(paramLabel = "DATASET", description = "A directory made by food data prepare.")
  private Path directory;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The page (default: DATASET-inspect.html, beside the data set).")
  private Path out;

  @Option(
      names = "--augment",
      arity = "0..1",
      fallbackValue = EVERY_PRESET,
      paramLabel = "PRESET",
      description = {
        "Also shows some training photos before and after augmentation: with the preset light,",
        "standard or strong, or with each of them when none is named. Put it after DATASET."
      })
  private String augment;

  @Mixin private JsonOption json;

  /** Prints to this terminal. */
  public DataInspectCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    List<Augmentation> presets = presets();
    Dataset dataset = Dataset.open(directory);
    // Not inside the dataset directory, whose files are those that its commit record names.
    Path page = out == null ? beside(directory) : out;
    OutputFile.requirePlace(page);
    PhotoDecoder decoder = new NativePhotoDecoder();
    DatasetPage inspected = DatasetPage.of(dataset, decoder, PHOTOS_PER_CLASS);
    HtmlPage content = inspected.page();
    if (!presets.isEmpty()) {
      content =
          content.with(
              AugmentationSection.of(dataset, presets, decoder, AUGMENTED_PHOTOS, AUGMENTED_SIZE));
    }
    content.write(page);
    DatasetFigures figures = inspected.figures();
    json.print(
        terminal, new Inspection(figures, dataset.fingerprint(), page), () -> print(figures, page));
    return 0;
  }

  /** What {@code --augment} asks to be shown; nothing without it. */
  private List<Augmentation> presets() {
    if (augment == null) {
      return List.of();
    }
    if (augment.equals(EVERY_PRESET)) {
      return Arrays.stream(Augmentation.values()).filter(a -> a != Augmentation.NONE).toList();
    }
    try {
      return List.of(Augmentation.of(augment));
    } catch (IllegalArgumentException e) {
      throw new UsageException("--augment: " + e.getMessage());
    }
  }

  private static Path beside(Path directory) {
    Path absolute = directory.toAbsolutePath().normalize();
    return absolute.resolveSibling(absolute.getFileName() + "-inspect.html");
  }

  private void print(DatasetFigures figures, Path page) {
    terminal.print(
        "%-24s %6s %6s %6s %11s %5s %7s"
            .formatted("class", "found", "kept", "train", "validation", "test", "copies"));
    for (DatasetFigures.ClassFigures c : figures.classes()) {
      terminal.print(
          "%-24s %6d %6d %6d %11d %5d %7d"
              .formatted(
                  c.name(), c.found(), c.kept(), c.train(), c.validation(), c.test(), c.copies()));
    }
    DatasetFigures.NearDuplicateFigures near = figures.nearDuplicates();
    terminal.print(
        "%d of %d files left out. %d photos look alike, in %d groups. The page: %s"
            .formatted(figures.rejected(), figures.found(), near.photos(), near.groups(), page));
  }

  /** The JSON document. */
  private record Inspection(@JsonUnwrapped DatasetFigures figures, String fingerprint, Path page) {}
}
