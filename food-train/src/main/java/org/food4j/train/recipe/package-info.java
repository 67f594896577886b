/**
 * How a network is trained, as a record, a YAML file and {@code --set} values.
 *
 * <p>A recipe's file is flat YAML with the record's components in snake_case: {@code model,
 * input_size, attention, head, dropout, stochastic_depth, padding, batch_norm_eps, precision,
 * weights, allow_missing, freeze, feature_views, frozen_statistics, stage_learning_rate_decay,
 * first_input_size, resize_share, unfreeze_epochs, augmentation, mixup, cutmix, epochs, batch_size,
 * optimizer, momentum, nesterov, clip_norm, accumulation_steps, ema_decay, workers,
 * averaging_frequency, learning_rate, weight_decay, warm_up_epochs, schedule, restarts,
 * step_epochs, step_factor, milestones, polynomial_power, label_smoothing, focal_gamma, sampling,
 * class_weights, class_weights_beta, early_stopping_patience, early_stopping_min_change, seed}.
 * Used by {@code loop} and {@code run}.
 *
 * <p>{@code optimizer} is {@code adamw}, {@code adam} or {@code sgd}, the last with {@code
 * momentum} and {@code nesterov} ({@link org.food4j.train.recipe.Optimization}). After {@code
 * warm_up_epochs} the learning rate follows {@code schedule}: {@code cosine} (with {@code
 * restarts}), {@code constant}, {@code step} ({@code step_epochs, step_factor}), {@code multi_step}
 * ({@code milestones, step_factor}), {@code one_cycle} or {@code polynomial} ({@code
 * polynomial_power}); see {@link org.food4j.train.recipe.Annealing}.
 *
 * <p>{@code first_input_size} lets the training photos grow from that size to {@code input_size},
 * which they have reached after {@code resize_share} of the epochs ({@link
 * org.food4j.train.recipe.Curriculum}): the first epochs take less time, by the square of the size.
 * {@code unfreeze_epochs} lets pretrained weights be trained from the head down, stage by stage.
 *
 * <p>{@code workers} of a cluster make each step together, each of a batch of its own, and average
 * their weights after {@code averaging_frequency} steps ({@link
 * org.food4j.train.recipe.DataParallel}).
 *
 * <p>Classes of different size: {@code sampling} is {@code natural} or {@code class_balanced}
 * ({@link org.food4j.train.recipe.Sampling}); {@code class_weights} is {@code none}, {@code
 * inverse} or {@code effective} ({@link org.food4j.train.recipe.ClassWeighting}), the last with
 * {@code class_weights_beta}. Weights are those of the photos that an epoch draws, so that what
 * over-sampled copies have evened out is not evened out again.
 */
package org.food4j.train.recipe;
