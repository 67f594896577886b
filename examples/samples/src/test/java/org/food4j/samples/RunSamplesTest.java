package org.food4j.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.food4j.data.photo.JpegEncoder;
import org.food4j.data.synthetic.DrawnDish;
import org.food4j.data.synthetic.DrawnDishes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every sample as {@code examples/samples/run} starts it, one after the other in one folder of a
 * reader's own few photos; those that train are started twice. They train for a moment only: the
 * recipe's settings are what anybody may give.
 */
class RunSamplesTest {
  private static final int CLASSES = 3;
  private static final int PER_CLASS = 12;
  private static final List<String> SHORT =
      List.of("input_size=32", "epochs=1", "warm_up_epochs=0");

  @TempDir private static Path folder;

  /**
   * What a sample does.
   *
   * @param name of its class
   * @param lines that it prints, as regular expressions, in this order among others
   * @param files that the first time leaves
   * @param again files that a second time leaves besides; empty for those that are started once
   */
  private record Expected(String name, List<String> lines, List<String> files, List<String> again) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Expected> samples() {
    String photo = "\\S+\\.(jpg|png)";
    return List.of(
        new Expected(
            "Sample01ClassifyPhoto",
            List.of("The photo " + photo + ":", " *\\d+\\.\\d %  (Burger|Idli|Momos)"),
            List.of("dataset/manifest.csv", "run/checkpoints/best.zip", "model.onnx"),
            List.of()),
        new Expected(
            "Sample02PrepareDataset",
            List.of("train +96 photos", "test +\\d+ photos", "Left out:", "Look alike.*"),
            List.of("dataset/manifest.csv"),
            List.of()),
        new Expected(
            "Sample03Train",
            List.of(
                "epoch 1, step  1: loss .*",
                "epoch 1: validation top-1 .*",
                "The best epoch is in .*"),
            List.of("run-2/checkpoints/best.zip"),
            List.of("run-3/checkpoints/best.zip")),
        new Expected(
            "Sample04Evaluate",
            List.of("top-1 .* on \\d+ photos", "macro F1 .*", "Burger .*", "Most often mistaken:"),
            List.of(),
            List.of()),
        new Expected(
            "Sample05OwnArchitecture",
            List.of("DL4J and the ONNX file answer \\d+ photos with the same class in 100.0 %, .*"),
            List.of("narrow/run/recipe.yaml", "narrow/narrow.onnx"),
            List.of("narrow-2/narrow.onnx")),
        new Expected(
            "Sample06OwnLayer",
            List.of(
                "The power was 3.0 and is now [23]\\.\\d+",
                "Probabilities .* differ by \\S+e-\\d+ .*"),
            List.of("power-mean/model.onnx"),
            List.of("power-mean-2/model.onnx")),
        new Expected(
            "Sample07OwnAugmentation",
            List.of("One photo as .*: " + photo, "epoch 1: loss .*", "epoch 3: loss .*"),
            List.of("steam.png"),
            List.of()),
        new Expected(
            "Sample08Transfer",
            List.of(
                "head 1: [1-9]\\d* photos through the frozen network, .*",
                "head 2: 0 photos through the frozen network, .*"),
            List.of("transfer/dishes.safetensors", "transfer/head-2/checkpoints/best.zip"),
            List.of("transfer-2/head-2/checkpoints/best.zip")),
        new Expected(
            "Sample09OptimiseAndQuantise",
            List.of(
                "model.onnx +.* bytes",
                "fast.onnx .*",
                "int8.onnx .*",
                "int8 gives the same answer .*"),
            List.of("fast.onnx", "int8.onnx"),
            List.of()),
        new Expected(
            "Sample10Explain",
            List.of(".* %, seen from stages.2.add: " + photo, ".* %, seen from .*: " + photo),
            List.of("grad-cam.png", "model-with-cam.onnx", "cam.png"),
            List.of()),
        new Expected(
            "Sample11Benchmark",
            List.of("run +batch  1: median .* ms, .*", "model.* batch  8: .*"),
            List.of(),
            List.of()),
        new Expected(
            "Sample12OtherDomain",
            List.of("leaf-\\d+.png: .* %, .*", photo + ": .* %, .*"),
            List.of("leaves/leaves.onnx"),
            List.of("leaves-2/leaves.onnx")));
  }

  @BeforeAll
  static void photosOfOnesOwn() throws IOException {
    DrawnDishes dishes = new DrawnDishes(3);
    for (int label = 0; label < CLASSES; label++) {
      Path of = folder.resolve("photos").resolve(DrawnDishes.labels().get(label).name());
      Files.createDirectories(of);
      for (int number = 0; number < PER_CLASS; number++) {
        DrawnDish dish = dishes.draw(label, number);
        Files.write(of.resolve(number + ".jpg"), JpegEncoder.encode(dish.photo(), 0.9f));
      }
    }
  }

  /** In the order of their numbers, as JUnit runs them. */
  @ParameterizedTest
  @MethodSource("samples")
  void sample_run_printsAndLeavesWhatItPromises(Expected expected) throws Exception {
    assertThat(run(expected.name())).satisfies(lines -> matchesInOrder(lines, expected.lines()));
    assertThat(expected.files()).allMatch(file -> Files.isRegularFile(folder.resolve(file)));
    assertThat(expected.again()).noneMatch(file -> Files.exists(folder.resolve(file)));
    if (!expected.again().isEmpty()) {
      assertThat(run(expected.name())).satisfies(lines -> matchesInOrder(lines, expected.lines()));
    }
    assertThat(expected.again()).allMatch(file -> Files.isRegularFile(folder.resolve(file)));
  }

  @Test
  void samples_eachFile_isTried() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/java/org/food4j/samples"))) {
      assertThat(
              files
                  .map(file -> file.getFileName().toString().replace(".java", ""))
                  .filter(name -> name.matches("Sample\\d\\d.*"))
                  .sorted())
          .isEqualTo(samples().stream().map(Expected::name).toList());
    }
    assertThat(samples()).hasSize(12);
  }

  @Test
  void run_onBadInput_saysWhyInOneLineAndEndsWith1(@TempDir Path other) throws Exception {
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    for (List<String> arguments :
        List.of(
            List.of("Sample03Train", other.toString(), "epoch=2"),
            List.of("Sample03Train", other.toString(), other.resolve("more").toString()),
            List.of("Sample01ClassifyPhoto", "no.onnx", "no.jpg"))) {
      errors.reset();
      Printed.by(() -> assertThat(RunSample.run(arguments, print(errors))).isEqualTo(1));
      assertThat(errors.toString(StandardCharsets.UTF_8).lines())
          .as("%s", arguments)
          .singleElement()
          .asString()
          .startsWith(arguments.get(0) + ": ");
    }
  }

  private static List<String> run(String name) throws Exception {
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    List<String> arguments = new ArrayList<>(List.of(name, folder.toString()));
    arguments.addAll(SHORT);
    List<String> lines =
        Printed.by(
            () -> assertThat(RunSample.run(arguments, print(errors))).as("%s", errors).isZero());
    assertThat(lines).first().asString().isEqualTo("Working in " + folder.toAbsolutePath());
    return lines;
  }

  private static PrintStream print(ByteArrayOutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }

  private static void matchesInOrder(List<? extends String> lines, List<String> patterns) {
    int from = 0;
    for (String pattern : patterns) {
      int at = from;
      while (at < lines.size() && !lines.get(at).matches(pattern)) {
        at++;
      }
      assertThat(at).as("'%s' after line %d of %s", pattern, from, lines).isLessThan(lines.size());
      from = at + 1;
    }
  }
}
