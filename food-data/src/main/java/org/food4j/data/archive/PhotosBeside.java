package org.food4j.data.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.food4j.data.file.DirectoryPlace;
import org.food4j.data.file.DirectorySwap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of photos that is put beside the data set that is made of them, {@code
 * DATASET-photos-1a2b3c4d}: whole or not at all. The name tells the content: the same photos find
 * it again, and others get another, so that the older data set keeps its photos until the new one
 * has taken its place.
 *
 * <p>For the holder of the data set's {@link org.food4j.data.file.DirectoryLock}.
 */
public final class PhotosBeside {
  /** Fills a folder. */
  @FunctionalInterface
  interface Content {
    /** Puts photos into an empty folder, and tells about it. */
    Receipt fill(Path staging) throws IOException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(PhotosBeside.class);
  private static final int DIGITS = 8;

  private final Path folder;
  private final String digest;
  private final DirectorySwap swap;

  /**
   * @param dataset the place of the data set
   * @param digest of the content in hex digits, at least 8
   */
  PhotosBeside(DirectoryPlace dataset, String digest) {
    this.digest = digest;
    folder = dataset.beside("photos-" + digest.substring(0, DIGITS));
    swap = swap(folder);
  }

  Path folder() {
    return folder;
  }

  /**
   * The receipt of the folder if it is there and holds what it should.
   *
   * @param from where the photos come from, for messages
   * @param done what is done with them, {@code unpacked} or {@code copied}
   * @throws IllegalArgumentException if something else lies there, or the folder was changed since
   */
  Optional<Receipt> receipt(Object from, String done) throws IOException {
    swap.recover();
    if (Files.notExists(folder)) {
      return Optional.empty();
    }
    Optional<Receipt> receipt = Receipt.read(folder).filter(found -> found.digest().equals(digest));
    if (receipt.isEmpty()) {
      throw new IllegalArgumentException(
          "%s is in the way: %s would be %s there. Move it, or choose another place for the data set"
              .formatted(folder, from, done));
    }
    if (!receipt.get().isIntact(folder)) {
      throw new IllegalArgumentException(
          "%s was changed since %s was %s there: to use it as it is, name that folder instead; to have it %s again, delete it"
              .formatted(folder, from, done, done));
    }
    return receipt;
  }

  /** Fills the folder; if that fails, nothing of it stays. */
  void put(Content content) throws IOException {
    swap.replace(staging -> content.fill(staging).write(staging));
  }

  /**
   * Copies photos, or finds those that were copied before.
   *
   * @param dataset the place of the data set
   * @param digest of the photos' paths and content in hex digits, at least 8
   * @param from where they come from, for messages
   * @param copying puts them into an empty folder
   * @return the folder, absolute
   * @throws IllegalArgumentException if something else lies in the folder's place, or the folder
   *     was changed since
   * @throws IOException if a file cannot be read or written; nothing is left on disk then
   */
  public static Path copied(
      DirectoryPlace dataset, String digest, String from, DirectorySwap.Content copying)
      throws IOException {
    PhotosBeside beside = new PhotosBeside(dataset, digest);
    if (beside.receipt(from, "copied").isEmpty()) {
      LOG.info("Copying photos of {} to {}", from, beside.folder);
      beside.put(
          staging -> {
            copying.writeTo(staging);
            return Receipt.of(staging, digest, false, Optional.empty(), List.of());
          });
    }
    return beside.folder;
  }

  /**
   * Deletes the photos that were put beside a data set before, and what interrupted runs left. A
   * folder that somebody changed stays.
   *
   * @param dataset the place of the data set, which refers to the older folders no more
   * @param current the existing folder of its photos, beside it or not; a folder that holds it
   *     stays
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

  private static DirectorySwap swap(Path folder) {
    return new DirectorySwap(new DirectoryPlace(folder), name -> true);
  }

  static void discard(Path folder, String why) throws IOException {
    Optional<Receipt> receipt = Receipt.read(folder);
    if (receipt.isPresent() && receipt.get().isIntact(folder)) {
      swap(folder).remove();
      LOG.info("Deleted {}: {}", folder, why);
    } else {
      LOG.info("{} is not used any more, and stays because somebody changed it", folder);
    }
  }
}
