/**
 * Batches: a split of a data set as the arrays that a network takes.
 *
 * <p>Last stage of the module. Owns the parallel reader ({@link
 * org.food4j.data.batch.PhotoBatchReader}), its settings, the mixing of a batch's photos ({@link
 * org.food4j.data.batch.Mixing}), and DL4J's view of it ({@link
 * org.food4j.data.batch.PhotoDataSetIterator}). Entries come in from {@code data.manifest}, pixels
 * from {@code data.photo} by way of {@code data.transform}, values from {@code data.preprocess};
 * batches go out to training and evaluation.
 *
 * <p>A batch is {@code [batch, 3, inputSize, inputSize]} float32, red, green, blue, normalised; its
 * labels are {@code [batch, classes]}. What it holds depends on the data set, the settings, the
 * seed and the epoch alone, never on the number of workers, on their timing, or on what the cache
 * could keep.
 */
package org.food4j.data.batch;
