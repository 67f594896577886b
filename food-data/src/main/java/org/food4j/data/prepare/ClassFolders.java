package org.food4j.data.prepare;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.food4j.data.manifest.Split;
import org.food4j.data.pack.DatasetPack;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.scan.PhotoListing;
import org.food4j.data.scan.PhotoRoot;
import org.food4j.data.scan.PhotoTree;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The class folders in a folder that somebody named, and whether they are taken for that.
 *
 * @param folder whose folders are the classes
 * @param below name of that folder in the one that was named; empty if it is that one
 * @param listing of it, with what lies outside of it among the rejected
 * @param problem why the folders are not taken for classes; empty if they are
 */
public record ClassFolders(
    PhotoTree folder, String below, PhotoListing listing, Optional<String> problem) {
  private static final Logger LOG = LoggerFactory.getLogger(ClassFolders.class);

  /**
   * Finds the class folders.
   *
   * @param named the folder
   * @param photos what somebody named it, for messages
   * @param isArchive whether it is an archive that was unpacked, in which there is nothing that can
   *     be named
   * @param decoder tells a photo from another file
   * @throws IllegalArgumentException if there is no such folder, or no class folder
   * @throws IOException if a folder cannot be listed
   */
  public static ClassFolders find(
      PhotoTree named, String photos, boolean isArchive, PhotoDecoder decoder) throws IOException {
    PhotoRoot root = PhotoRoot.find(named, decoder);
    PhotoTree folder = root.in(named);
    PhotoListing listing = folder.listing();
    Naming naming = new Naming(photos, root.below(), isArchive);
    Optional<String> problem = problem(folder, listing.classes(), naming, decoder);
    if (problem.isEmpty() && !root.below().isEmpty()) {
      LOG.info("{} holds one folder: its folders are the classes, {}", photos, folder.place());
    }
    return new ClassFolders(folder, root.below(), listing.withRejected(root.outside()), problem);
  }

  /** What to name instead. */
  private record Naming(String photos, String below, boolean isArchive) {
    String advice(String part) {
      String path = below.isEmpty() ? part : below + "/" + part;
      return isArchive
          ? "unpack it and name its folder " + path
          : "name that folder instead, " + photos + "/" + path;
    }
  }

  private static Optional<String> problem(
      PhotoTree folder, List<String> classes, Naming naming, PhotoDecoder decoder)
      throws IOException {
    if (DatasetPack.isPack(folder)) {
      return Optional.of(
          "%s is a pack, its classes are one level deeper: %s"
              .formatted(naming.photos(), naming.advice(Split.TRAIN.key())));
    }
    if (classes.size() < 2) {
      return Optional.of(
          "%s holds a single class folder (%s) and a classifier needs two or more: if the classes are the folders inside it, %s"
              .formatted(naming.photos(), classes.get(0), naming.advice(classes.get(0))));
    }
    List<String> parts = PhotoRoot.parts(folder, decoder);
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> train = parts.stream().filter(name -> isPart(name, "train")).findFirst();
    boolean split = parts.stream().anyMatch(name -> isPart(name, "train", "test", "val"));
    return Optional.of(
        "%s holds no photos in %s themselves but folders of the same names: %s, the classes being one level deeper. To split one of them anew, %s%s"
            .formatted(
                naming.photos(),
                String.join(", ", parts),
                split
                    ? "they are parts of a data set that was split before"
                    : "they look like parts of one data set",
                naming.advice(train.orElse(parts.get(0))),
                split
                    ? "; to use all photos, put the folders of each class together"
                    : "; if they are the classes, put their photos directly into them"));
  }

  /** Whether a name begins as the ones that parts of data sets have: training, Test, valid. */
  private static boolean isPart(String name, String... beginnings) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(beginnings).anyMatch(lower::startsWith);
  }
}
