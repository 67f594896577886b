package org.food4j.train.recipe;

/** How the learning rate goes on after the warm-up. */
public enum ScheduleKind {
  /** Half a cosine down to 0, with {@code restarts} more than once. */
  COSINE,
  /** As it is. */
  CONSTANT,
  /** Times {@code step_factor} every {@code step_epochs}. */
  STEP,
  /** Times {@code step_factor} at each of the {@code milestones}. */
  MULTI_STEP,
  /** Half a cosine up during the warm-up, half a cosine down afterwards. */
  ONE_CYCLE,
  /** Down to 0 as the share of steps that are left to the power of {@code polynomial_power}. */
  POLYNOMIAL
}
