/**
 * Learning rates by step, as ND4J schedules whose values are {@code torch.optim.lr_scheduler}'s.
 * Two of ND4J's own are used as they are: {@code FixedSchedule} and {@code StepSchedule}. Used by
 * {@code optimizer}, {@code recipe} and {@code loop}; uses nothing of ours.
 */
package org.food4j.train.schedule;
