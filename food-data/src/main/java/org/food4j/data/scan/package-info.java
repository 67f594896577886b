/**
 * From a folder of photos to a list of them: every file read, hashed and decoded once, or rejected
 * with the reason.
 *
 * <p>Owns the walk through the folder ({@link org.food4j.data.scan.PhotoRoot}, {@link
 * org.food4j.data.scan.PhotoListing}), the {@link org.food4j.data.scan.PhotoScan}, the choice of
 * {@link org.food4j.data.scan.DistinctPhotos}, and the {@link org.food4j.data.scan.ScanRecord} that
 * spares reading a file twice. Where the folder lies ({@link org.food4j.data.scan.PhotoTree}) and
 * who reads its files ({@link org.food4j.data.scan.PhotoReader}) may be others' affair; what is
 * found in a file is one ({@link org.food4j.data.scan.PhotoExamination}), and travels between
 * machines. Takes pixels from {@code data.photo} and hashes, signatures and the search for near
 * duplicates from {@code data.duplicate}; {@code data.manifest} makes a data set of its findings,
 * {@code data.split} decides on them.
 *
 * <h2>The record of a scan, version 3</h2>
 *
 * <p>A cache: it may be deleted at any time, and a broken one is not used. {@code data.prepare}
 * keeps it beside the data set, as {@code .DATASET.scan} ({@code .DATASET.scan.tmp} while it is
 * written). Numbers are big-endian, texts as {@link java.io.DataOutput#writeUTF} writes them:
 *
 * <ul>
 *   <li>text {@code food4j-scan}; int 3, the version; text, the settings that decide what is found
 *       in a file, a line feed, and the photo folder, a path or a URL; int, the number of files
 *   <li>per file, sorted by path: text, the path below the photo folder; long, its size in bytes;
 *       long, its last modification in nanoseconds since 1970; long, its inode; long, the last
 *       change of its attributes in nanoseconds (both 0 where the file system has none); then
 *       <ul>
 *         <li>for a rejected file: byte 0; text, the reason
 *         <li>for a photo: byte 1; int, width and int, height of the upright photo; 32 bytes, the
 *             SHA-256; long, the perceptual hash; 256 bytes, the levels of the signature
 *       </ul>
 *   <li>long, the CRC-32 of all before it
 * </ul>
 *
 * <p>A file is known again by its path, size, times and inode. Files that could not be read at all
 * are not recorded, nor those whose time lies in the future. Files that a {@link
 * org.food4j.data.scan.PhotoTree} of another machine lists have size and modification time alone.
 */
package org.food4j.data.scan;
