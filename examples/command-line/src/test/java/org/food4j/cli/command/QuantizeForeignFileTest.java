package org.food4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.food4j.cli.Food;
import org.food4j.cli.terminal.Screen;
import org.food4j.models.inference.OnnxClassifier;
import org.food4j.models.onnx.ModelHistory;
import org.food4j.models.onnx.OnnxModelFile;
import org.food4j.models.onnx.OnnxNode;
import org.food4j.models.onnx.UnreadableModelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code food quantize} does with files of other tools, and with what is said of them. */
class QuantizeForeignFileTest extends QuantizeFixture {
  private String[] said(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--model",
                path("bare.onnx"),
                "--labels",
                path("labels.txt"),
                "--preprocessing",
                path("preprocessing.json")));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  @Test
  void quantize_foreignFile_isJudgedByItsScoresAndGetsACard() throws IOException {
    JsonNode own = json("dynamic", "own.onnx", "--data", path("photos"));
    JsonNode foreign = json("dynamic", "foreign.onnx", said("--data", path("photos")));
    assertThat(foreign.get("snr_decibels").asDouble())
        .isCloseTo(own.get("snr_decibels").asDouble(), within(0.01));
    assertThat(foreign.get("float_top1")).isEqualTo(own.get("float_top1"));
    OnnxModelFile written = OnnxModelFile.read(folder.resolve("foreign.onnx"));
    assertThat(written.card()).isEqualTo(OnnxModelFile.read(folder.resolve("own.onnx")).card());
    assertThat(ModelHistory.of(written.model()).form()).isEqualTo("int8 dynamic");
    try (OnnxClassifier classifier = OnnxClassifier.open(folder.resolve("foreign.onnx"))) {
      assertThat(classifier.classes()).isEqualTo(written.card().labels().size());
    }

    JsonNode embedding =
        json(
            "dynamic",
            "embedding.onnx",
            said("--data", path("photos"), "--output", "embedding", "--scores", "logits"));
    assertThat(screen.err()).contains("has no card");
    assertThat(embedding.get("snr_decibels").asDouble())
        .isNotCloseTo(own.get("snr_decibels").asDouble(), within(0.01));
    assertThatThrownBy(() -> OnnxModelFile.readCard(folder.resolve("embedding.onnx")))
        .isInstanceOf(UnreadableModelException.class);
    assertThat(quantize("dynamic", "x.onnx", "--output", "logits")).isEqualTo(2);
    assertThat(screen.err()).contains("all models here have one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"static", "dynamic", "fp16", "weights"})
  void quantize_filesOfOthers_writesWhatIsSaidAsTheirCard(String mode) throws IOException {
    OnnxModelFile own = OnnxModelFile.read(folder.resolve("model.onnx"));
    OnnxModelFile.write(
        folder.resolve("foreign-float.onnx"), own.model().toBuilder().clearMetadataProps().build());
    String[] arguments = said("--data", path("photos"), "--validation-photos=4");
    arguments[1] = path("foreign-float.onnx");
    String out = "foreign-" + mode + ".onnx";
    json(mode, out, arguments);

    OnnxModelFile written = OnnxModelFile.read(folder.resolve(out));
    assertThat(written.card().labels()).isEqualTo(own.card().labels());
    assertThat(written.card().preprocessing()).isEqualTo(own.card().preprocessing());
    screen = Screen.piped();
    String[] predict = {"predict", "--model", path(out), path("photos"), "--json"};
    assertThat(Food.run(screen.terminal(), predict)).as(screen.err()).isZero();
    assertThat(new JsonMapper().readTree(screen.out())).hasSize(40);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--labels labels.txt", "--preprocessing imagenet:32", "--scores logits"})
  void quantize_halfOfACardSaid_isWrongUsage(String said) {
    String[] words = said.replace("labels.txt", path("labels.txt")).split(" ");
    for (String mode : List.of("fp16", "weights", "dynamic")) {
      assertThat(quantize(mode, "x.onnx", "--model", path("bare.onnx"), words[0], words[1]))
          .as(mode)
          .isEqualTo(2);
      assertThat(screen.err()).contains("takes both --labels and --preprocessing");
    }
    assertThat(folder.resolve("x.onnx")).doesNotExist();
  }

  @Test
  void quantize_softmaxAtTheEnd_isJudgedAsProbabilities() throws IOException {
    OnnxModelFile model = OnnxModelFile.read(folder.resolve("model.onnx"));
    OnnxModelFile.write(folder.resolve("softmax.onnx"), withSoftmax(model.model()), model.card());
    String[] softmax = {"--model", path("softmax.onnx"), "--data", path("photos")};

    assertThat(quantize("weights", "shares.onnx", softmax)).as(screen.err()).isZero();
    assertThat(screen.out()).contains("Probabilities on ").doesNotContain("Logits");
    assertThat(json("weights", "shares.onnx", softmax).get("scores").asText())
        .isEqualTo("probabilities");
    assertThat(quantize("weights", "shares.onnx", "--data", path("photos"))).isZero();
    assertThat(screen.out()).contains("Logits on ").doesNotContain("Probabilities");
    assertThat(json("weights", "shares.onnx").get("scores").isNull()).isTrue();

    JsonNode said =
        json("dynamic", "shares.onnx", said("--data", path("photos"), "--scores", "probabilities"));
    assertThat(said.get("scores").asText()).isEqualTo("probabilities");
  }

  private static ModelProto withSoftmax(ModelProto network) {
    ModelProto.Builder model = network.toBuilder();
    String logits = network.getGraph().getOutput(0).getName();
    model.getGraphBuilder().getOutputBuilder(0).setName("shares");
    model
        .getGraphBuilder()
        .addNode(OnnxNode.of("Softmax", logits).with("axis", 1).toProto("shares"));
    return model.build();
  }
}
