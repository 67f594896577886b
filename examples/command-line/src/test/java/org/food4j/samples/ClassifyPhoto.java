package org.food4j.samples;

// region: classify a photo
import java.nio.file.Path;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.models.inference.PhotoClassifier;
import org.food4j.models.inference.Prediction;

// end region

/** The README's first use as a library. */
final class ClassifyPhoto {
  private ClassifyPhoto() {}

  static void print(Path model, Path photo) throws java.io.IOException {
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
