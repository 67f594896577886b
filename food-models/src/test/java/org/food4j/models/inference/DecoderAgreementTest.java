package org.food4j.models.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.food4j.data.photo.ImageIoPhotoDecoder;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.photo.PhotoLimits;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whether a trained model answers alike whichever decoder reads the photos: the file that the
 * property {@code food4j.model} names, on the photos and originals beside the project.
 */
@Tag("slow")
class DecoderAgreementTest {
  /** One of the originals is a WebP of 12 megapixels, which takes the Java decoder its time. */
  private static final PhotoLimits PATIENT =
      new PhotoLimits(100_000_000, 512L << 20, Duration.ofSeconds(20));

  @Test
  void classify_withEitherDecoder_givesTheSameTop1() throws IOException {
    String model = System.getProperty("food4j.model", "");
    assumeTrue(!model.isEmpty(), "no trained model: -Dfood4j.model=FILE.onnx");
    Path data = Path.of(System.getProperty("food4j.shared", "../shared"), "data");
    assumeTrue(Files.isDirectory(data), "no photos at " + data);
    int photos = 0;
    int same = 0;
    double apart = 0;
    try (PhotoClassifier fast = PhotoClassifier.open(Path.of(model), new NativePhotoDecoder());
        PhotoClassifier safe =
            PhotoClassifier.open(Path.of(model), new ImageIoPhotoDecoder(PATIENT))) {
      for (Path photo : photos(data)) {
        Prediction one = fast.classify(photo, 1).get(0);
        Prediction other = safe.classify(photo, 1).get(0);
        photos++;
        same += one.label().equals(other.label()) ? 1 : 0;
        apart = Math.max(apart, Math.abs(one.probability() - other.probability()));
      }
    }
    System.getLogger(DecoderAgreementTest.class.getName())
        .log(
            System.Logger.Level.INFO,
            "top-1 agrees on %d of %d photos, probabilities by %.4f at worst"
                .formatted(same, photos, apart));
    assertThat(photos).isGreaterThan(2000);
    assertThat((double) same / photos).isGreaterThanOrEqualTo(0.995);
  }

  private static List<Path> photos(Path data) throws IOException {
    try (Stream<Path> files =
        Stream.concat(
            Files.walk(data.resolve("photos"), 2), Files.walk(data.resolve("originals"), 2))) {
      return files
          .filter(file -> file.toString().matches(".*\\.(?i:jpe?g|png|webp|bmp|gif)"))
          .sorted()
          .toList();
    }
  }
}
