package org.food4j.data.scan;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.food4j.data.duplicate.PerceptualHash;
import org.food4j.data.duplicate.PhotoSignature;
import org.food4j.data.file.Sha256;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.photo.PhotoException;
import org.food4j.data.scan.PhotoListing.Candidate;

/**
 * What lies in a photo folder: a folder per class, photos in it at any depth. Each file was read,
 * hashed and decoded once. The result depends on names and contents alone, not on the number of
 * threads or the file system's order.
 *
 * <p>Files and folders whose names begin with a dot are passed over, as is {@code __MACOSX}; every
 * other file is either among the photos or among the rejected.
 *
 * @param root the photo folder
 * @param classes the class folders' names, sorted, whether or not a photo lies in them
 * @param photos sorted by path
 * @param rejected sorted by path
 */
public record PhotoScan(
    Path root, List<String> classes, List<ScannedPhoto> photos, List<Rejection> rejected) {
  /** Larger files are rejected unread: no photo within the pixel limit needs as much. */
  static final long MAX_FILE_BYTES = 512L << 20;

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
    if (threads < 1) {
      throw new IllegalArgumentException("At least 1 thread is needed, not " + threads);
    }
    PhotoListing listing = listing(root);
    List<ScannedPhoto> photos = new ArrayList<>();
    List<Rejection> rejected = new ArrayList<>(listing.rejected());
    for (Finding finding : examineAll(listing.candidates(), decoder, threads, progress)) {
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
    return listing(root).classes();
  }

  /** The files of a photo folder, which must be one with class folders. */
  private static PhotoListing listing(Path root) throws IOException {
    if (!Files.exists(root)) {
      throw new IllegalArgumentException("There is no folder " + root);
    }
    if (!Files.isDirectory(root)) {
      throw new IllegalArgumentException(
          root + " is a file: name the folder that holds a folder of photos per class");
    }
    PhotoListing listing = PhotoListing.of(root);
    if (listing.classes().isEmpty()) {
      throw new IllegalArgumentException(
          "%s holds no class folders%s: give each class a folder of its photos"
              .formatted(root, listing.rejected().isEmpty() ? " (it is empty)" : ""));
    }
    return listing;
  }

  /**
   * The scan without exact duplicates. Of byte-identical photos of one class the first by path
   * stays; those that lie in several classes contradict each other and all go. Both are listed
   * among the rejected.
   */
  public PhotoScan withoutDuplicates() {
    return DistinctPhotos.byContent(this).scan();
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

  private static List<Finding> examineAll(
      List<Candidate> candidates, PhotoDecoder decoder, int threads, Progress progress)
      throws IOException {
    List<Finding> findings = new ArrayList<>();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Finding>> futures = new ArrayList<>();
      for (Candidate candidate : candidates) {
        futures.add(pool.submit(() -> examine(candidate, decoder)));
      }
      for (Future<Finding> future : futures) {
        findings.add(future.get());
        progress.update(findings.size(), futures.size());
      }
      return findings;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while reading photos");
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "Reading %s failed: %s".formatted(candidates.get(findings.size()).file(), e.getCause()),
          e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  private static Finding examine(Candidate candidate, PhotoDecoder decoder) {
    try {
      long size = Files.size(candidate.file());
      if (size > MAX_FILE_BYTES) {
        return new Rejection(
            candidate.path(),
            String.format(
                Locale.ROOT,
                "a file of %d MiB is above the limit of %d MiB",
                size >> 20,
                MAX_FILE_BYTES >> 20));
      }
      byte[] encoded = Files.readAllBytes(candidate.file());
      Photo photo = decoder.decode(encoded);
      String sha256 = Sha256.of(encoded);
      // Random bits keep photos of a single colour apart from each other.
      long noHash = Long.parseUnsignedLong(sha256.substring(0, 16), 16);
      return new ScannedPhoto(
          candidate.path(),
          candidate.className(),
          photo.width(),
          photo.height(),
          sha256,
          PerceptualHash.of(photo).orElse(noHash),
          PhotoSignature.of(photo));
    } catch (PhotoException e) {
      return new Rejection(candidate.path(), e.getMessage());
    } catch (IOException e) {
      return new Rejection(candidate.path(), unreadable(e));
    }
  }

  static String unreadable(IOException failure) {
    return "cannot be read: " + failure.getClass().getSimpleName();
  }
}
