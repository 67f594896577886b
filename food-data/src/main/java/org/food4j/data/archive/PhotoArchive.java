package org.food4j.data.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.food4j.data.file.DirectoryPlace;
import org.food4j.data.file.DirectorySwap;
import org.food4j.data.file.FileStamp;
import org.food4j.data.scan.Progress;
import org.food4j.data.scan.Rejection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A zip of photos, unpacked beside the data set that is made of it. The folder's name tells the
 * archive's content, {@code DATASET-photos-1a2b3c4d}: the same archive finds it again, and a
 * changed one gets another, so that the older data set keeps its photos until the new one has taken
 * its place.
 *
 * <p>For the holder of the data set's {@link org.food4j.data.file.DirectoryLock}.
 */
public final class PhotoArchive {
  private static final Logger LOG = LoggerFactory.getLogger(PhotoArchive.class);
  private static final int DIGITS = 8;

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
      Path folder = dataset.beside("photos-" + digest.substring(0, DIGITS));
      DirectorySwap swap = swap(folder);
      swap.recover();
      if (Files.exists(folder)) {
        Receipt receipt = receipt(folder, archive, digest);
        if (!receipt.isWorthAnotherTry(stamp)) {
          return new UnpackedPhotos(folder, receipt.refused());
        }
      }
      LOG.info("Unpacking {} to {}", archive, folder);
      try {
        Path staging = swap.stage();
        Unpacking unpacking = new Unpacking(channel, archive, staging, limits);
        unpacking.run(directory, progress);
        requireFiles(archive, unpacking);
        Receipt.of(
                staging,
                digest,
                unpacking.damaged(),
                settled ? Optional.of(stamp) : Optional.empty(),
                unpacking.refused())
            .write(staging);
        swap.commit();
        return new UnpackedPhotos(folder, unpacking.refused());
      } finally {
        swap.discard();
      }
    }
  }

  /** The receipt of a folder that holds what it should. */
  private static Receipt receipt(Path folder, Path archive, String digest) throws IOException {
    Receipt receipt =
        Receipt.read(folder)
            .filter(found -> found.digest().equals(digest))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "%s is in the way: %s would be unpacked there. Move it, or choose another place for the data set"
                            .formatted(folder, archive)));
    if (!receipt.isIntact(folder)) {
      throw new IllegalArgumentException(
          "%s was changed since %s was unpacked there: to use it as it is, name that folder instead of the archive; to unpack again, delete it"
              .formatted(folder, archive));
    }
    return receipt;
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
   * Deletes what was unpacked of other archives for the data set, and what interrupted runs left. A
   * folder that somebody changed stays.
   *
   * @param dataset the place of the data set, which refers to the older folders no more
   * @param current the existing folder of its photos, unpacked or not; a folder that holds it stays
   * @throws IOException if a file cannot be deleted
   */
  public static void discardOthers(DirectoryPlace dataset, Path current) throws IOException {
    Path directory = dataset.directory();
    Pattern ours =
        Pattern.compile(
            Pattern.quote(dataset.beside("photos-").getFileName().toString()) + "[0-9a-f]{8}");
    Pattern unfinished = Pattern.compile("\\.(" + ours + ")\\.preparing");
    Path photos = current.toRealPath();
    List<Path> siblings;
    try (Stream<Path> listed = Files.list(directory.getParent())) {
      siblings = listed.sorted().toList();
    }
    for (Path sibling : siblings) {
      Matcher leftover = unfinished.matcher(sibling.getFileName().toString());
      if (leftover.matches()) {
        swap(directory.resolveSibling(leftover.group(1))).discard();
      } else if (ours.matcher(sibling.getFileName().toString()).matches()
          && !photos.startsWith(sibling.toRealPath())) {
        discard(sibling, "the data set has other photos now");
      }
    }
  }

  /**
   * Deletes what was unpacked of an archive that turned out to be of no use. A folder that somebody
   * changed stays.
   *
   * @throws IOException if a file cannot be deleted
   */
  public static void discard(UnpackedPhotos unpacked) throws IOException {
    discard(unpacked.folder(), "no data set can be made of it");
  }

  private static DirectorySwap swap(Path folder) {
    return new DirectorySwap(new DirectoryPlace(folder), name -> true);
  }

  private static void discard(Path folder, String why) throws IOException {
    Optional<Receipt> receipt = Receipt.read(folder);
    if (receipt.isPresent() && receipt.get().isIntact(folder)) {
      swap(folder).remove();
      LOG.info("Deleted {}: {}", folder, why);
    } else {
      LOG.info("{} is not used any more, and stays because somebody changed it", folder);
    }
  }
}
