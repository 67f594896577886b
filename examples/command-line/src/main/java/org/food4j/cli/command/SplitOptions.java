package org.food4j.cli.command;

import org.food4j.data.prepare.DatasetPreparation;
import org.food4j.data.split.SplitTargets;
import picocli.CommandLine.Option;

/** How many photos of a class go where. */
final class SplitOptions {
  @Option(
      names = "--per-class",
      paramLabel = "N",
      description = "Photos of a class in all, split 75/15/10 (default: 200).")
  private Integer perClass;

  @Option(
      names = "--train",
      paramLabel = "N",
      description = "Training photos of a class (default: 150).")
  private Integer train;

  @Option(
      names = "--validation",
      paramLabel = "N",
      description = "Validation photos of a class, may be 0 (default: 30).")
  private Integer validation;

  @Option(
      names = "--test",
      paramLabel = "N",
      description = "Test photos of a class, may be 0 (default: 20).")
  private Integer test;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of the random choices (default: ${DEFAULT-VALUE}).",
      defaultValue = "" + DatasetPreparation.DEFAULT_SEED)
  private long seed;

  long seed() {
    return seed;
  }

  /**
   * The targets that the options say together.
   *
   * @throws UsageException if the parts are no numbers of photos or do not add up to the whole
   */
  SplitTargets targets() {
    try {
      return together();
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new UsageException(e.getMessage());
    }
  }

  private SplitTargets together() {
    if (train == null && validation == null && test == null) {
      return perClass == null ? SplitTargets.DEFAULT : SplitTargets.perClass(perClass);
    }
    SplitTargets rest = perClass == null ? SplitTargets.DEFAULT : SplitTargets.perClass(perClass);
    SplitTargets targets =
        new SplitTargets(
            train == null ? rest.train() : train,
            validation == null ? rest.validation() : validation,
            test == null ? rest.test() : test);
    if (perClass != null && targets.perClass() != perClass) {
      throw new IllegalArgumentException(
          "--train %d, --validation %d and --test %d are %d photos, not the %d of --per-class: leave one of them out"
              .formatted(
                  targets.train(),
                  targets.validation(),
                  targets.test(),
                  targets.perClass(),
                  perClass));
    }
    return targets;
  }
}
