package org.food4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A network's files for tests of {@code food quantize}, and the command itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class QuantizeFixture {
  static final int SIZE = 32;

  Path folder;
  Screen screen;

  @BeforeAll
  void export(@TempDir Path temporary) throws IOException {
    folder = temporary;
    new DrawnDishes(5).write(folder.resolve("photos"), 4);
    List<String> labels;
    try (var classes = Files.list(folder.resolve("photos"))) {
      labels = classes.map(path -> path.getFileName().toString()).sorted().toList();
    }
    ModelProto network =
        new OnnxExporter()
            .export(
                Architectures.named("se_cnn").graph(new NetworkSpec(labels.size(), SIZE), 1),
                ExportOptions.photos(SIZE));
    Preprocessing preprocessing = Preprocessing.imagenet(SIZE);
    OnnxModelFile.write(
        folder.resolve("model.onnx"), network, ModelCard.of(Labels.of(labels), preprocessing));
    OnnxModelFile.write(folder.resolve("bare.onnx"), featuresFirst(network));
    Files.write(folder.resolve("labels.txt"), labels);
    Files.writeString(folder.resolve("preprocessing.json"), preprocessing.toJson());
    List<String> others = labels.stream().map(label -> label + " of others").toList();
    OnnxModelFile.write(
        folder.resolve("others.onnx"), network, ModelCard.of(Labels.of(others), preprocessing));
  }

  /** Another output before the one with the scores, which has an operator of its own. */
  private static ModelProto featuresFirst(ModelProto network) {
    ModelProto.Builder model = network.toBuilder();
    ValueInfoProto.Builder features = network.getGraph().getOutput(0).toBuilder();
    features.setName("embedding");
    model
        .getGraphBuilder()
        .addNode(
            NodeProto.newBuilder()
                .setOpType("Softsign")
                .setName("embedding")
                .addInput(network.getGraph().getOutput(0).getName())
                .addOutput("embedding"))
        .addOutput(0, features);
    return model.build();
  }

  final JsonNode json(String mode, String out, String... more) throws IOException {
    String[] arguments = java.util.Arrays.copyOf(more, more.length + 1);
    arguments[more.length] = "--json";
    assertThat(quantize(mode, out, arguments)).as(() -> screen.err()).isZero();
    return new JsonMapper().readTree(screen.out());
  }

  final int quantize(String mode, String out, String... more) {
    screen = Screen.piped();
    List<String> arguments = new ArrayList<>(List.of("quantize", "--mode", mode));
    if (!List.of(more).contains("--model")) {
      arguments.addAll(List.of("--model", path("model.onnx")));
    }
    arguments.addAll(List.of("--out", path(out)));
    arguments.addAll(List.of(more));
    return Food.run(screen.terminal(), arguments.toArray(String[]::new));
  }

  final String path(String name) {
    return folder.resolve(name).toString();
  }
}
