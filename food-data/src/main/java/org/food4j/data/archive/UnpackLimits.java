package org.food4j.data.archive;

import java.nio.file.Path;
import java.util.Locale;
import org.food4j.data.scan.PhotoScan;
import org.food4j.data.scan.Rejection;

/**
 * How much may come out of an archive. Measured while unpacking; what an archive says of itself
 * counts for nothing.
 *
 * @param members files and folders of an archive, with those that its paths only mention; more, and
 *     none of it is unpacked
 * @param refused files that are refused one by one; more, and none of the archive is unpacked
 * @param totalBytes of all files together; beyond it and {@code totalRatio}, nothing of the archive
 *     is unpacked
 * @param totalRatio bytes of all files together to one of the archive
 * @param memberBytes of one file; a larger one is refused
 * @param memberRatio bytes of one file to one of its compressed form, refused beyond it if the file
 *     is larger than {@code ratioFromBytes}: photos hardly compress, but small drawings may
 * @param ratioFromBytes see {@code memberRatio}
 */
record UnpackLimits(
    int members,
    int refused,
    long totalBytes,
    int totalRatio,
    long memberBytes,
    int memberRatio,
    long ratioFromBytes) {
  /**
   * 1,000,000 members, 10,000 refused; 1 GiB or 100 times the archive; per file 512 MiB, from 16
   * MiB 100 times.
   */
  static final UnpackLimits DEFAULT =
      new UnpackLimits(1_000_000, 10_000, 1L << 30, 100, PhotoScan.MAX_FILE_BYTES, 100, 16L << 20);

  /** The most bytes of all files together, from an archive of a size. */
  long total(long archiveBytes) {
    return Math.max(totalBytes, totalRatio * archiveBytes);
  }

  ArchiveException tooManyMembers(Path archive) {
    return new ArchiveException(
        archive,
        String.format(
            Locale.ROOT,
            "more than %d files and folders, nothing was unpacked: unpack it yourself if you trust it, and name the folder",
            members));
  }

  ArchiveException tooManyRefused(Path archive, Rejection last) {
    return new ArchiveException(
        archive,
        String.format(
            Locale.ROOT,
            "more than %d of its files cannot be unpacked, such as %s (%s), and nothing was: unpack it yourself if you trust it, and name the folder",
            refused,
            last.path(),
            last.reason()));
  }

  ArchiveException tooManyBytes(Path archive, long archiveBytes) {
    return new ArchiveException(
        archive,
        String.format(
            Locale.ROOT,
            "%d bytes unpack to more than %d MiB, as a zip bomb does, nothing was unpacked: unpack it yourself if you trust it, and name the folder",
            archiveBytes,
            total(archiveBytes) >> 20));
  }
}
