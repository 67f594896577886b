/**
 * What a model is worth on photos of known label: logits, rankings, figures with intervals; whether
 * two models differ, how far probabilities can be trusted and from which on an answer counts, which
 * labels are doubtful.
 *
 * <p>Uses {@code models.inference} and food-data's batches, so that any runtime is judged by the
 * same code. Used by {@code loop, run, report} and food-bench.
 */
package org.food4j.train.evaluate;
