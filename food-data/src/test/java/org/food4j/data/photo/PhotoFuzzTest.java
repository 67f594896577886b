package org.food4j.data.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged and hostile files end in a photo or a reason, soon and in little memory. */
class PhotoFuzzTest {
  private static final long SEED = 20_240_117;

  @ParameterizedTest
  @ValueSource(strings = {"opencv", "imageio"})
  void decode_fewMutationsOfEveryFormat_endInAPhotoOrAReason(String name) {
    PhotoDecoder decoder =
        name.equals("opencv") ? new NativePhotoDecoder() : new ImageIoPhotoDecoder();
    long seed = SEED;
    for (Map.Entry<String, byte[]> sample : SampleFiles.all().entrySet()) {
      for (int i = 0; i < 20; i++) {
        byte[] mutated = Mutations.mutate(sample.getValue(), seed++);
        // Far above what the limits promise: other work on the machine must not fail this.
        Assertions.assertTimeout(
            Duration.ofSeconds(20), () -> check(decoder, sample.getKey(), mutated));
      }
    }
  }

  private static void check(PhotoDecoder decoder, String name, byte[] mutated) {
    try {
      Photo photo = decoder.decode(mutated);
      assertThat(photo.rgb()).hasSize(photo.width() * photo.height() * 3);
      assertThat(decoder.decode(mutated, 16).pixels().bytes()).isPositive();
    } catch (PhotoException e) {
      assertThat(e).message().as(name).isNotBlank().doesNotContain("\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"opencv", "imageio"})
  void decode_truncatedAtEveryLength_endsInAPhotoOrAReason(String name) {
    PhotoDecoder decoder =
        name.equals("opencv") ? new NativePhotoDecoder() : new ImageIoPhotoDecoder();
    SampleFiles.all()
        .forEach(
            (sample, whole) -> {
              for (int length = 0; length < whole.length - 1; length += 13) {
                byte[] part = Arrays.copyOf(whole, length);
                assertThatCode(() -> decoder.decode(part))
                    .as("the first %d of %d bytes of %s", length, whole.length, sample)
                    .isInstanceOf(PhotoException.class);
              }
            });
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"opencv", "imageio"})
  void decode_thousandsOfMutations_keepTheLimits(String name, @TempDir Path folder)
      throws Exception {
    Assumptions.assumeTrue(ResidentMemory.known(), "memory is measured on Linux alone");
    Path shared = Path.of(System.getProperty("food4j.shared", "../shared"), "data");
    String count = System.getProperty("food4j.fuzz", "10000");
    Path progress = folder.resolve("progress");
    Path output = folder.resolve("output");
    Path errors = folder.resolve("errors");
    ProcessBuilder run =
        new ProcessBuilder(command(name, count, shared, progress))
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile());
    // Freed native blocks go back to the system at once, for the same reason.
    run.environment().put("MALLOC_MMAP_THRESHOLD_", "1048576");

    int exit = run.start().waitFor();
    String said = Files.readString(output, StandardCharsets.UTF_8);
    System.out.println(name + ", " + count + " mutations:\n" + said);
    assertThat(exit)
        .as("seed %d, file %s:%n%s", SEED, Files.readString(progress), tail(errors))
        .isZero();
    Map<String, Long> figures = figures(said);
    assertThat(figures.get("worst_cpu_milliseconds")).isLessThanOrEqualTo(2000);
    assertThat(figures.get("worst_mebibytes")).isLessThanOrEqualTo(256);
    assertThat(figures).containsKeys("JPEG_photo", "PNG_photo", "WebP_photo", "BMP_photo");
    assertThat(figures).containsKeys("JPEG_reason", "PNG_reason", "WebP_reason", "GIF_photo");
    assertThat(figures).containsKeys("JPEG_photo_reduced", "JPEG_reason_reduced");
  }

  private static List<String> command(String name, String count, Path shared, Path progress) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // As little heap as the limits promise to do with, which shrinks again, so that each file's
    // memory can be told from the last one's.
    command.addAll(List.of("-Xms40m", "-Xmx280m", "-Xmn24m", "-XX:+UseSerialGC"));
    command.addAll(List.of("-XX:MinHeapFreeRatio=5", "-XX:MaxHeapFreeRatio=10"));
    command.add("-XX:-ShrinkHeapInSteps");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(FuzzRun.class.getName(), name, count, Long.toString(SEED)));
    command.addAll(List.of(shared.toString(), progress.toString()));
    return command;
  }

  private static Map<String, Long> figures(String said) {
    Map<String, Long> figures = new LinkedHashMap<>();
    said.lines().forEach(l -> figures.put(l.split(" ")[0], Long.valueOf(l.split(" ")[1])));
    return figures;
  }

  private static String tail(Path errors) throws IOException {
    String all = Files.readString(errors, StandardCharsets.UTF_8);
    return all.substring(Math.max(0, all.length() - 2000));
  }
}
