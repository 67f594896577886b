/**
 * Transfer learning: where a training starts from, and training a part of a network on features
 * that its frozen part has computed once.
 *
 * <p>Stage: between {@code recipe}, which says what is taken over, and {@code loop}, which trains.
 *
 * <h2>Features on disk</h2>
 *
 * <p>A {@code .safetensors} file with one float32 tensor per photo and view, named {@code ID/VIEW}:
 * {@code [features]} behind the pooling, {@code [height, width, channels]} behind a stage. View 0
 * is the photo as evaluation sees it; all others are augmented. Over-sampled copies have none: they
 * see their original's views. Its metadata hold {@code fingerprint}: the SHA-256 of what the frozen
 * part computes and its parameters, the preprocessing, the number of views, with several the
 * augmentation and its seed, and each photo's id and SHA-256. A file of another fingerprint, or a
 * damaged one, is made anew; one without a fingerprint is somebody's weights and refused.
 */
package org.food4j.train.transfer;
