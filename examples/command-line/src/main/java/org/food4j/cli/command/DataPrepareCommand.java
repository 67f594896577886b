package org.food4j.cli.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.food4j.cli.terminal.Terminal;
import org.food4j.data.manifest.LabelFile;
import org.food4j.data.prepare.DatasetPreparation;
import org.food4j.data.prepare.PhotoSource;
import org.food4j.data.prepare.PreparationSummary;
import org.food4j.train.cluster.ClusterSettings;
import org.food4j.train.cluster.PhotoPlace;
import org.food4j.train.cluster.SparkCluster;
import org.food4j.train.cluster.SparkLibrary;
import org.food4j.train.cluster.SparkPhotos;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code food data prepare}: from a photo folder to a dataset directory. */
@Command(
    name = "prepare",
    description = {
      "Scans a folder of class folders, leaves out what cannot be used, balances the classes and"
          + " splits them into training, validation and test photos without leakage.",
      "Photos are referenced, not copied. The same photos and seed give the same bytes. Photos that"
          + " did not change since the last time are not read again (.DATASET.scan knows them).",
      "With --spark-master a cluster reads the photos, for the same data set. Those of another file"
          + " system are copied beside it, as DATASET-photos-XXXXXXXX, but for the ones left out."
    },
    footer = {
      "  food data prepare --photos photos --out dataset",
      "  food data prepare --photos archive.zip --out dataset",
      "  food data prepare --photos photos --out dataset --train 80 --validation 10 --test 10",
      "  food data prepare --photos leaves --out dataset --per-class all --ratio 80:10:10 --labels"
          + " leaves.csv",
      "  food data prepare --photos hdfs://host/photos --out dataset --spark-master"
          + " spark://host:7077"
    })
public final class DataPrepareCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--photos",
      required = true,
      paramLabel = "DIR|ZIP|URL",
      description =
          "The photos: a folder per class, or a folder or zip that holds just that. A zip is unpacked"
              + " beside the data set, as DATASET-photos-XXXXXXXX. With --spark-master also a folder of"
              + " any Hadoop file system.")
  private String photos;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DATASET",
      description = "The dataset directory; a data set that is there already is replaced.")
  private Path out;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description =
          "What the classes are called, and any metadata: JSON or CSV that names every class folder"
              + " (columns name, display_name, index, and whatever else). It travels into the model.")
  private Path labels;

  @Option(
      names = "--mirrored-duplicates",
      description =
          "A photo and its mirror image count as the same photo (default: they are two photos).")
  private boolean mirroredDuplicates;

  @Mixin private SplitOptions split;
  @Mixin private SparkOptions spark;
  @Mixin private JsonOption json;

  /** Prints to this terminal. */
  public DataPrepareCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    PreparationSummary summary = prepare();
    json.print(
        terminal,
        summary,
        () -> {
          terminal.print(describe(summary));
          if (summary.rejected() > 0) {
            terminal.print("Left out, with reasons: " + out.resolve("rejected.csv"));
          }
          terminal.print("Next: examples/food train --data %s --out RUN".formatted(out));
        });
    return 0;
  }

  private PreparationSummary prepare() throws IOException {
    Optional<ClusterSettings> settings = spark.cluster();
    if (settings.isEmpty()) {
      boolean isHere = new File(photos).exists(); // whatever its name looks like
      if (!isHere && !PhotoPlace.isLocal(photos)) {
        throw new UsageException(
            "%s is no path of this machine, and Spark reads it: add --spark-master 'local[*]', for which this machine is enough"
                .formatted(photos));
      }
      Path place = isHere ? Path.of(photos) : PhotoPlace.local(photos);
      return prepare(terminal, preparation(PhotoSource.of(place)));
    }
    SparkLibrary.require();
    try (SparkCluster cluster = SparkCluster.open(settings.get())) {
      return prepare(terminal, preparation(new SparkPhotos(cluster, photos)));
    }
  }

  private DatasetPreparation preparation(PhotoSource source) throws IOException {
    return DatasetPreparation.of(source, out)
        .withTargets(split.targets())
        .withLabels(labels == null ? LabelFile.NONE : LabelFile.read(labels))
        .withSeed(split.seed())
        .withMirroredDuplicates(mirroredDuplicates);
  }

  /** Runs a preparation behind progress bars. */
  static PreparationSummary prepare(Terminal terminal, DatasetPreparation preparation)
      throws IOException {
    try (PreparationProgress progress = new PreparationProgress(terminal)) {
      return preparation.run(progress::unpacked, progress::read);
    }
  }

  /** The summary in one line. */
  static String describe(PreparationSummary summary) {
    return "%d classes, %d photos kept, %d left out: %d training (copies included), %d validation, %d test"
        .formatted(
            summary.classes(),
            summary.kept(),
            summary.rejected(),
            summary.train(),
            summary.validation(),
            summary.test());
  }
}
