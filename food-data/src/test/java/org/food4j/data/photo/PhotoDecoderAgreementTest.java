package org.food4j.data.photo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.food4j.data.preprocess.Preprocessing;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real photos through both decoders: what a network trained on one sees through the other. */
class PhotoDecoderAgreementTest {
  /** One of the originals is a WebP of 12 megapixels, which takes the Java decoder its time. */
  private static final PhotoLimits PATIENT =
      new PhotoLimits(100_000_000, 512L << 20, Duration.ofSeconds(20));

  private final PhotoDecoder fast = new NativePhotoDecoder();
  private final PhotoDecoder safe = new ImageIoPhotoDecoder(PATIENT);
  private final Preprocessing network = Preprocessing.imagenet(224);

  /** The same before normalisation, 0 to 1. */
  private final Preprocessing levels =
      new Preprocessing(
          network.inputSize(),
          network.resizeShorterSide(),
          network.interpolation(),
          List.of(0f, 0f, 0f),
          List.of(1f, 1f, 1f));

  @ParameterizedTest
  @CsvSource({"photos, 40", "originals, 12"})
  void decode_realPhotos_agreeAtFullSizeAndAfterTheCrop(String folder, int step)
      throws IOException {
    check(folder, step);
  }

  @Test
  @Tag("slow")
  void decode_allRealPhotos_agreeAtFullSizeAndAfterTheCrop() throws IOException {
    check("photos", 1);
    check("originals", 1);
  }

  private void check(String folder, int step) throws IOException {
    Path root = Path.of(System.getProperty("food4j.shared", "../../shared"), "data", folder);
    Assumptions.assumeTrue(Files.isDirectory(root), "no real photos at " + root);
    List<Path> files;
    try (Stream<Path> all = Files.walk(root)) {
      files = all.filter(p -> p.toString().matches(".*\\.(jpe?g|png|webp)")).sorted().toList();
    }
    List<Double> whole = new ArrayList<>();
    List<Double> cropped = new ArrayList<>();
    List<Double> seen = new ArrayList<>();
    for (int i = 0; i < files.size(); i += step) {
      byte[] file = Files.readAllBytes(files.get(i));
      Photo one = fast.decode(file);
      Photo other = safe.decode(file);
      whole.add(SamplePhotos.meanDifference(one, other));
      cropped.add(SamplePhotos.meanDifference(network.crop(one), network.crop(other)));
      seen.add(
          255 * SamplePhotos.meanDifference(levels.apply(file, fast), levels.apply(file, safe)));
    }
    for (List<Double> differences : List.of(whole, cropped, seen)) {
      List<Double> sorted = differences.stream().sorted().toList();
      assertThat(sorted.get(sorted.size() / 2)).as("median of %s", folder).isLessThanOrEqualTo(1);
      assertThat(sorted.get(sorted.size() - 1)).as("worst of %s", folder).isLessThanOrEqualTo(4);
    }
  }
}
