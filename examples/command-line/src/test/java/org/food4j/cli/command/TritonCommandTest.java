package org.food4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.food4j.cli.Food;
import org.food4j.cli.terminal.Screen;
import org.food4j.cli.triton.TextFormat;
import org.food4j.data.manifest.Labels;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.models.onnx.ModelCard;
import org.food4j.models.onnx.OnnxGraphBuilder;
import org.food4j.models.onnx.OnnxModelFile;
import org.food4j.models.onnx.OnnxNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code food triton}, held against Triton's documented configuration. */
class TritonCommandTest {
  private static final int SIZE = 4;
  private static final List<String> NAMES = List.of("crème \"brûlée\"", "sushi", "back\\slash");

  @TempDir private Path folder;
  private Path out;
  private Screen screen;

  @BeforeEach
  void place() {
    out = folder.resolve("models");
  }

  /** The mean red, green and blue of a photo. */
  private Path model(long batch, boolean withCard) throws IOException {
    OnnxGraphBuilder graph = new OnnxGraphBuilder("test");
    String input = graph.input("input", batch, 3, SIZE, SIZE);
    String mean = graph.node("mean", OnnxNode.of("GlobalAveragePool", input));
    String flat = graph.node("flat", OnnxNode.of("Flatten", mean).with("axis", 1));
    graph.output(flat, "logits", batch, 3);
    graph.output(mean, "features", batch, 3, 1, 1);
    Path file = folder.resolve("food.onnx");
    if (withCard) {
      ModelCard card = ModelCard.of(Labels.of(NAMES), Preprocessing.imagenet(SIZE));
      OnnxModelFile.write(file, graph.build(), card.withTemperature(1.5));
    } else {
      OnnxModelFile.write(file, graph.build());
    }
    return file;
  }

  private int triton(Path model, String... more) {
    screen = Screen.piped();
    return Food.run(
        screen.terminal(),
        Stream.concat(
                Stream.of("triton", "--model", model.toString(), "--out", out.toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private Map<String, List<Object>> config() throws IOException {
    return TextFormat.read(Files.readString(out.resolve("food/config.pbtxt")));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, List<Object>> message(Object value) {
    return (Map<String, List<Object>>) value;
  }

  private static List<Object> one(Object value) {
    return List.of(value);
  }

  @Test
  void triton_modelWithCard_isWrittenAsTritonWantsIt() throws IOException {
    Path model = model(OnnxGraphBuilder.BATCH, true);

    assertThat(triton(model)).as(screen.err()).isZero();

    Map<String, List<Object>> config = config();
    assertThat(config.get("name")).isEqualTo(one("food"));
    assertThat(config.get("platform")).isEqualTo(one("onnxruntime_onnx"));
    assertThat(config.get("max_batch_size")).isEqualTo(one(16L));
    // with a batch size above 0 Triton puts the batch before the dimensions itself
    assertThat(message(config.get("input").get(0)))
        .containsOnly(
            entry("name", one("input")),
            entry("data_type", one(new TextFormat.Name("TYPE_FP32"))),
            entry("dims", List.of(3L, 4L, 4L)));
    assertThat(config.get("output")).hasSize(2);
    assertThat(message(config.get("output").get(0)))
        .containsOnly(
            entry("name", one("logits")),
            entry("data_type", one(new TextFormat.Name("TYPE_FP32"))),
            entry("dims", one(3L)),
            entry("label_filename", one("labels.txt")));
    assertThat(message(config.get("output").get(1))).doesNotContainKey("label_filename");
    assertThat(message(config.get("dynamic_batching").get(0)))
        .containsOnly(entry("max_queue_delay_microseconds", one(0L)));
    assertThat(config.keySet())
        .containsOnly(
            "name",
            "platform",
            "max_batch_size",
            "input",
            "output",
            "dynamic_batching",
            "parameters");
  }

  @Test
  void triton_filesBesideTheConfiguration_areTheModelAndItsLabels() throws IOException {
    Path model = model(OnnxGraphBuilder.BATCH, true);

    assertThat(triton(model, "--json")).as(screen.err()).isZero();

    assertThat(out.resolve("food/1/model.onnx")).hasSameBinaryContentAs(model);
    assertThat(Files.readAllLines(out.resolve("food/labels.txt"))).isEqualTo(NAMES);
    JsonNode written = new JsonMapper().readTree(screen.out());
    assertThat(written.get("most_rows").asInt()).isEqualTo(16);
    assertThat(written.get("labels").asInt()).isEqualTo(3);
  }

  @Test
  void triton_card_isReadableInTheParameters() throws IOException {
    assertThat(triton(model(OnnxGraphBuilder.BATCH, true))).as(screen.err()).isZero();

    Map<String, String> parameters = new java.util.TreeMap<>();
    for (Object entry : config().get("parameters")) {
      parameters.put(
          (String) message(entry).get("key").get(0),
          (String) message(message(entry).get("value").get(0)).get("string_value").get(0));
    }
    assertThat(parameters).containsOnlyKeys("food4j.preprocessing", "food4j.temperature");
    assertThat(parameters.get("food4j.temperature")).isEqualTo("1.5");
    assertThat(Preprocessing.fromJson(parameters.get("food4j.preprocessing")))
        .isEqualTo(Preprocessing.imagenet(SIZE));
  }

  @Test
  void triton_fixedBatch_isNotBatched() throws IOException {
    assertThat(triton(model(2, true), "--max-batch", "8")).as(screen.err()).isZero();

    assertThat(config().get("max_batch_size")).isEqualTo(one(0L));
    assertThat(config()).doesNotContainKey("dynamic_batching");
    assertThat(message(config().get("input").get(0)).get("dims"))
        .isEqualTo(List.of(2L, 3L, 4L, 4L));
    assertThat(screen.err()).contains("fixes its batch");
  }

  @Test
  void triton_batchingOptions_areInTheConfiguration() throws IOException {
    Path model = model(OnnxGraphBuilder.BATCH, true);

    assertThat(triton(model, "--max-batch", "8", "--queue-delay", "250")).isZero();
    assertThat(config().get("max_batch_size")).isEqualTo(one(8L));
    assertThat(message(config().get("dynamic_batching").get(0)))
        .containsOnly(entry("max_queue_delay_microseconds", one(250L)));
    assertThat(triton(model, "--max-batch", "0")).isEqualTo(2);
    assertThat(triton(model, "--queue-delay", "-1")).isEqualTo(2);
  }

  @Test
  void triton_modelWithoutCard_takesLabelsFromAFile() throws IOException {
    Path model = model(OnnxGraphBuilder.BATCH, false);
    Path labels = Files.write(folder.resolve("names.txt"), List.of("a", "b", "c"));

    assertThat(triton(model)).as(screen.err()).isZero();
    assertThat(screen.err()).contains("names no classes");
    assertThat(out.resolve("food/labels.txt")).doesNotExist();
    assertThat(message(config().get("output").get(0))).doesNotContainKey("label_filename");

    assertThat(triton(model, "--labels", labels.toString())).as(screen.err()).isZero();
    assertThat(Files.readAllLines(out.resolve("food/labels.txt"))).containsExactly("a", "b", "c");

    Files.write(labels, List.of("a", "b"));
    assertThat(triton(model, "--labels", labels.toString())).isEqualTo(1);
    assertThat(screen.err()).contains("3 classes", "2 labels");
    assertThat(Files.readAllLines(out.resolve("food/labels.txt"))).containsExactly("a", "b", "c");
  }

  @Test
  void triton_modelOfThatName_isReplacedAndOthersStay() throws IOException {
    Path model = model(OnnxGraphBuilder.BATCH, true);
    assertThat(triton(model)).isZero();
    assertThat(triton(model, "--name", "other")).isZero();
    Files.createDirectories(out.resolve("food/2"));
    Files.writeString(out.resolve("food/2/note.txt"), "the user's own");

    assertThat(triton(model, "--max-batch", "4")).as(screen.err()).isZero();

    assertThat(config().get("max_batch_size")).isEqualTo(one(4L));
    assertThat(out.resolve("food/2/note.txt")).exists();
    assertThat(out.resolve("other/config.pbtxt")).exists();
  }

  @Test
  void triton_placeOfSomethingElse_isLeftAlone() throws IOException {
    Path photos = Files.createDirectories(out.resolve("food"));
    Files.writeString(photos.resolve("pizza.jpg"), "");

    assertThat(triton(model(OnnxGraphBuilder.BATCH, true))).isEqualTo(1);

    assertThat(screen.err()).contains("no model of a Triton repository", "--name");
    assertThat(photos.resolve("pizza.jpg")).exists();
    assertThat(photos.resolve("config.pbtxt")).doesNotExist();
  }

  @Test
  void triton_noModel_saysSo() throws IOException {
    assertThat(triton(folder.resolve("none.onnx"))).isEqualTo(1);
    assertThat(screen.err()).contains("none.onnx", "no such file");
    Path text = Files.writeString(folder.resolve("text.onnx"), "no model");
    assertThat(triton(text)).isEqualTo(1);
    assertThat(out).doesNotExist();
    assertThat(triton(model(OnnxGraphBuilder.BATCH, true), "--name", "../up")).isEqualTo(1);
    assertThat(screen.err()).contains("'../up'");
  }
}
