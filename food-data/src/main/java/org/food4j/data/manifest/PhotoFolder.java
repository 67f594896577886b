package org.food4j.data.manifest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.scan.PhotoRoot;
import org.food4j.data.scan.PhotoScan;
import org.food4j.data.scan.Progress;
import org.food4j.data.scan.Rejection;
import org.food4j.data.scan.ScannedPhoto;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A plain folder of class folders as a data set to evaluate on: the folders' names are matched to a
 * model's labels, every photo is a {@link Split#TEST} photo. Nothing is written.
 */
public final class PhotoFolder {
  private static final Logger LOG = LoggerFactory.getLogger(PhotoFolder.class);

  private PhotoFolder() {}

  /**
   * Opens a folder with the fast decoder on all cores, logging each file that is left out as a
   * warning.
   *
   * @see #open(Path, Labels, PhotoDecoder, int, Progress, Consumer)
   */
  public static Dataset open(Path folder, Labels labels) throws IOException {
    return open(
        folder,
        labels,
        new NativePhotoDecoder(),
        Runtime.getRuntime().availableProcessors(),
        Progress.NONE,
        rejection -> LOG.warn("Left out {}: {}", rejection.path(), rejection.reason()));
  }

  /**
   * Opens a folder. Labels without a class folder have no photos; unreadable photos and exact
   * duplicates are left out, as from a prepared data set. If the folder holds nothing but a folder
   * that holds the class folders, that one's photos are meant.
   *
   * @param labels the classes in the order of the model's outputs
   * @param threads photos decoded at the same time, at least 1
   * @param rejected told of each file that is left out, in the order of their paths
   * @return entries sorted by label and path, the directory being the folder
   * @throws IllegalArgumentException if there is no such folder, its class folders are not all
   *     labels, or none of its files can be used
   * @throws IOException if the folder cannot be listed, or the thread is interrupted
   */
  public static Dataset open(
      Path folder,
      Labels labels,
      PhotoDecoder decoder,
      int threads,
      Progress progress,
      Consumer<Rejection> rejected)
      throws IOException {
    PhotoRoot root = PhotoRoot.NAMED;
    List<String> unknown = unknown(folder, labels);
    if (!unknown.isEmpty()) {
      root = PhotoRoot.find(folder, decoder);
      unknown = unknown(root.in(folder), labels);
    }
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "%s has class folders that are none of the model's labels: %s. The labels are: %s"
              .formatted(folder, unknown, labels));
    }
    PhotoScan scan =
        PhotoScan.of(root.in(folder), decoder, threads, progress)
            .withoutDuplicates()
            .withRejected(root.outside());
    scan.rejected().forEach(rejected);
    scan.requirePhotos();
    return dataset(folder, root.in(folder), scan, labels);
  }

  /**
   * Opens a folder with every usable file in it, identical ones as often as they are there: for
   * measuring how fast photos are read.
   *
   * @param rejected told of each file that is left out, in the order of their paths
   * @throws IllegalArgumentException if there is no such folder, it has no class folders, or none
   *     of its files can be used
   * @throws IOException if the folder cannot be listed, or the thread is interrupted
   */
  public static Dataset everyFile(
      Path folder,
      PhotoDecoder decoder,
      int threads,
      Progress progress,
      Consumer<Rejection> rejected)
      throws IOException {
    PhotoScan scan = PhotoScan.of(folder, decoder, threads, progress);
    scan.rejected().forEach(rejected);
    scan.requirePhotos();
    return dataset(folder, folder, scan, Labels.of(scan.classes()));
  }

  private static Dataset dataset(Path folder, Path root, PhotoScan scan, Labels labels) {
    List<ManifestEntry> entries = new ArrayList<>();
    Map<String, List<ScannedPhoto>> byClass =
        scan.photos().stream().collect(Collectors.groupingBy(ScannedPhoto::className));
    for (Label label : labels) {
      for (ScannedPhoto photo : byClass.getOrDefault(label.name(), List.of())) {
        entries.add(ManifestEntry.of(photo, label.index(), Split.TEST));
      }
    }
    String fingerprint =
        DatasetWriter.fingerprint(ManifestCsv.manifest(entries, labels), labels.toJson());
    return new Dataset(folder, root, labels, entries, fingerprint);
  }

  private static List<String> unknown(Path folder, Labels labels) throws IOException {
    return PhotoScan.classFolders(folder).stream()
        .filter(name -> labels.indexOf(name).isEmpty())
        .toList();
  }
}
