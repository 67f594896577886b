package org.food4j.train.recipe;

import java.util.ArrayList;
import java.util.List;
import org.food4j.train.schedule.CosineRestartsSchedule;
import org.food4j.train.schedule.CosineSchedule;
import org.food4j.train.schedule.MultiStepSchedule;
import org.food4j.train.schedule.OneCycleSchedule;
import org.food4j.train.schedule.PolynomialSchedule;
import org.food4j.train.schedule.WarmUpSchedule;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.StepSchedule;

/**
 * How the learning rate goes on after the warm-up.
 *
 * @param schedule what it follows
 * @param restarts of {@link ScheduleKind#COSINE}: how often it begins again at the top, at least 0;
 *     all periods are equally long, but for what rounding takes off the last
 * @param stepEpochs of {@link ScheduleKind#STEP}: epochs at one rate, counted from the end of the
 *     warm-up; above 0
 * @param stepFactor of {@link ScheduleKind#STEP} and {@link ScheduleKind#MULTI_STEP}, above 0 and
 *     below 1
 * @param milestones of {@link ScheduleKind#MULTI_STEP}: the rate falls after so many epochs of the
 *     training, the warm-up among them; rising
 * @param polynomialPower of {@link ScheduleKind#POLYNOMIAL}, above 0; 1 is a straight line
 */
public record Annealing(
    ScheduleKind schedule,
    int restarts,
    double stepEpochs,
    double stepFactor,
    List<Double> milestones,
    double polynomialPower) {
  /** Keeps a copy of the milestones. */
  public Annealing {
    milestones = milestones == null ? List.of() : List.copyOf(milestones);
  }

  /** What is wrong with the values; empty if nothing is. */
  List<String> problems(int epochs, double warmUpEpochs) {
    List<String> problems = new ArrayList<>();
    Recipe.requireGiven(problems, "schedule", schedule, ScheduleKind.values());
    Recipe.require(problems, restarts >= 0, "restarts is at least 0, not " + restarts);
    Recipe.require(
        problems,
        stepEpochs > 0 && Double.isFinite(stepEpochs),
        "step_epochs is above 0, not " + stepEpochs);
    Recipe.require(
        problems,
        stepFactor > 0 && stepFactor < 1,
        "step_factor lies above 0 and below 1, not at " + stepFactor);
    Recipe.require(
        problems,
        polynomialPower > 0 && Double.isFinite(polynomialPower),
        "polynomial_power is above 0, not " + polynomialPower);
    if (schedule != null) {
      Recipe.require(
          problems,
          restarts <= 0 || schedule == ScheduleKind.COSINE,
          "restarts without schedule cosine has no effect: set it to 0");
      Recipe.require(
          problems,
          milestones.isEmpty() == (schedule != ScheduleKind.MULTI_STEP),
          "milestones belong to schedule multi_step, which needs them, not %s to %s"
              .formatted(milestones, schedule.name().toLowerCase(java.util.Locale.ROOT)));
      Recipe.require(
          problems,
          schedule != ScheduleKind.ONE_CYCLE || warmUpEpochs > 0,
          "one_cycle rises during the warm-up: set warm_up_epochs above 0, usually to 0.3 of epochs");
    }
    double last = warmUpEpochs;
    for (double milestone : milestones) {
      Recipe.require(
          problems,
          milestone > last && milestone < epochs,
          "milestones rise between warm_up_epochs (%s) and epochs (%s), unlike %s"
              .formatted(warmUpEpochs, epochs, milestones));
      last = milestone;
    }
    return problems;
  }

  /**
   * The learning rate of each step.
   *
   * @param rate at the end of the warm-up
   * @param warmUpSteps the first steps, below {@code steps}
   * @param steps of the whole training
   * @param stepsPerEpoch at least 1
   * @throws IllegalArgumentException if the training has too few steps for the restarts, milestones
   *     or rise
   */
  ISchedule schedule(double rate, int warmUpSteps, int steps, int stepsPerEpoch) {
    int left = steps - warmUpSteps;
    return switch (schedule) {
      case COSINE ->
          restarts == 0
              ? new CosineSchedule(rate, 0, warmUpSteps, steps)
              : afterWarmUp(new CosineRestartsSchedule(rate, 0, periodSteps(left), 1), warmUpSteps);
      case CONSTANT -> afterWarmUp(new FixedSchedule(rate), warmUpSteps);
      case STEP ->
          afterWarmUp(
              new StepSchedule(
                  ScheduleType.ITERATION,
                  rate,
                  stepFactor,
                  Math.max(1, Math.round(stepEpochs * stepsPerEpoch))),
              warmUpSteps);
      case MULTI_STEP ->
          afterWarmUp(
              new MultiStepSchedule(rate, stepFactor, milestoneSteps(warmUpSteps, stepsPerEpoch)),
              warmUpSteps);
      case ONE_CYCLE -> new OneCycleSchedule(rate, Math.max(1, warmUpSteps), steps);
      case POLYNOMIAL ->
          afterWarmUp(new PolynomialSchedule(rate, polynomialPower, left), warmUpSteps);
    };
  }

  private static ISchedule afterWarmUp(ISchedule schedule, int warmUpSteps) {
    return warmUpSteps == 0 ? schedule : new WarmUpSchedule(schedule, warmUpSteps);
  }

  /** Rounded up: rounded down, the training might end with a step back at the top. */
  private int periodSteps(int steps) {
    int periods = restarts + 1;
    int period = (int) ((steps + (long) periods - 1) / periods);
    if ((long) period * restarts >= steps) {
      throw new IllegalArgumentException(
          "%s steps after the warm-up are too few for %s restarts: set fewer restarts, or more epochs"
              .formatted(steps, restarts));
    }
    return period;
  }

  private List<Integer> milestoneSteps(int warmUpSteps, int stepsPerEpoch) {
    List<Integer> steps =
        milestones.stream()
            .map(epoch -> (int) Math.round(epoch * stepsPerEpoch) - warmUpSteps)
            .toList();
    if (steps.get(0) < 1 || steps.stream().distinct().count() < steps.size()) {
      throw new IllegalArgumentException(
          "milestones %s fall on one step, or into the warm-up, at %s steps per epoch: set them further apart"
              .formatted(milestones, stepsPerEpoch));
    }
    return steps;
  }
}
