package org.food4j.data.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.food4j.data.file.DirectoryPlace;
import org.food4j.data.file.FileStamp;
import org.food4j.data.scan.Progress;
import org.food4j.data.scan.Rejection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A zip of photos, unpacked {@linkplain PhotosBeside beside} the data set that is made of it.
 *
 * <p>For the holder of the data set's {@link org.food4j.data.file.DirectoryLock}.
 */
public final class PhotoArchive {
  private static final Logger LOG = LoggerFactory.getLogger(PhotoArchive.class);

  private PhotoArchive() {}

  /**
   * Whether a file is a zip, by its content.
   *
   * @throws ArchiveException if it is a zip that is cut off, or one part of several
   * @throws IOException if it cannot be read
   */
  public static boolean isZip(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      return ZipDirectory.find(channel, file).isPresent();
    }
  }

  /**
   * Unpacks an archive, or finds what was unpacked of it before. The folder appears whole or not at
   * all.
   *
   * @param archive a zip
   * @param dataset the place of the data set
   * @param progress told of each member that was looked at
   * @throws IllegalArgumentException if something else lies in the folder's place, or the folder
   *     was changed since
   * @throws ArchiveException if the archive is damaged as a whole, beyond a limit, or none of its
   *     files can be unpacked; nothing is left on disk then
   * @throws IOException if a file cannot be read or written
   */
  public static UnpackedPhotos unpack(Path archive, DirectoryPlace dataset, Progress progress)
      throws IOException {
    return unpack(archive, dataset, UnpackLimits.DEFAULT, progress);
  }

  static UnpackedPhotos unpack(
      Path archive, DirectoryPlace dataset, UnpackLimits limits, Progress progress)
      throws IOException {
    try (FileChannel channel = FileChannel.open(archive)) {
      ZipDirectory directory =
          ZipDirectory.find(channel, archive)
              .orElseThrow(() -> new ArchiveException(archive, "not a zip"));
      // Before the archive is read: what is written to it from now on shows.
      FileStamp stamp = FileStamp.of(archive);
      boolean settled = stamp.isSettled(Instant.now());
      String digest = directory.digest();
      PhotosBeside beside = new PhotosBeside(dataset, digest);
      Optional<Receipt> receipt = beside.receipt(archive, "unpacked");
      if (receipt.isPresent() && !receipt.get().isWorthAnotherTry(stamp)) {
        return new UnpackedPhotos(beside.folder(), receipt.get().refused());
      }
      LOG.info("Unpacking {} to {}", archive, beside.folder());
      List<Rejection> refused = new ArrayList<>();
      beside.put(
          staging -> {
            Unpacking unpacking = new Unpacking(channel, archive, staging, limits);
            unpacking.run(directory, progress);
            requireFiles(archive, unpacking);
            refused.addAll(unpacking.refused());
            return Receipt.of(
                staging,
                digest,
                unpacking.damaged(),
                settled ? Optional.of(stamp) : Optional.empty(),
                refused);
          });
      return new UnpackedPhotos(beside.folder(), refused);
    }
  }

  private static void requireFiles(Path archive, Unpacking unpacking) throws ArchiveException {
    if (unpacking.files() == 0) {
      List<Rejection> refused = unpacking.refused();
      throw new ArchiveException(
          archive,
          refused.isEmpty()
              ? "there are no files in it"
              : "none of its files can be unpacked: "
                  + refused.stream()
                      .limit(3)
                      .map(one -> one.path() + " (" + one.reason() + ")")
                      .collect(Collectors.joining("; ")));
    }
  }

  /**
   * Deletes what was unpacked of an archive that turned out to be of no use. A folder that somebody
   * changed stays.
   *
   * @throws IOException if a file cannot be deleted
   */
  public static void discard(UnpackedPhotos unpacked) throws IOException {
    PhotosBeside.discard(unpacked.folder(), "no data set can be made of it");
  }
}
