/**
 * The prepared data set: labels, entries, and the files that hold them.
 *
 * <p>Owns the dataset directory ({@link org.food4j.data.manifest.DatasetWriter}, {@link
 * org.food4j.data.manifest.Dataset#open}) and a plain folder's view as a data set ({@link
 * org.food4j.data.manifest.PhotoFolder}). Takes photos from {@code data.scan}; {@code data.split}
 * decides on them, {@code data.prepare} calls both, and all that trains or measures reads {@link
 * org.food4j.data.manifest.Dataset}.
 *
 * <h2>The dataset directory, version 1</h2>
 *
 * <p>Text in UTF-8 with line feeds; no times; the photo root is the only absolute path. Same
 * photos, settings and seed: the same bytes.
 *
 * <h3>{@code manifest.csv}</h3>
 *
 * <p>RFC 4180, a heading line, then a line per photo and per over-sampled copy, sorted by label,
 * then by path, copies after their original:
 *
 * <ul>
 *   <li>{@code id}: first 16 hex digits of the SHA-256, for a copy followed by {@code -1}, {@code
 *       -2} and so on; unique
 *   <li>{@code path}: relative to the photo root, {@code /} between folders
 *   <li>{@code label}: the label's name; its index stands in {@code labels.json} alone
 *   <li>{@code split}: {@code train}, {@code validation} or {@code test}
 *   <li>{@code width}, {@code height}: of the upright photo, in pixels
 *   <li>{@code sha256}: of the file, 64 hex digits
 *   <li>{@code perceptual_hash}: {@link org.food4j.data.duplicate.PerceptualHash}, 16 hex digits;
 *       for a photo of a single colour, which has none, the first 16 digits of the SHA-256
 *   <li>{@code source}: for a copy the id of its original, else empty
 * </ul>
 *
 * <h3>{@code labels.json}</h3>
 *
 * <p>{@code labels}: list of {@code index} (from 0, in order), {@code name} (the class folder's),
 * {@code display_name}, {@code metadata} (an object, free).
 *
 * <h3>{@code rejected.csv}</h3>
 *
 * <p>A heading line, then {@code path,reason} for every file that was left out, sorted by path. A
 * reason {@code duplicate of PATH} or {@code contradictory labels: the same photo as PATH (CLASS)}
 * names the other photo.
 *
 * <h3>{@code near_duplicates.csv}</h3>
 *
 * <p>A heading line, then a line per pair of photos that look alike, sorted by path; of a group of
 * more than two not every pair. Photos that were left out are listed, too. {@link
 * org.food4j.data.duplicate.NearDuplicates} says what counts.
 *
 * <ul>
 *   <li>{@code path}, {@code other}: of the photos, {@code other} the first by path
 *   <li>{@code similarity}: once aligned, 0.93 to 1, four decimals; from 0.96 on the same picture
 *   <li>{@code mirrored}: {@code true} if one is the mirror image of the other
 * </ul>
 *
 * <h3>{@code dataset.json}</h3>
 *
 * <p>The commit record: without it a directory is no data set.
 *
 * <ul>
 *   <li>{@code format}: {@code food4j-dataset}; {@code version}: 1
 *   <li>{@code photo_root}: absolute path of the photo folder
 *   <li>{@code settings}: how the data set was made; {@code seed}: what random choices came from
 *   <li>{@code counts}: {@code classes}, {@code kept} (different photos), {@code rejected}, and the
 *       lines of {@code train}, {@code validation}, {@code test}
 *   <li>{@code classes}: the same per class with its {@code name}, and {@code copies} in train
 *   <li>{@code fingerprint}: SHA-256 of {@code manifest.csv} followed by {@code labels.json}
 *   <li>{@code files}: the SHA-256 of each other file, by name
 * </ul>
 */
package org.food4j.data.manifest;
