package org.food4j.samples;

// region: classify a photo
import java.nio.file.Path;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.models.inference.PhotoClassifier;
import org.food4j.models.inference.Prediction;

// end region

/**
 * 01: what a trained model says about a photo. The file carries labels and preprocessing, so that
 * nothing of either has to be said here.
 */
public final class Sample01ClassifyPhoto {
  private Sample01ClassifyPhoto() {}

  /**
   * @param arguments a model and a photo; else a folder and settings, or nothing
   */
  public static void main(String[] arguments) throws java.io.IOException {
    if (arguments.length == 2 && !SampleFolder.isSetting(arguments[1])) {
      classify(Path.of(arguments[0]), Path.of(arguments[1]));
    } else {
      SampleFolder folder = SampleFolder.of(arguments);
      Path photo = folder.unseenPhoto();
      System.out.println("The photo " + photo + ":");
      classify(folder.model(), photo);
    }
  }

  /** Prints the five most probable classes. */
  public static void classify(Path model, Path photo) throws java.io.IOException {
    // One classifier serves many photos, and several threads: opening it is what takes time.
    // region: classify a photo
    try (PhotoClassifier classifier = PhotoClassifier.open(model, new NativePhotoDecoder())) {
      for (Prediction answer : classifier.classify(photo, 5)) {
        System.out.printf(
            "%5.1f %%  %s%n", 100 * answer.probability(), answer.label().displayName());
      }
    }
    // end region
  }
}
