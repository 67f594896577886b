package org.food4j.data.prepare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.food4j.data.archive.PhotosBeside;
import org.food4j.data.duplicate.NearDuplicates;
import org.food4j.data.file.DirectoryLock;
import org.food4j.data.file.DirectoryPlace;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.DatasetContent;
import org.food4j.data.manifest.DatasetException;
import org.food4j.data.manifest.DatasetWriter;
import org.food4j.data.manifest.LabelFile;
import org.food4j.data.manifest.Labels;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.Split;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.scan.DistinctPhotos;
import org.food4j.data.scan.PhotoScan;
import org.food4j.data.scan.Progress;
import org.food4j.data.scan.ScanRecord;
import org.food4j.data.split.SplitTargets;
import org.food4j.data.split.StratifiedSplit;
import org.food4j.data.split.StratifiedSplitter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a dataset directory of a photo folder: scan, drop duplicates, balance and split, write.
 *
 * <p>Same photos, targets and seed: the same bytes, wherever the directory lies and however many
 * threads work.
 *
 * <p>Beside the directory lie {@code .OUT.scan}, what is known of the files, and the photos of an
 * archive or of another machine, {@code OUT-photos-XXXXXXXX}.
 *
 * @param photos where they are and who reads them
 * @param out the dataset directory; an older data set there is replaced when the new one is
 *     complete
 * @param targets photos of a class per split
 * @param labels what the classes are called, and more
 * @param seed of the random choices
 * @param pixelLimit the most pixels a photo may have, width x height
 * @param threads photos decoded at the same time, at least 1
 * @param mirroredDuplicates whether a mirrored copy of a photo counts as the same photo
 */
public record DatasetPreparation(
    PhotoSource photos,
    Path out,
    SplitTargets targets,
    LabelFile labels,
    long seed,
    int pixelLimit,
    int threads,
    boolean mirroredDuplicates) {
  private static final Logger LOG = LoggerFactory.getLogger(DatasetPreparation.class);

  /** From so many on the search for near duplicates takes seconds, which somebody waits. */
  private static final int MANY_PHOTOS = 2_000;

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

  /**
   * A preparation of photos of this machine, with every setting.
   *
   * @param photos a folder with a folder per class, or a folder or zip that holds one
   * @throws IllegalArgumentException if there is no thread
   */
  public DatasetPreparation(
      Path photos,
      Path out,
      SplitTargets targets,
      LabelFile labels,
      long seed,
      int pixelLimit,
      int threads,
      boolean mirroredDuplicates) {
    this(
        PhotoSource.of(photos),
        out,
        targets,
        labels,
        seed,
        pixelLimit,
        threads,
        mirroredDuplicates);
  }

  /**
   * A preparation of photos of this machine with the defaults: 150 / 30 / 20 photos a class, seed
   * 42, all cores.
   *
   * @param photos a folder with a folder per class, or a folder or zip that holds one
   */
  public static DatasetPreparation of(Path photos, Path out) {
    return of(PhotoSource.of(photos), out);
  }

  /** A preparation with the defaults: 150 / 30 / 20 photos a class, seed 42, all cores. */
  public static DatasetPreparation of(PhotoSource photos, Path out) {
    return new DatasetPreparation(
        photos,
        out,
        SplitTargets.DEFAULT,
        LabelFile.NONE,
        DEFAULT_SEED,
        NativePhotoDecoder.DEFAULT_PIXEL_LIMIT,
        Runtime.getRuntime().availableProcessors(),
        false);
  }

  /** This preparation with other numbers of photos per class and split. */
  public DatasetPreparation withTargets(SplitTargets targets) {
    return new DatasetPreparation(
        photos, out, targets, labels, seed, pixelLimit, threads, mirroredDuplicates);
  }

  /** This preparation with what a file says about the classes. */
  public DatasetPreparation withLabels(LabelFile labels) {
    return new DatasetPreparation(
        photos, out, targets, labels, seed, pixelLimit, threads, mirroredDuplicates);
  }

  /** This preparation with another seed of the random choices. */
  public DatasetPreparation withSeed(long seed) {
    return new DatasetPreparation(
        photos, out, targets, labels, seed, pixelLimit, threads, mirroredDuplicates);
  }

  /** This preparation with another limit of pixels per photo, width x height. */
  public DatasetPreparation withPixelLimit(int pixelLimit) {
    return new DatasetPreparation(
        photos, out, targets, labels, seed, pixelLimit, threads, mirroredDuplicates);
  }

  /** This preparation with another number of photos decoded at the same time, at least 1. */
  public DatasetPreparation withThreads(int threads) {
    return new DatasetPreparation(
        photos, out, targets, labels, seed, pixelLimit, threads, mirroredDuplicates);
  }

  /** This preparation with mirrored copies counted as the same photo, or not. */
  public DatasetPreparation withMirroredDuplicates(boolean mirroredDuplicates) {
    return new DatasetPreparation(
        photos, out, targets, labels, seed, pixelLimit, threads, mirroredDuplicates);
  }

  /**
   * Prepares the data set, telling nobody how far an archive is unpacked.
   *
   * @see #run(Progress, Progress)
   */
  public PreparationSummary run(Progress progress) throws IOException {
    return run(Progress.NONE, progress);
  }

  /**
   * Prepares the data set. Files that an earlier preparation read and that are as they were are not
   * read again. Killed at any moment, it leaves the older data set or the new one.
   *
   * @param unpacking told of each member of an archive
   * @param reading told of files that are done, whether read or known
   * @throws IllegalArgumentException if the photo folder is missing, empty, or has fewer than two
   *     classes, the label file is not about these classes, no file is a usable photo, classes have
   *     too few photos, or something else than a data set lies at {@code out}; no data set is
   *     written then, an older one stays, and what was unpacked of an archive and the record of the
   *     files that were read are kept for the next time
   * @throws DatasetException if another preparation writes there at this moment
   * @throws IOException if a folder cannot be read or written, an archive cannot be unpacked,
   *     photos of another machine cannot be copied, or the thread is interrupted
   */
  public PreparationSummary run(Progress unpacking, Progress reading) throws IOException {
    DirectoryPlace place = DirectoryPlace.of(out);
    DirectoryLock lock =
        DirectoryLock.tryAcquire(place)
            .orElseThrow(
                () ->
                    new DatasetException(
                        out,
                        "another preparation writes there at this moment: wait until it has ended, or choose another folder"));
    try (lock) {
      return run(place, unpacking, reading);
    }
  }

  private PreparationSummary run(DirectoryPlace place, Progress unpacking, Progress reading)
      throws IOException {
    DatasetWriter.checkReplaceable(out);
    PhotoSupply supply = photos.open(place, pixelLimit, threads, unpacking);
    // Before minutes of reading photos.
    labels.labels(supply.listing().classes());
    ScanRecord record =
        ScanRecord.open(
            place.hidden("scan"),
            supply.root(),
            NativePhotoDecoder.class.getSimpleName() + ", at most " + pixelLimit + " pixels");
    PhotoScan found =
        PhotoScan.of(supply.root(), supply.listing(), supply.reader(), record, reading);
    // Whatever fails from here on, minutes of reading are not lost.
    record.save();
    if (record.known() > 0) {
      LOG.info(
          "{} files were read, {} are as they were the last time", record.read(), record.known());
    }
    found.requirePhotos();
    if (found.photos().size() >= MANY_PHOTOS) {
      LOG.info("Comparing {} photos with each other", found.photos().size());
    }
    DistinctPhotos distinct = DistinctPhotos.of(found, mirroredDuplicates);
    PhotoScan scan = distinct.scan();
    scan.requirePhotos();
    Labels classes = labels.labels(scan.classes());
    StratifiedSplit split =
        new StratifiedSplitter(targets, distinct.groups(), seed).split(scan.photos(), classes);
    Path folder = supply.folder().of(split.entries());
    DatasetContent content =
        new DatasetContent(
            folder,
            classes,
            split.entries(),
            scan.rejected(),
            split.leftOut(),
            distinct.lookAlikes(),
            settings(),
            seed);
    Dataset dataset = DatasetWriter.write(out, content);
    PhotosBeside.discardOthers(place, folder);
    return summary(dataset, content.leftOut().size(), record.read());
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("balance", targets.balance().key());
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

  private static PreparationSummary summary(Dataset dataset, int rejected, int read) {
    int copies = (int) dataset.entries().stream().filter(ManifestEntry::isCopy).count();
    return new PreparationSummary(
        dataset.labels().size(),
        dataset.entries().size() - copies,
        rejected,
        dataset.entries(Split.TRAIN).size(),
        dataset.entries(Split.VALIDATION).size(),
        dataset.entries(Split.TEST).size(),
        read);
  }
}
