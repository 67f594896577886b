package org.food4j.samples;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.food4j.data.batch.BatchSettings;
import org.food4j.data.batch.PhotoBatchReader;
import org.food4j.data.batch.PhotoDataSetIterator;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.Split;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.PhotoImage;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.data.transform.Augmentation;
import org.food4j.data.transform.PhotoTransform;

/**
 * 07: an augmentation of one's own, {@link Steam}, in a pipeline of the library's, fed to any DL4J
 * network. What is not random about a photo's way to the network is one {@link Preprocessing},
 * which training, evaluation and the ONNX file share, so that none of them can get it wrong.
 */
public final class Sample07OwnAugmentation {
  /** The way of a photo of any size to a network's input. */
  public static final Preprocessing PREPROCESSING = Preprocessing.imagenet(48);

  private static final int VIEWS = 6;

  private Sample07OwnAugmentation() {}

  /** The crop comes first, so that what follows works on as few pixels as the network sees. */
  static PhotoTransform augmentation() {
    return PhotoTransform.sequence(Augmentation.LIGHT.transform(PREPROCESSING), new Steam(0.7));
  }

  /**
   * @param arguments a folder and settings, or nothing
   */
  public static void main(String[] arguments) throws IOException {
    SampleFolder folder = SampleFolder.of(arguments);
    Path picture = folder.path().resolve("steam.png");
    ImageIO.write(views(folder.unseenPhoto()), "png", picture.toFile());
    System.out.println("One photo as evaluation and as training see it: " + picture);
    ComputationGraph network = OwnTraining.network(folder.dataset().labels().size());
    for (int epoch = 1; epoch <= 3; epoch++) {
      System.out.printf("epoch %d: loss %.3f%n", epoch, fit(network, folder.dataset(), epoch));
    }
  }

  /** One photo as evaluation sees it, and as training does, side by side. */
  public static BufferedImage views(Path file) throws IOException {
    Photo photo = new NativePhotoDecoder().decode(file);
    int side = PREPROCESSING.inputSize();
    BufferedImage picture = new BufferedImage(VIEWS * side, side, BufferedImage.TYPE_INT_RGB);
    PhotoTransform augmentation = augmentation();
    for (int i = 0; i < VIEWS; i++) {
      Photo view = i == 0 ? PREPROCESSING.crop(photo) : augmentation.apply(photo, new Random(i));
      picture.getRaster().setRect(i * side, 0, PhotoImage.of(view).getRaster());
    }
    return picture;
  }

  /** An epoch of DL4J's own training; the mean of its batches' losses. */
  public static double fit(ComputationGraph network, Dataset dataset, int epoch) {
    List<ManifestEntry> photos = dataset.entries(Split.TRAIN);
    DoubleSummaryStatistics losses = new DoubleSummaryStatistics();
    network.setListeners(
        new BaseTrainingListener() {
          @Override
          public void iterationDone(Model model, int iteration, int epoch) {
            losses.accept(model.score());
          }
        });
    // region: train on one's own augmentation
    BatchSettings settings =
        BatchSettings.training(PREPROCESSING, Augmentation.NONE, 16, /* seed= */ 1)
            .withTransform(augmentation());
    try (PhotoDataSetIterator batches =
        new PhotoDataSetIterator(
            new PhotoBatchReader(dataset, photos, new NativePhotoDecoder(), settings))) {
      batches.startEpoch(epoch); // else every epoch would see the same views
      network.fit(batches);
    }
    // end region
    return losses.getAverage();
  }
}
