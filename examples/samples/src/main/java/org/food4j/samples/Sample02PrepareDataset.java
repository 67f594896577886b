package org.food4j.samples;

import java.io.IOException;
import java.nio.file.Path;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Split;
import org.food4j.data.prepare.DatasetPreparation;
import org.food4j.data.scan.LookAlike;
import org.food4j.data.scan.Progress;
import org.food4j.data.scan.Rejection;
import org.food4j.data.split.SplitTargets;

/**
 * 02: from a folder of photos to a data set, and a look at what was left out. Photos stay where
 * they are: a data set is a directory of text files about them.
 */
public final class Sample02PrepareDataset {
  private Sample02PrepareDataset() {}

  /**
   * @param arguments a folder and settings, or nothing
   */
  public static void main(String[] arguments) throws IOException {
    SampleFolder folder = SampleFolder.of(arguments);
    Dataset dataset = prepare(folder.photos(), folder.path().resolve("dataset"));

    for (Split split : Split.values()) {
      System.out.printf("%-10s %4d photos%n", split.key(), dataset.entries(split).size());
    }
    // Read this list before training: a folder of screenshots shows up here, not in the loss.
    System.out.println("Left out:");
    for (Rejection rejection : dataset.rejections()) {
      System.out.printf("  %-34s %s%n", rejection.path(), rejection.reason());
    }
    System.out.println("Look alike, and therefore share a split:");
    for (LookAlike pair : dataset.lookAlikes()) {
      System.out.printf("  %s and %s, %.3f%n", pair.path(), pair.other(), pair.similarity());
    }
  }

  /** Cleans, balances and splits. */
  public static Dataset prepare(Path photos, Path out) throws IOException {
    // region: prepare a data set
    // So many photos of each class to train on, to choose the best epoch by, and to judge with. A
    // smaller class is split in the same proportion, and only its training part filled with copies.
    SplitTargets perClass = new SplitTargets(32, 8, 8);
    DatasetPreparation.of(photos, out).withTargets(perClass).run(Progress.NONE);
    // Everything from here on reads the directory, and the same photos give the same bytes.
    Dataset dataset = Dataset.open(out);
    // end region
    return dataset;
  }
}
