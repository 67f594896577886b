/**
 * From a photo folder, or a zip of one, to a dataset directory, in one call.
 *
 * <p>Owns {@link org.food4j.data.prepare.DatasetPreparation}, which takes its photos from a {@link
 * org.food4j.data.prepare.PhotoSource}, this machine's folder or zip unless told otherwise, and
 * strings the stages {@code data.archive}, {@code data.scan}, {@code data.split} and {@code
 * data.manifest} together. Writes the dataset directory, whose format {@code data.manifest} owns;
 * beside it the record of {@code data.scan}, the photos that {@code data.archive} puts there, and,
 * while it works, the lock of {@code data.file}.
 *
 * <p>The {@code settings} that it writes into {@code dataset.json}: {@code balance}, a {@link
 * org.food4j.data.split.Balance}'s key; {@code per_class} and its parts {@code train}, {@code
 * validation}, {@code test}, the photos of a class (with {@code every_photo} their proportion
 * alone); {@code near_duplicates}, an object of {@code method}, {@code same} and {@code alike}
 * (similarities), {@code mirrored}; {@code pixel_limit}.
 */
package org.food4j.data.prepare;
