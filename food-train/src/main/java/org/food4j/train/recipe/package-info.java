/**
 * How a network is trained, as a record, a YAML file and {@code --set} values.
 *
 * <p>A recipe's file is flat YAML with the record's components in snake_case: {@code model,
 * input_size, augmentation, mixup, cutmix, dropout, epochs, batch_size, learning_rate,
 * weight_decay, warm_up_epochs, label_smoothing, early_stopping_patience,
 * early_stopping_min_change, seed}. Used by {@code loop} and {@code run}.
 */
package org.food4j.train.recipe;
