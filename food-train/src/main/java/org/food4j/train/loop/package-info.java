/**
 * Training itself: a graph with a loss, the steps, the epochs, the choice of the best.
 *
 * <p>Uses {@code recipe, schedule, loss, optimizer, evaluate} and food-data's batches. It knows no
 * files: what it leaves goes through {@code CheckpointStore}, who watches through {@code
 * TrainingObserver}.
 */
package org.food4j.train.loop;
