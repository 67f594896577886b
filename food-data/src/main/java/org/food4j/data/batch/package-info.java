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
 *
 * <h2>Packed photos, {@code F4JPACK1}</h2>
 *
 * <p>Decoded photos in one file ({@link org.food4j.data.batch.BatchSettings#packedPhotos}): a cache
 * that may be deleted at any time, written beside and moved into place, and made anew when its
 * fingerprint is not that of the photos and settings. Numbers are big-endian:
 *
 * <ul>
 *   <li>8 bytes, the text {@code F4JPACK1}; 64 bytes, the fingerprint as hex digits; int, the
 *       number of photos; long, where the index begins
 *   <li>the photos' samples one after the other, unsigned bytes: for luma and colour apart {@code
 *       [height, width]} Y, then Cb and Cr at their resolution; else {@code [height, width, 3]}
 *       red, green, blue
 *   <li>the index, for each photo in the order of their paths: long, where its samples begin; int,
 *       width; int, height; int and int, luma samples to one of a colour difference, across and
 *       down (0 and 0 for red, green, blue); int, the CRC-32C of its samples
 * </ul>
 *
 * <p>The fingerprint is the SHA-256 of the settings that decide on the pixels and of each photo's
 * path, SHA-256 and file stamp.
 */
package org.food4j.data.batch;
