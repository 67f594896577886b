package org.food4j.train.recipe;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.food4j.data.batch.Mixing;
import org.food4j.data.transform.Augmentation;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.block.Wiring;
import org.food4j.models.kernel.Precision;
import org.food4j.train.optimizer.Optimizer;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * How a network is trained: everything but the photos. The same record comes from a YAML file, from
 * {@code --set} on the command line, and from code; {@link RecipeFile} reads and writes it.
 *
 * @param model the architecture's name
 * @param inputSize height and width of the network's input in pixels, at least 32
 * @param network where the network departs from its table
 * @param transfer what is taken over from an earlier training
 * @param curriculum what the first epochs have less of than the last
 * @param augmentation of the training photos
 * @param mixup alpha of {@link Mixing#mixup()}, 0 for none; 0.2 is usual. Mixed training wants more
 *     epochs: fifty or more
 * @param cutmix alpha of {@link Mixing#cutmix()}, 0 for none; 1 is usual
 * @param epochs at most this many passes over the training photos, at least 1
 * @param batchSize photos per batch, at least 2: batch normalisation needs company
 * @param optimization what makes a step of a gradient
 * @param stepping how many batches make a step, and what is done to gradients and weights
 * @param dataParallel how many workers train, and how often their weights are averaged
 * @param learningRate at the end of the warm-up, above 0
 * @param weightDecay at least 0; decoupled with AdamW, a part of the gradient else, never of biases
 *     and normalisation
 * @param warmUpEpochs epochs of rising learning rate, below {@code epochs}
 * @param annealing how the learning rate goes on
 * @param labelSmoothing 0 to below 1
 * @param focalGamma how strongly training discounts photos that the network is sure of (Lin et al.
 *     2017, arXiv 1708.02002), at least 0; 0 for plain cross-entropy, which the validation loss
 *     always is; 2 is usual
 * @param sampling which photos an epoch draws
 * @param classWeights how the loss weighs the classes; {@code NONE} where {@code sampling} evens
 *     them out already
 * @param classWeightsBeta of {@link ClassWeighting#EFFECTIVE}, 0 to below 1
 * @param earlyStoppingPatience epochs without a better validation top-1 before training ends,
 *     counted once all there is trains at its full size; 0 to never stop early
 * @param earlyStoppingMinChange how much better counts as better, in shares of 1
 * @param seed of the initial weights, the order and the augmentation
 */
public record Recipe(
    String model,
    int inputSize,
    @JsonUnwrapped NetworkOptions network,
    @JsonUnwrapped Transfer transfer,
    @JsonUnwrapped Curriculum curriculum,
    Augmentation augmentation,
    double mixup,
    double cutmix,
    int epochs,
    int batchSize,
    @JsonUnwrapped Optimization optimization,
    @JsonUnwrapped Stepping stepping,
    @JsonUnwrapped DataParallel dataParallel,
    double learningRate,
    double weightDecay,
    double warmUpEpochs,
    @JsonUnwrapped Annealing annealing,
    double labelSmoothing,
    double focalGamma,
    Sampling sampling,
    ClassWeighting classWeights,
    double classWeightsBeta,
    int earlyStoppingPatience,
    double earlyStoppingMinChange,
    long seed) {
  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException if any is outside its range; the message lists all of them
   */
  public Recipe {
    List<String> problems = new ArrayList<>();
    require(problems, model != null && !model.isBlank(), "model is the name of an architecture");
    require(
        problems,
        inputSize >= NetworkSpec.SMALLEST_INPUT,
        "input_size is at least %s, not %s".formatted(NetworkSpec.SMALLEST_INPUT, inputSize));
    problems.addAll(network.problems());
    problems.addAll(transfer.problems());
    problems.addAll(curriculum.problems(inputSize, epochs, transfer));
    require(
        problems,
        network.precision() != Precision.BFLOAT16
            || !Wiring.BACKBONE.equalsIgnoreCase(transfer.freeze()),
        "precision bfloat16 is that of trained convolutions, and freeze backbone trains none: set"
            + " precision to float32");
    requireGiven(problems, "augmentation", augmentation, Augmentation.values());
    requireGiven(problems, "sampling", sampling, Sampling.values());
    requireGiven(problems, "class_weights", classWeights, ClassWeighting.values());
    require(
        problems,
        sampling != Sampling.CLASS_BALANCED
            || classWeights == null
            || classWeights == ClassWeighting.NONE,
        "sampling class_balanced and class_weights both even the classes out, together they favour"
            + " the rare ones: leave one of them out");
    require(
        problems,
        classWeightsBeta >= 0 && classWeightsBeta < 1,
        "class_weights_beta lies between 0 and below 1, not at " + classWeightsBeta);
    require(problems, Mixing.isAlpha(mixup), alpha("mixup", mixup));
    require(problems, Mixing.isAlpha(cutmix), alpha("cutmix", cutmix));
    require(problems, epochs >= 1, "epochs is at least 1, not " + epochs);
    require(problems, batchSize >= 2, "batch_size is at least 2, not " + batchSize);
    require(
        problems,
        learningRate > 0 && Double.isFinite(learningRate),
        "learning_rate is above 0, not " + learningRate);
    require(
        problems,
        weightDecay >= 0 && Double.isFinite(weightDecay),
        "weight_decay is at least 0, not " + weightDecay);
    require(
        problems,
        warmUpEpochs >= 0 && warmUpEpochs < epochs,
        String.format(
            Locale.ROOT,
            "warm_up_epochs lies between 0 and below epochs (%d), not at %s",
            epochs,
            warmUpEpochs));
    problems.addAll(optimization.problems());
    problems.addAll(stepping.problems());
    problems.addAll(dataParallel.problems());
    problems.addAll(annealing.problems(epochs, warmUpEpochs));
    require(
        problems,
        labelSmoothing >= 0 && labelSmoothing < 1,
        "label_smoothing lies between 0 and below 1, not at " + labelSmoothing);
    require(
        problems,
        focalGamma >= 0 && Double.isFinite(focalGamma),
        "focal_gamma is at least 0, not " + focalGamma);
    require(
        problems,
        earlyStoppingPatience >= 0,
        "early_stopping_patience is at least 0, not " + earlyStoppingPatience);
    require(
        problems,
        earlyStoppingMinChange >= 0,
        "early_stopping_min_change is at least 0, not " + earlyStoppingMinChange);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "The recipe does not work: " + String.join("; ", problems));
    }
  }

  private static String alpha(String key, double value) {
    return "%s lies between 0 (off) and %s, not at %s".formatted(key, Mixing.MAX_ALPHA, value);
  }

  /**
   * Height and width in pixels of an epoch's training photos; those of validation always have
   * {@code inputSize}.
   *
   * @param epoch from 1
   */
  public int trainingSize(int epoch) {
    if (epoch < 1 || epoch > epochs) {
      throw new IllegalArgumentException(
          "There is no epoch %s: they count from 1 to %s".formatted(epoch, epochs));
    }
    return curriculum.inputSize(epoch - 1, epochs, inputSize);
  }

  /** Epochs before the first one that trains all there is at its full size, at least 0. */
  public int curriculumEpochs() {
    return curriculum.epochsWithLess(epochs);
  }

  /** The network to be built for so many classes, as far as the recipe says. */
  public NetworkSpec spec(int classes) {
    return network.spec(classes, inputSize).toBuilder()
        .frozenStatistics(transfer.frozenStatistics())
        .build();
  }

  /**
   * The learning rate of each step of a training.
   *
   * @param stepsPerEpoch at least 1
   * @throws IllegalArgumentException if the training is too long to count its steps, or too short
   *     for its warm-up, restarts or milestones
   */
  public ISchedule schedule(int stepsPerEpoch) {
    long total = (long) epochs * stepsPerEpoch;
    if (total > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "%s epochs of %s steps are more than %s steps: set fewer epochs"
              .formatted(epochs, stepsPerEpoch, Integer.MAX_VALUE));
    }
    long warmUp = Math.round(warmUpEpochs * stepsPerEpoch);
    if (warmUp >= total) {
      throw new IllegalArgumentException(
          "warm_up_epochs %s rounds to all %s steps of the training: set a lower warm_up_epochs, or more epochs"
              .formatted(warmUpEpochs, total));
    }
    return annealing.schedule(learningRate, (int) warmUp, (int) total, stepsPerEpoch);
  }

  /** What makes the steps, at a learning rate. */
  public Optimizer optimizer(ISchedule schedule) {
    return optimization.optimizer(schedule, weightDecay);
  }

  /** Photos of all batches that make one step, those of all workers. */
  public int photosPerStep() {
    return batchSize * stepping.accumulationSteps() * dataParallel.workers();
  }

  /** How the photos of a training batch are mixed. */
  public Mixing mixing() {
    return new Mixing(mixup, cutmix);
  }

  static void requireGiven(List<String> problems, String key, Enum<?> value, Enum<?>... allowed) {
    require(
        problems,
        value != null,
        key
            + " is one of "
            + Arrays.stream(allowed)
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", ")));
  }

  static void require(List<String> problems, boolean holds, String problem) {
    if (!holds) {
      problems.add(problem);
    }
  }
}
