package org.food4j.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.food4j.cli.terminal.Terminal;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Label;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.Split;
import org.food4j.data.page.AugmentationSection;
import org.food4j.data.page.DatasetPage;
import org.food4j.data.page.HtmlPage;
import org.food4j.data.photo.OpenCvPhotoDecoder;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.scan.Rejection;
import org.food4j.data.transform.Augmentation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code food data inspect}: a page that shows a data set. */
@Command(
    name = "inspect",
    description =
        "Writes a page that shows a data set: counts, sizes, what was left out, a contact sheet per"
            + " class.",
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

  public DataInspectCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    List<Augmentation> presets = presets();
    Dataset dataset = Dataset.open(directory);
    List<Rejection> rejections = dataset.rejections();
    // Not inside the dataset directory, whose files are those that its commit record names.
    Path page = out == null ? beside(directory) : out;
    PhotoDecoder decoder = new OpenCvPhotoDecoder();
    HtmlPage content = DatasetPage.of(dataset, rejections, decoder, PHOTOS_PER_CLASS);
    if (!presets.isEmpty()) {
      content =
          content.with(
              AugmentationSection.of(dataset, presets, decoder, AUGMENTED_PHOTOS, AUGMENTED_SIZE));
    }
    content.write(page);
    Inspection inspection = Inspection.of(dataset, rejections, page);
    json.print(terminal, inspection, () -> print(inspection));
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

  private void print(Inspection inspection) {
    terminal.print(
        "%-24s %6s %11s %5s %7s".formatted("class", "train", "validation", "test", "copies"));
    for (ClassCounts c : inspection.classes()) {
      terminal.print(
          "%-24s %6d %11d %5d %7d"
              .formatted(c.name(), c.train(), c.validation(), c.test(), c.copies()));
    }
    terminal.print(
        "%d photos left out. The page: %s".formatted(inspection.rejected(), inspection.page()));
  }

  /** The JSON document. */
  private record Inspection(
      List<ClassCounts> classes, int rejected, String fingerprint, Path page) {
    static Inspection of(Dataset dataset, List<Rejection> rejections, Path page) {
      List<ClassCounts> classes = new ArrayList<>();
      for (Label label : dataset.labels()) {
        List<ManifestEntry> own =
            dataset.entries().stream().filter(e -> e.label() == label.index()).toList();
        classes.add(
            new ClassCounts(
                label.name(),
                count(own, Split.TRAIN),
                count(own, Split.VALIDATION),
                count(own, Split.TEST),
                (int) own.stream().filter(ManifestEntry::isCopy).count()));
      }
      return new Inspection(classes, rejections.size(), dataset.fingerprint(), page);
    }

    private static int count(List<ManifestEntry> entries, Split split) {
      return (int) entries.stream().filter(e -> e.split() == split).count();
    }
  }

  private record ClassCounts(String name, int train, int validation, int test, int copies) {}
}
