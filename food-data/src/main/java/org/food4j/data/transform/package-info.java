/**
 * Augmentation: random changes to a training photo that keep its label.
 *
 * <p>Stage between decoding and batches. Owns the {@link org.food4j.data.transform.PhotoTransform}s
 * and their presets ({@link org.food4j.data.transform.Augmentation}); {@code data.datavec} gives
 * them DataVec's face. Photos come in from {@code data.photo} and leave for {@code data.batch} with
 * the network's input size; the resize is {@code data.preprocess}'s. Randomness is always passed
 * in; nothing here keeps state.
 */
package org.food4j.data.transform;
