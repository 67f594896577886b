/**
 * The pack: a prepared data set as files of its own, to hand over to people and tools that know
 * nothing of dataset directories.
 *
 * <p>Owns {@link org.food4j.data.pack.DatasetPack} and the format. Reads what {@code data.manifest}
 * holds and the photos that it refers to; {@code data.prepare} asks whether a folder is a pack, the
 * {@code food} command writes them.
 *
 * <h2>The pack, version 1</h2>
 *
 * <p>A folder, or a zip of the same files. A part, {@code train} say, is a plain folder of class
 * folders: it can be prepared again, evaluated on, or read by any other framework. The same data
 * set gives the same bytes: in the zip, files are sorted by name, stored without compression
 * (photos are compressed already) and dated 1 January 1980.
 *
 * <ul>
 *   <li>{@code train/FOLDER/FILE}, {@code validation/FOLDER/FILE}, {@code test/FOLDER/FILE}: the
 *       photos, byte for byte as they were. {@code FOLDER} is the class's name; characters that
 *       some operating system cannot hold are written as {@code %} and two hex digits, names that
 *       differ in nothing but case or Unicode form get {@code ~2}, {@code ~3} and so on. {@code
 *       FILE} is the photo's id with the ending of its old name in lower case; an over-sampled copy
 *       is a file of its own, its id ends in {@code -1}, {@code -2} and so on
 *   <li>{@code labels.json}: as in the dataset directory, {@code name} being the folder
 *   <li>{@code manifest.csv}: as in the dataset directory, {@code path} being that in the pack
 *   <li>{@code pack.json}: {@code format}, {@code food4j-pack}; {@code version}, 1; {@code
 *       dataset_fingerprint}, of the data set that was packed; {@code counts}: {@code classes},
 *       {@code photos} (different ones), {@code copies}, the files of {@code train}, {@code
 *       validation}, {@code test}; {@code files}: the SHA-256 of the other two, by name
 * </ul>
 */
package org.food4j.data.pack;
