package org.food4j.data.prepare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.food4j.data.duplicate.NearDuplicates;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.DatasetContent;
import org.food4j.data.manifest.DatasetWriter;
import org.food4j.data.manifest.Labels;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.Split;
import org.food4j.data.photo.OpenCvPhotoDecoder;
import org.food4j.data.scan.DistinctPhotos;
import org.food4j.data.scan.PhotoScan;
import org.food4j.data.scan.Progress;
import org.food4j.data.scan.Rejection;
import org.food4j.data.split.SplitTargets;
import org.food4j.data.split.StratifiedSplit;
import org.food4j.data.split.StratifiedSplitter;

/**
 * Makes a dataset directory of a photo folder: scan, drop duplicates, balance and split, write.
 *
 * <p>Same photos, targets and seed: the same bytes, wherever the directory lies and however many
 * threads work.
 *
 * @param photos the photo folder: a folder per class
 * @param out the dataset directory; an older data set there is replaced when the new one is
 *     complete
 * @param targets photos of a class per split
 * @param seed of the random choices
 * @param pixelLimit the most pixels a photo may have, width x height
 * @param threads photos decoded at the same time, at least 1
 * @param mirroredDuplicates whether a mirrored copy of a photo counts as the same photo
 */
public record DatasetPreparation(
    Path photos,
    Path out,
    SplitTargets targets,
    long seed,
    int pixelLimit,
    int threads,
    boolean mirroredDuplicates) {
  /** The seed, unless another is asked for. */
  public static final long DEFAULT_SEED = 42;

  /**
   * Checks the threads.
   *
   * @throws IllegalArgumentException if there is none
   */
  public DatasetPreparation {
    if (threads < 1) {
      throw new IllegalArgumentException("At least 1 thread is needed, not " + threads);
    }
  }

  /** A preparation with the defaults: 150 / 30 / 20 photos a class, seed 42, all cores. */
  public static DatasetPreparation of(Path photos, Path out) {
    return new DatasetPreparation(
        photos,
        out,
        SplitTargets.DEFAULT,
        DEFAULT_SEED,
        OpenCvPhotoDecoder.DEFAULT_PIXEL_LIMIT,
        Runtime.getRuntime().availableProcessors(),
        false);
  }

  /** This preparation with other numbers of photos per class and split. */
  public DatasetPreparation withTargets(SplitTargets targets) {
    return new DatasetPreparation(
        photos, out, targets, seed, pixelLimit, threads, mirroredDuplicates);
  }

  /** This preparation with another seed of the random choices. */
  public DatasetPreparation withSeed(long seed) {
    return new DatasetPreparation(
        photos, out, targets, seed, pixelLimit, threads, mirroredDuplicates);
  }

  /** This preparation with another limit of pixels per photo, width x height. */
  public DatasetPreparation withPixelLimit(int pixelLimit) {
    return new DatasetPreparation(
        photos, out, targets, seed, pixelLimit, threads, mirroredDuplicates);
  }

  /** This preparation with another number of photos decoded at the same time, at least 1. */
  public DatasetPreparation withThreads(int threads) {
    return new DatasetPreparation(
        photos, out, targets, seed, pixelLimit, threads, mirroredDuplicates);
  }

  /** This preparation with mirrored copies counted as the same photo, or not. */
  public DatasetPreparation withMirroredDuplicates(boolean mirroredDuplicates) {
    return new DatasetPreparation(
        photos, out, targets, seed, pixelLimit, threads, mirroredDuplicates);
  }

  /**
   * Prepares the data set.
   *
   * @param progress told of each file that was read
   * @throws IllegalArgumentException if the photo folder is missing, empty, or has fewer than two
   *     classes, no file is a usable photo, classes have too few photos, or something else than a
   *     data set lies at {@code out}; nothing is written then
   * @throws IOException if a folder cannot be read or written, or the thread is interrupted
   */
  public PreparationSummary run(Progress progress) throws IOException {
    DatasetWriter.checkReplaceable(out);
    DistinctPhotos distinct = DistinctPhotos.of(scan(progress), mirroredDuplicates);
    PhotoScan scan = distinct.scan();
    StratifiedSplit split =
        new StratifiedSplitter(targets, distinct.groups(), seed)
            .split(scan.photos(), Labels.of(scan.classes()));
    List<Rejection> rejected = new ArrayList<>(scan.rejected());
    rejected.addAll(split.leftOut());
    Dataset dataset =
        DatasetWriter.write(
            out,
            new DatasetContent(
                scan.root(),
                Labels.of(scan.classes()),
                split.entries(),
                rejected,
                distinct.lookAlikes(),
                settings(),
                seed));
    return summary(dataset, rejected.size());
  }

  private PhotoScan scan(Progress progress) throws IOException {
    // Absolute, because the photos are found by the path in the data set from anywhere.
    Path root = Files.exists(photos) ? photos.toRealPath() : photos;
    if (out.toAbsolutePath().normalize().startsWith(root)) {
      throw new IllegalArgumentException(
          "%s lies inside the photo folder %s and would count as a class: choose a folder outside"
              .formatted(out, photos));
    }
    List<String> classes = PhotoScan.classFolders(root);
    if (classes.size() < 2) {
      throw new IllegalArgumentException(
          "%s holds a single class folder (%s) and a classifier needs two or more: if the classes are the folders inside it, name that folder instead"
              .formatted(photos, classes.get(0)));
    }
    PhotoScan scan = PhotoScan.of(root, new OpenCvPhotoDecoder(pixelLimit), threads, progress);
    scan.requirePhotos();
    return scan;
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("per_class", targets.perClass());
    settings.put("train", targets.train());
    settings.put("validation", targets.validation());
    settings.put("test", targets.test());
    settings.put("near_duplicates", nearDuplicates());
    settings.put("pixel_limit", pixelLimit);
    return settings;
  }

  private Map<String, Object> nearDuplicates() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("method", NearDuplicates.METHOD);
    settings.put("same", NearDuplicates.SAME);
    settings.put("alike", NearDuplicates.ALIKE);
    settings.put("mirrored", mirroredDuplicates);
    return settings;
  }

  private static PreparationSummary summary(Dataset dataset, int rejected) {
    int copies = (int) dataset.entries().stream().filter(ManifestEntry::isCopy).count();
    return new PreparationSummary(
        dataset.labels().size(),
        dataset.entries().size() - copies,
        rejected,
        dataset.entries(Split.TRAIN).size(),
        dataset.entries(Split.VALIDATION).size(),
        dataset.entries(Split.TEST).size());
  }
}
