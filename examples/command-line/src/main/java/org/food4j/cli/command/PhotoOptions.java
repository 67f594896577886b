package org.food4j.cli.command;

import java.nio.file.Path;
import java.util.Optional;
import org.food4j.data.manifest.Split;
import picocli.CommandLine.Option;

/** Photos that several models are asked about. */
final class PhotoOptions {
  @Option(
      names = "--data",
      paramLabel = "DATASET|DIR",
      description =
          "A prepared data set, or a folder of class folders named as the models' labels.")
  private Path data;

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description = "Of --data: train, validation or test (default: test).")
  private String split;

  /** Where they lie, if that was given. */
  Optional<Path> data() {
    return Optional.ofNullable(data);
  }

  boolean isSplitSet() {
    return split != null;
  }

  /**
   * Which of them.
   *
   * @throws UsageException if the name is none
   */
  Split split() {
    return split == null ? Split.TEST : SplitArgument.of(split);
  }
}
