package org.food4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.food4j.cli.Food;
import org.food4j.cli.terminal.Screen;
import org.food4j.data.manifest.Labels;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.data.synthetic.DrawnDishes;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.onnx.ModelCard;
import org.food4j.models.onnx.OnnxModelFile;
import org.food4j.models.onnx.export.ExportOptions;
import org.food4j.models.onnx.export.OnnxExporter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One network in every form that {@code food quantize} makes, side by side, each measurement in a
 * process of its own.
 */
@Tag("slow")
class FormsBenchmarkTest {
  private static final int SIZE = 32;
  private static final Map<String, String> FORMS =
      Map.of(
          "fp16", "onnx float16",
          "static", "onnx int8 static",
          "dynamic", "onnx int8 dynamic",
          "weights", "onnx int8 weights");

  private Screen screen;

  @Test
  void bench_ofEveryForm_measuresAndAdvisesOnAll(@TempDir Path folder) throws IOException {
    Path photos = folder.resolve("photos");
    new DrawnDishes(5).write(photos, 2);
    Labels labels = DrawnDishes.labels();
    Path model = folder.resolve("float.onnx");
    OnnxModelFile.write(
        model,
        new OnnxExporter()
            .export(
                Architectures.named("se_cnn").graph(new NetworkSpec(labels.size(), SIZE), 1),
                ExportOptions.photos(SIZE)),
        ModelCard.of(labels, Preprocessing.imagenet(SIZE)));
    List<String> bench = new ArrayList<>(List.of("bench", "--model", model.toString()));
    for (String mode : FORMS.keySet().stream().sorted().toList()) {
      String file = folder.resolve(mode + ".onnx").toString();
      run(
          "quantize",
          "--model",
          model.toString(),
          "--mode",
          mode,
          "--out",
          file,
          "--data",
          photos.toString());
      bench.addAll(List.of("--model", file));
    }
    Path out = folder.resolve("bench");
    bench.addAll(List.of("--data", photos.toString(), "--out", out.toString()));
    bench.addAll(List.of("--batches=1", "--rounds=1", "--calls=5", "--seconds=0", "--warm-up=0"));
    bench.add("--threads=1");
    run(bench.toArray(String[]::new));

    JsonNode results = new JsonMapper().readTree(out.resolve("results.json").toFile());
    assertThat(results.get("results")).hasSize(5);
    for (JsonNode row : results.get("results")) {
      String mode = row.get("model").asText().replace(".onnx", "");
      assertThat(row.get("form").asText()).isEqualTo(FORMS.getOrDefault(mode, "onnx float32"));
      assertThat(row.get("p50_ms").asDouble()).as(mode).isPositive();
      assertThat(row.get("top1_agreement").asDouble()).as(mode).isGreaterThan(0.7);
      assertThat(screen.out()).contains(row.get("model").asText());
      if (mode.equals("fp16") && row.get("speedup_low").asDouble() <= 1) {
        // ONNX Runtime's CPU provider has few float16 kernels: smaller, hardly ever faster
        assertThat(screen.out().lines().filter(line -> line.startsWith("ONNX float16: ")))
            .singleElement(STRING)
            .containsAnyOf("not for speed", "do not");
      }
    }
    String report = Files.readString(out.resolve("report.md"));
    assertThat(report)
        .contains("## Verdict", "## Latency and throughput", "## Accuracy and agreement");
    for (String form :
        List.of("float32", "float16", "int8 static", "int8 dynamic", "int8 weights")) {
      assertThat(report).contains("| ONNX " + form + " | 1 |");
    }
  }

  private void run(String... arguments) {
    screen = Screen.piped();
    assertThat(Food.run(screen.terminal(), arguments)).as(() -> screen.err()).isZero();
  }
}
