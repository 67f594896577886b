package org.food4j.data.scan;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.food4j.data.photo.PhotoDecoder;

/**
 * What lies in a photo folder: a folder per class, photos in it at any depth. Each file was read,
 * hashed and decoded once. The result depends on names and contents alone, not on the number of
 * threads or the file system's order.
 *
 * <p>Files and folders of an {@link IgnoredName} are passed over; every other file is either among
 * the photos or among the rejected.
 *
 * @param root the photo folder, a path or a URL, for messages
 * @param classes the class folders' names, sorted, whether or not a photo lies in them
 * @param photos sorted by path
 * @param rejected sorted by path
 */
public record PhotoScan(
    String root, List<String> classes, List<ScannedPhoto> photos, List<Rejection> rejected) {
  /** Larger files are rejected unread: no photo within the pixel limit needs as much. */
  public static final long MAX_FILE_BYTES = 512L << 20;

  /** Shorter side in pixels that photos are decoded at: twice what the perceptual hash looks at. */
  static final int DETAIL = 64;

  /** Copies the lists; the rejected files are sorted by path. */
  public PhotoScan {
    classes = List.copyOf(classes);
    photos = List.copyOf(photos);
    rejected = rejected.stream().sorted(Rejection.BY_PATH).toList();
  }

  /**
   * Reads a photo folder.
   *
   * @param threads photos decoded at the same time, at least 1
   * @throws IllegalArgumentException if there is no such folder, no class folder in it, or one
   *     whose name this system's character set cannot hold
   * @throws IOException if the folder cannot be listed, or the thread is interrupted
   */
  public static PhotoScan of(Path root, PhotoDecoder decoder, int threads, Progress progress)
      throws IOException {
    return of(root, decoder, threads, ScanRecord.none(), progress);
  }

  /**
   * Reads what changed in a photo folder, and takes the rest from a record.
   *
   * @param threads photos decoded at the same time, at least 1
   * @param record what an earlier scan found; holds what this one found afterwards, not yet saved
   * @param progress told of files that are done, whether read or known
   * @throws IllegalArgumentException if there is no such folder, no class folder in it, or one
   *     whose name this system's character set cannot hold
   * @throws IOException if the folder cannot be listed, or the thread is interrupted
   */
  public static PhotoScan of(
      Path root, PhotoDecoder decoder, int threads, ScanRecord record, Progress progress)
      throws IOException {
    PhotoReader reader = PhotoReader.of(root, decoder, threads);
    return of(root.toString(), PhotoListing.of(root), reader, record, progress);
  }

  /**
   * Reads what changed of a listing, and takes the rest from a record.
   *
   * @param root the photo folder, a path or a URL, for messages
   * @param reader of the files that the record does not know
   * @param record what an earlier scan found; holds what this one found afterwards, not yet saved
   * @param progress told of files that are done, whether read or known
   * @throws IOException if the reader cannot do its work, or the thread is interrupted
   */
  public static PhotoScan of(
      String root, PhotoListing listing, PhotoReader reader, ScanRecord record, Progress progress)
      throws IOException {
    List<ScannedPhoto> photos = new ArrayList<>();
    List<Rejection> rejected = new ArrayList<>(listing.rejected());
    for (Finding finding : record.complete(listing.files(), reader, progress)) {
      if (finding instanceof ScannedPhoto photo) {
        photos.add(photo);
      } else {
        rejected.add((Rejection) finding);
      }
    }
    return new PhotoScan(root, listing.classes(), photos, rejected);
  }

  /**
   * The class folders' names, sorted, without reading a photo.
   *
   * @throws IllegalArgumentException if there is no such folder, no class folder in it, or one
   *     whose name this system's character set cannot hold
   * @throws IOException if the folder cannot be listed
   */
  public static List<String> classFolders(Path root) throws IOException {
    return PhotoListing.of(root).classes();
  }

  /**
   * The scan without exact duplicates. Of byte-identical photos of one class the first by path
   * stays; those that lie in several classes contradict each other and all go. Both are listed
   * among the rejected.
   */
  public PhotoScan withoutDuplicates() {
    return DistinctPhotos.byContent(this).scan();
  }

  /** The scan with more files that were left out, before it or beside it. */
  public PhotoScan withRejected(List<Rejection> more) {
    List<Rejection> all = new ArrayList<>(rejected);
    all.addAll(more);
    return new PhotoScan(root, classes, photos, all);
  }

  /**
   * Checks that something is left to work with.
   *
   * @throws IllegalArgumentException if no photo is; the message gives the first reasons
   */
  public void requirePhotos() {
    if (photos.isEmpty()) {
      String examples =
          rejected.stream()
              .limit(3)
              .map(rejection -> rejection.path() + " (" + rejection.reason() + ")")
              .collect(Collectors.joining("; "));
      throw new IllegalArgumentException(
          rejected.isEmpty()
              ? "The class folders of %s hold no files".formatted(root)
              : String.format(
                  Locale.ROOT,
                  "None of the %d files in %s can be used: %s%s",
                  rejected.size(),
                  root,
                  examples,
                  rejected.size() > 3 ? "; ..." : ""));
    }
  }

  static String unreadable(IOException failure) {
    return "cannot be read: " + failure.getClass().getSimpleName();
  }
}
