package org.food4j.cli.command;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.food4j.data.prepare.DatasetPreparation;
import org.food4j.data.split.Balance;
import org.food4j.data.split.SplitTargets;
import picocli.CommandLine.Option;

/** How many photos of a class go where. */
final class SplitOptions {
  private static final String ALL = "all";
  private static final Pattern WHOLE = Pattern.compile("[0-9]{1,9}");

  @Option(
      names = "--per-class",
      paramLabel = "N|all",
      description =
          "Photos of a class in all parts together (default: 200). Larger classes give no more,"
              + " smaller ones are split in the same proportion. all keeps every photo.")
  private String perClass;

  @Option(
      names = "--ratio",
      paramLabel = "T:V:T",
      description =
          "Proportion of training, validation and test photos (default: 75:15:10); a part may be 0.")
  private String ratio;

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
      names = "--balance",
      paramLabel = "copies|none",
      description =
          "copies fills the training part of a small class up with copies of its photos, none leaves"
              + " it small: for recipes with sampling=class_balanced or class_weights (default:"
              + " copies, none with --per-class all).")
  private String balance;

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
   * @throws UsageException if the parts are no numbers of photos, or the options contradict each
   *     other
   */
  SplitTargets targets() {
    try {
      return ALL.equals(perClass) ? everyPhoto() : numbers().withBalance(balance());
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new UsageException(e.getMessage());
    }
  }

  private SplitTargets everyPhoto() {
    if (hasNumbers()) {
      throw new IllegalArgumentException(
          "--per-class all keeps every photo, --train, --validation and --test are numbers of photos: give their proportion with --ratio");
    }
    if (balance != null && balance() == Balance.COPIES) {
      throw new IllegalArgumentException(
          "--per-class all repeats no photo, --balance copies does: leave one of them out");
    }
    return ratio().withBalance(Balance.EVERY_PHOTO);
  }

  private SplitTargets numbers() {
    if (hasNumbers() && ratio != null) {
      throw new IllegalArgumentException(
          "--ratio and --train, --validation, --test both say how a class is divided: leave one of them out");
    }
    boolean complete = train != null && validation != null && test != null;
    SplitTargets rest =
        complete || (perClass == null && ratio == null)
            ? SplitTargets.DEFAULT
            : ratio().times(perClass());
    if (!hasNumbers()) {
      return rest;
    }
    SplitTargets targets =
        new SplitTargets(
            train == null ? rest.train() : train,
            validation == null ? rest.validation() : validation,
            test == null ? rest.test() : test);
    if (perClass != null && targets.perClass() != perClass()) {
      throw new IllegalArgumentException(
          "--train %d, --validation %d and --test %d are %d photos, not the %s of --per-class: leave one of them out"
              .formatted(
                  targets.train(),
                  targets.validation(),
                  targets.test(),
                  targets.perClass(),
                  perClass));
    }
    return targets;
  }

  private boolean hasNumbers() {
    return train != null || validation != null || test != null;
  }

  private int perClass() {
    if (perClass == null) {
      return SplitTargets.DEFAULT.perClass();
    }
    if (!WHOLE.matcher(perClass).matches()) {
      throw new IllegalArgumentException(
          "--per-class is a number of photos or all, not '%s'".formatted(perClass));
    }
    return Integer.parseInt(perClass);
  }

  private SplitTargets ratio() {
    if (ratio == null) {
      return SplitTargets.DEFAULT_RATIO;
    }
    List<String> parts = Arrays.asList(ratio.split(":", -1));
    if (parts.size() != 3 || !parts.stream().allMatch(part -> WHOLE.matcher(part).matches())) {
      throw new IllegalArgumentException(
          "--ratio is three whole numbers, training:validation:test as in 75:15:10, not '%s'"
              .formatted(ratio));
    }
    int[] shares = parts.stream().mapToInt(Integer::parseInt).toArray();
    return new SplitTargets(shares[0], shares[1], shares[2]);
  }

  private Balance balance() {
    if (balance == null || balance.equals(Balance.COPIES.key())) {
      return Balance.COPIES;
    }
    if (balance.equals(Balance.NONE.key())) {
      return Balance.NONE;
    }
    throw new IllegalArgumentException("--balance is copies or none, not '%s'".formatted(balance));
  }
}
