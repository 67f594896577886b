package org.food4j.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.food4j.cli.terminal.Progress;
import org.food4j.cli.terminal.Terminal;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Split;
import org.food4j.data.pack.DatasetPack;
import org.food4j.data.pack.PackSummary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code food data pack}: a data set as files to hand over. */
@Command(
    name = "pack",
    description = {
      "Copies the photos of a data set into train, validation and test, a folder per class in each,"
          + " with labels and a manifest; over-sampled copies become files of their own.",
      "The photos' bytes stay as they are. A zip of the same data set is the same, byte for byte."
    },
    footer = {
      "  food data pack dataset --out balanced",
      "  food data pack dataset --out balanced.zip",
      "  food data pack dataset --out exam --split test"
    })
public final class DataPackCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "DATASET", description = "A directory made by food data prepare.")
  private Path directory;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR|ZIP",
      description =
          "Where to: a folder, or a file that ends in .zip. An older pack there is replaced,"
              + " anything else is left alone.")
  private Path out;

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description = "Only this part: train, validation or test; may be given again (default: all).")
  private List<String> splits = new ArrayList<>();

  @Mixin private JsonOption json;

  /** Prints to this terminal. */
  public DataPackCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    Set<Split> parts = splits.isEmpty() ? EnumSet.allOf(Split.class) : EnumSet.noneOf(Split.class);
    splits.forEach(name -> parts.add(SplitArgument.of(name)));
    DatasetPack pack = new DatasetPack(Dataset.open(directory), parts);
    PackSummary summary;
    try (Progress progress = terminal.progress("Packing photos", 0, "photos")) {
      summary = pack.write(out, progress::update);
    }
    json.print(terminal, Packed.of(out, summary), () -> print(summary));
    return 0;
  }

  private void print(PackSummary summary) {
    PackSummary.Counts counts = summary.counts();
    terminal.print(
        "%d classes, %d photos and %d copies (%.1f MB): %d training, %d validation, %d test"
            .formatted(
                counts.classes(),
                counts.photos(),
                counts.copies(),
                summary.bytes() / 1e6,
                counts.train(),
                counts.validation(),
                counts.test()));
    summary
        .renamed()
        .forEach(
            (name, folder) ->
                terminal.print(
                    "The class %s is the folder %s: not every system can hold its name"
                        .formatted(name, folder)));
    terminal.print("Packed: " + out);
  }

  /** The JSON document. */
  private record Packed(
      Path out,
      int classes,
      int photos,
      int copies,
      int train,
      int validation,
      int test,
      long bytes,
      Map<String, String> renamed) {
    static Packed of(Path out, PackSummary summary) {
      PackSummary.Counts counts = summary.counts();
      return new Packed(
          out,
          counts.classes(),
          counts.photos(),
          counts.copies(),
          counts.train(),
          counts.validation(),
          counts.test(),
          summary.bytes(),
          summary.renamed());
    }
  }
}
