package org.food4j.train.recipe;

import java.util.ArrayList;
import java.util.List;

/**
 * How many workers of a cluster make each step together, and how often they agree.
 *
 * <p>Every worker has the whole network and makes steps of its own, each of a batch of its own
 * (Zinkevich et al. 2010, Parallelized Stochastic Gradient Descent; McDonald et al. 2010 for
 * several rounds). After {@code averagingFrequency} steps weights and the optimiser's state of all
 * are averaged, and all go on from there. An epoch has so many steps that the workers together see
 * every photo once: {@code workers} times fewer than a single process makes of the same recipe.
 * What counts steps (schedules, warm-up, {@code ema_decay}) counts those. Each worker's optimiser
 * is {@link org.food4j.train.optimizer.Optimizer#averagedOver}.
 *
 * @param workers at least 1; more than 1 needs a cluster
 * @param averagingFrequency steps between two averages, at least 1; an epoch's last step is always
 *     followed by one. Without meaning for one worker, but for how often it reports
 */
public record DataParallel(int workers, int averagingFrequency) {
  /** What is wrong with the values; empty if nothing is. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    Recipe.require(problems, workers >= 1, "workers is at least 1, not " + workers);
    Recipe.require(
        problems,
        averagingFrequency >= 1,
        "averaging_frequency is at least 1, not " + averagingFrequency);
    return problems;
  }
}
