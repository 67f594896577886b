/**
 * From a zip of class folders to a folder of them.
 *
 * <p>Owns {@link org.food4j.data.archive.PhotoArchive}: what is unpacked, what is refused, and the
 * limits; and {@link org.food4j.data.archive.PhotosBeside}, the folder beside a data set, which
 * photos of other machines are copied to as well. Lists what it refuses as {@code data.scan}'s
 * rejections; {@code data.prepare} has it unpack and scans the folder. Knows no pixels and no
 * classes.
 *
 * <p>The zip is read here, with the JDK's Inflater, rather than by {@code java.util.zip.ZipFile},
 * which refuses a whole archive for one encrypted file or one name that is not in the expected
 * character set and does not tell links, or by Apache Commons Compress, which makes an object of
 * every member before the first limit can be checked: a hostile archive of 60 MB takes it a
 * gigabyte of heap.
 *
 * <h2>What is refused</h2>
 *
 * <p>A member is refused, and listed as {@code not unpacked}, if its path is absolute, has a drive
 * letter, leads out of the folder, holds control characters, is too long, repeats another or
 * differs from it in case or Unicode form alone; if it is a link or a special file, encrypted,
 * compressed by another method than Deflate, damaged, itself a zip, larger than 512 MiB, or larger
 * than 16 MiB and than 100 times its compressed form. Backslashes count as {@code /}. Names are
 * UTF-8 where their bytes are, else code page 437; Info-ZIP's Unicode field goes before both. Names
 * that a scan passes over are not unpacked and not listed.
 *
 * <p>The whole archive is refused if it has more than 1,000,000 files and folders, those included
 * that its paths only mention, if more than 10,000 files are refused, or if its files together come
 * to more than 1 GiB and more than 100 times the archive.
 *
 * <h2>The unpacked folder, version 2</h2>
 *
 * <p>{@code DATASET-photos-XXXXXXXX} beside the data set, X being the first digits of the SHA-256
 * of the archive's central directory (names, lengths, checksums and dates of its members), or, for
 * photos of another machine, of each photo's path, a zero byte, its SHA-256 and a line feed, sorted
 * by path. It holds the files and {@code .unpacked.csv}, in RFC 4180 with three columns:
 *
 * <ul>
 *   <li>{@code food4j-unpacked}, the version {@code 2}, {@code damaged} if a file was refused for
 *       that, else empty
 *   <li>that SHA-256; the SHA-256 of what was unpacked or copied: for each file, sorted, its path
 *       with {@code /} between folders, a zero byte, its size in digits, a zero byte; the archive's
 *       {@link org.food4j.data.file.FileStamp} as four numbers, empty if it was written less than a
 *       moment before, or photos were copied. Where a file was damaged, an archive of another stamp
 *       is unpacked again: it may be another copy
 *   <li>for each refused member {@code refused}, its name, the reason; in the archive's order
 * </ul>
 *
 * <p>The folder belongs to the data set: it goes when the data set is prepared from other photos,
 * unless it does not hold the same paths and sizes any more.
 */
package org.food4j.data.archive;
