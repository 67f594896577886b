package org.food4j.train.recipe;

import java.util.ArrayList;
import java.util.List;
import org.food4j.train.optimizer.Adam;
import org.food4j.train.optimizer.AdamW;
import org.food4j.train.optimizer.Optimizer;
import org.food4j.train.optimizer.Sgd;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * What makes a step of a gradient.
 *
 * @param optimizer whose steps and weight decay are PyTorch's
 * @param momentum of SGD, 0 (none) to below 1; the others have none
 * @param nesterov whether SGD looks ahead along its velocity
 */
public record Optimization(OptimizerKind optimizer, double momentum, boolean nesterov) {
  /** What is wrong with the values; empty if nothing is. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    Recipe.requireGiven(problems, "optimizer", optimizer, OptimizerKind.values());
    Recipe.require(
        problems,
        momentum >= 0 && momentum < 1,
        "momentum lies between 0 and below 1, not at " + momentum);
    Recipe.require(
        problems,
        !nesterov || optimizer == null || optimizer == OptimizerKind.SGD,
        "nesterov without optimizer sgd has no effect: set optimizer to sgd");
    Recipe.require(
        problems,
        !nesterov || momentum != 0,
        "nesterov looks ahead along the velocity: set momentum above 0");
    return problems;
  }

  /** The optimiser with a learning rate and a weight decay. */
  Optimizer optimizer(ISchedule schedule, double weightDecay) {
    return switch (optimizer) {
      case ADAMW -> new AdamW(schedule, weightDecay);
      case ADAM -> new Adam(schedule, weightDecay);
      case SGD -> new Sgd(schedule, momentum, nesterov, weightDecay);
    };
  }
}
