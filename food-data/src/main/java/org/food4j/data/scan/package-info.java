/**
 * From a folder of photos to a list of them: every file read, hashed and decoded once, or rejected
 * with the reason.
 *
 * <p>Owns the walk through the folder, the {@link org.food4j.data.scan.PhotoScan} and the choice of
 * {@link org.food4j.data.scan.DistinctPhotos}. Takes pixels from {@code data.photo} and hashes,
 * signatures and the search for near duplicates from {@code data.duplicate}; {@code data.manifest}
 * makes a data set of its findings, {@code data.split} decides on them.
 */
package org.food4j.data.scan;
