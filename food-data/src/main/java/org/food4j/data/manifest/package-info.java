/**
 * The prepared data set: labels, entries, and the files that hold them.
 *
 * <p>Owns the dataset directory ({@link org.food4j.data.manifest.DatasetWriter}, {@link
 * org.food4j.data.manifest.Dataset#open}) and a plain folder's view as a data set ({@link
 * org.food4j.data.manifest.PhotoFolder}). Takes photos from {@code data.scan}; {@code data.split}
 * decides on them, {@code data.prepare} calls both, and all that trains or measures reads {@link
 * org.food4j.data.manifest.Dataset}.
 *
 * <h2>The dataset directory, version 2</h2>
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
 * <p>{@code labels.json} itself is a label file: so another data set gets the same order.
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
 *   <li>{@code format}: {@code food4j-dataset}; {@code version}: 2; of an older version the data
 *       set has to be prepared again
 *   <li>{@code photo_root}: absolute path of the photo folder
 *   <li>{@code settings}: how the data set was made, as {@code data.prepare} says; {@code seed}:
 *       what random choices came from
 *   <li>{@code counts}, in photos: {@code found}, all files that came up: those below the photo
 *       root, those beside it in the folder or archive that was named, and members of the archive
 *       that were refused and never unpacked; {@code rejected}, those left out, the lines of {@code
 *       rejected.csv}; {@code under_sampled}, those of them that their large class did not need;
 *       {@code kept}, different photos in the data set, {@code found} less {@code rejected}; {@code
 *       copies}, lines of the training part that repeat a photo; {@code train}, {@code validation},
 *       {@code test}, lines of each part, together {@code kept} plus {@code copies}
 *   <li>{@code classes}: for each class its {@code name} and the same counts, {@code found} being
 *       the files in its folder and the archive's members that would have come to lie there
 *   <li>{@code fingerprint}: SHA-256 of {@code manifest.csv} followed by {@code labels.json}
 *   <li>{@code files}: the SHA-256 of each other file, by name
 * </ul>
 *
 * <h2>The label file</h2>
 *
 * <p>What its author knows about the classes, {@link org.food4j.data.manifest.LabelFile}: it names
 * every class folder once. UTF-8, JSON or CSV, told by the ending of its name. Of each class:
 *
 * <ul>
 *   <li>{@code name}: the class folder's
 *   <li>{@code display_name}: for people; left out or empty, it is made from the name
 *   <li>{@code index}: position in the model's output; given to all classes, 0, 1, 2 and so on, or
 *       to none: then the order is the alphabetical one
 *   <li>{@code metadata}: an object of anything, which travels into {@code labels.json}, the run
 *       and the model file
 * </ul>
 *
 * <p>In JSON that is an object {@code {"labels": [{"name": ..., ...}, ...]}}, other keys being
 * errors. In CSV (RFC 4180) the heading names the columns; columns other than {@code name}, {@code
 * display_name} and {@code index} are metadata, whose empty cells are left out and whose cells in
 * JSON's notation of numbers become numbers.
 */
package org.food4j.data.manifest;
