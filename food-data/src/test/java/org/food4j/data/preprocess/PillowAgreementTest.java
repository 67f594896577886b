package org.food4j.data.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.PhotoDecoder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Evaluation's crop of full-size photos, decoded at a reduced scale, against all of the photo
 * decoded and resized by Pillow: {@code pillow_crops.py} beside this test's resources, run by the
 * interpreter that the environment variable FOOD4J_PYTHON names ({@code python3} without it).
 */
@Tag("slow")
class PillowAgreementTest {
  private static final String PYTHON = System.getenv().getOrDefault("FOOD4J_PYTHON", "python3");

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Interpolation.class)
  void crop_fullSizePhotos_isPillowsWithinALevel(Interpolation interpolation)
      throws IOException, InterruptedException {
    Path originals = Path.of(System.getProperty("food4j.shared", "../shared"), "data", "originals");
    assumeTrue(Files.isDirectory(originals), "no photos at " + originals);
    assumeTrue(runs("-c", "import PIL, numpy"), PYTHON + " has no Pillow or no numpy");
    Preprocessing preprocessing =
        new Preprocessing(
            224, 256, interpolation, Preprocessing.IMAGENET_MEAN, Preprocessing.IMAGENET_STD);
    String name = interpolation.name().toLowerCase(Locale.ROOT);
    Path script = folder.resolve("pillow_crops.py");
    try (var in = PillowAgreementTest.class.getResourceAsStream("pillow_crops.py")) {
      Files.copy(in, script);
    }
    assertThat(runs(script.toString(), originals.toString(), folder.toString(), name)).isTrue();

    List<Double> differences = new ArrayList<>();
    for (Path photo : photos(originals)) {
      Path expected = folder.resolve(originals.relativize(photo).toString().replace('/', '~'));
      differences.add(difference(preprocessing, photo, Files.readAllBytes(expected)));
    }
    Collections.sort(differences);

    double median = differences.get(differences.size() / 2);
    double worst = differences.get(differences.size() - 1);
    System.Logger log = System.getLogger(PillowAgreementTest.class.getName());
    log.log(
        System.Logger.Level.INFO,
        "%s, %d photos: median %.3f, worst %.3f levels"
            .formatted(name, differences.size(), median, worst));
    assertThat(differences).hasSizeGreaterThan(60);
    assertThat(median).isLessThanOrEqualTo(1);
    assertThat(worst).isLessThanOrEqualTo(4);
  }

  private static double difference(Preprocessing preprocessing, Path photo, byte[] expected)
      throws IOException {
    PhotoDecoder decoder = new NativePhotoDecoder();
    Photo crop =
        preprocessing.crop(
            decoder.decode(Files.readAllBytes(photo), preprocessing.decodedShorterSide()));
    assertThat(expected).hasSameSizeAs(crop.rgb());
    long sum = 0;
    for (int i = 0; i < expected.length; i++) {
      sum += Math.abs((expected[i] & 0xff) - (crop.rgb()[i] & 0xff));
    }
    return (double) sum / expected.length;
  }

  private static List<Path> photos(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> folder.relativize(file).getNameCount() == 2).sorted().toList();
    }
  }

  private static boolean runs(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(PYTHON));
    command.addAll(List.of(arguments));
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      return abort("there is no " + PYTHON + ": " + e.getMessage());
    }
    String output = new String(process.getInputStream().readAllBytes());
    boolean ended = process.waitFor(5, TimeUnit.MINUTES);
    if (!ended || process.exitValue() != 0) {
      System.getLogger(PillowAgreementTest.class.getName())
          .log(System.Logger.Level.WARNING, output);
    }
    return ended && process.exitValue() == 0;
  }
}
