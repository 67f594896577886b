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
import org.food4j.data.manifest.Labels;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.data.synthetic.DrawnDishes;
import org.food4j.models.architecture.Architecture;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.onnx.ModelCard;
import org.food4j.models.onnx.OnnxModelFile;
import org.food4j.models.onnx.export.ExportOptions;
import org.food4j.models.onnx.export.OnnxExporter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's code is the sample's, and the sample works. */
class ReadmeTest {
  /** Surefire runs in the module's folder. */
  private static final Path ROOT = Path.of("../..");

  private static final Path SAMPLE = Path.of("src/test/java/org/food4j/samples/ClassifyPhoto.java");

  @Test
  void readme_codeOfTheRegion_isTheSamples() throws IOException {
    List<String> readme =
        region(Files.readAllLines(ROOT.resolve("README.md")), "<!-- ", "<!-- end");
    readme.removeIf(line -> line.startsWith("```"));
    List<String> sample = region(Files.readAllLines(SAMPLE), "// ", "// end");
    assertThat(readme).isNotEmpty().isEqualTo(sample);
  }

  @Test
  void sample_onADrawnDish_printsFiveAnswers(@TempDir Path folder) throws IOException {
    new DrawnDishes(1).write(folder.resolve("photos"), 1);
    Labels labels = DrawnDishes.labels();
    Architecture network = Architectures.named("se_cnn");
    OnnxModelFile.write(
        folder.resolve("model.onnx"),
        new OnnxExporter()
            .export(network.graph(new NetworkSpec(labels.size(), 32), 1), ExportOptions.photos(32)),
        ModelCard.of(labels, Preprocessing.imagenet(32)));
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      ClassifyPhoto.print(
          folder.resolve("model.onnx"), folder.resolve("photos/pizza/pizza-0000.jpg"));
    } finally {
      System.setOut(before);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .hasSize(5)
        .allSatisfy(line -> assertThat(line).matches(" *\\d+\\.\\d %  [A-Z].*"));
  }

  /** All lines between the marks, without indentation and empty lines. */
  private static List<String> region(List<String> lines, String mark, String end) {
    List<String> inside = new ArrayList<>();
    boolean open = false;
    for (String line : lines) {
      String text = line.strip();
      if (text.startsWith(end)) {
        open = false;
      } else if (text.startsWith(mark + "region: classify a photo")) {
        open = true;
      } else if (open && !text.isEmpty()) {
        inside.add(text);
      }
    }
    return inside;
  }
}
