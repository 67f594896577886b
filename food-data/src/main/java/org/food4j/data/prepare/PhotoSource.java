package org.food4j.data.prepare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.food4j.data.archive.PhotoArchive;
import org.food4j.data.archive.UnpackedPhotos;
import org.food4j.data.file.DirectoryPlace;
import org.food4j.data.manifest.Split;
import org.food4j.data.pack.DatasetPack;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.scan.PhotoRoot;
import org.food4j.data.scan.PhotoScan;
import org.food4j.data.scan.Progress;
import org.food4j.data.scan.Rejection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the photos are that somebody named: a folder, or an archive that is unpacked.
 *
 * @param folder whose folders are the classes, absolute
 * @param rejected what lies outside of it, and what was not unpacked
 * @param unpacked of the archive, if it is one
 */
record PhotoSource(Path folder, List<Rejection> rejected, Optional<UnpackedPhotos> unpacked) {
  private static final Logger LOG = LoggerFactory.getLogger(PhotoSource.class);

  /**
   * Finds the class folders.
   *
   * @param photos as named
   * @param out the data set's place
   * @param unpacking told of each member of an archive
   * @throws IllegalArgumentException if there are no two class folders, or the data set would lie
   *     among the photos
   */
  static PhotoSource find(Path photos, DirectoryPlace out, PhotoDecoder decoder, Progress unpacking)
      throws IOException {
    // Absolute, because the photos are found by the path in the data set from anywhere.
    Path named = Files.exists(photos) ? photos.toRealPath() : photos;
    Optional<UnpackedPhotos> unpacked = Optional.empty();
    if (Files.isRegularFile(named)) {
      if (!PhotoArchive.isZip(named)) {
        throw new IllegalArgumentException(
            "%s is a file, and no zip: name a folder that holds a folder of photos per class, or a zip of one"
                .formatted(photos));
      }
      unpacked = Optional.of(PhotoArchive.unpack(named, out, unpacking));
      named = unpacked.get().folder().toRealPath();
    } else if (out.directory().startsWith(named)) {
      throw new IllegalArgumentException(
          "%s lies inside the photo folder %s and would count as a class: choose a folder outside"
              .formatted(out.directory(), photos));
    }
    PhotoRoot root = PhotoRoot.find(named, decoder);
    Optional<String> problem = problem(photos, named, root, unpacked.isPresent(), decoder);
    if (problem.isPresent()) {
      // What an older data set was made of stays; with the next one it goes.
      if (unpacked.isPresent() && Files.notExists(out.directory())) {
        PhotoArchive.discard(unpacked.get());
      }
      throw new IllegalArgumentException(problem.get());
    }
    if (!root.folder().equals(named)) {
      LOG.info("{} holds one folder: its folders are the classes, {}", photos, root.folder());
    }
    List<Rejection> rejected = new ArrayList<>(root.outside());
    for (Rejection refused : unpacked.map(UnpackedPhotos::refused).orElse(List.of())) {
      rejected.add(new Rejection(below(root.folder(), named, refused.path()), refused.reason()));
    }
    return new PhotoSource(root.folder(), rejected, unpacked);
  }

  /** Why the folders are not taken for classes; empty if they are. */
  private static Optional<String> problem(
      Path photos, Path named, PhotoRoot root, boolean isArchive, PhotoDecoder decoder)
      throws IOException {
    List<String> classes = PhotoScan.classFolders(root.folder());
    if (DatasetPack.isPack(root.folder())) {
      return Optional.of(
          "%s is a pack, its classes are one level deeper: %s"
              .formatted(
                  photos, advice(photos, named, root.folder(), Split.TRAIN.key(), isArchive)));
    }
    if (classes.size() < 2) {
      return Optional.of(
          "%s holds a single class folder (%s) and a classifier needs two or more: if the classes are the folders inside it, %s"
              .formatted(
                  photos,
                  classes.get(0),
                  advice(photos, named, root.folder(), classes.get(0), isArchive)));
    }
    List<String> parts = root.parts(decoder);
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> train = parts.stream().filter(name -> isPart(name, "train")).findFirst();
    boolean split = parts.stream().anyMatch(name -> isPart(name, "train", "test", "val"));
    return Optional.of(
        "%s holds no photos in %s themselves but folders of the same names: %s, the classes being one level deeper. To split one of them anew, %s%s"
            .formatted(
                photos,
                String.join(", ", parts),
                split
                    ? "they are parts of a data set that was split before"
                    : "they look like parts of one data set",
                advice(photos, named, root.folder(), train.orElse(parts.get(0)), isArchive),
                split
                    ? "; to use all photos, put the folders of each class together"
                    : "; if they are the classes, put their photos directly into them"));
  }

  /** Whether a name begins as the ones that parts of data sets have: training, Test, valid. */
  private static boolean isPart(String name, String... beginnings) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(beginnings).anyMatch(lower::startsWith);
  }

  /** What to name instead: in an archive there is nothing that can be named. */
  private static String advice(
      Path photos, Path named, Path folder, String part, boolean isArchive) {
    Path below = named.relativize(folder.resolve(part));
    return isArchive
        ? "unpack it and name its folder " + below
        : "name that folder instead, " + photos.resolve(below);
  }

  /** A name in the archive as a path from the folder with the classes. */
  private static String below(Path folder, Path named, String path) {
    if (folder.equals(named)) {
      return path;
    }
    String prefix = folder.getFileName() + "/";
    return path.startsWith(prefix) ? path.substring(prefix.length()) : "../" + path;
  }
}
