package org.food4j.train.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.food4j.data.manifest.Labels;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.data.synthetic.DrawnDishes;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.inference.PhotoClassifier;
import org.food4j.models.inference.Prediction;
import org.food4j.models.onnx.ModelCard;
import org.food4j.models.onnx.OnnxModelFile;
import org.food4j.models.onnx.export.ExportOptions;
import org.food4j.models.onnx.export.OnnxExporter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 20 drawn dishes and a file that is none, by a network with random weights. */
class BatchPredictionTest {
  private static final int SIZE = 32;

  @TempDir private static Path folder;
  private static SparkCluster spark;
  private static Path model;
  private static Path photos;

  @BeforeAll
  static void start() throws Exception {
    photos = folder.resolve("photos");
    new DrawnDishes(5).write(photos, 2);
    Files.writeString(photos.resolve("broken, so to say.jpg"), "no photo");
    Labels labels = DrawnDishes.labels();
    model = folder.resolve("model.onnx");
    OnnxModelFile.write(
        model,
        new OnnxExporter()
            .export(
                Architectures.named("se_cnn").graph(new NetworkSpec(labels.size(), SIZE), 1),
                ExportOptions.photos(SIZE)),
        ModelCard.of(labels, Preprocessing.imagenet(SIZE)));
    spark = LocalSpark.open(2);
  }

  @AfterAll
  static void stop() {
    if (spark != null) {
      spark.close();
    }
  }

  private static List<String> lines(Path out) throws Exception {
    assertThat(out.resolve("_SUCCESS")).exists();
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(out)) {
      for (Path part :
          files.filter(f -> f.getFileName().toString().startsWith("part-")).sorted().toList()) {
        lines.addAll(Files.readAllLines(part));
      }
    }
    return lines;
  }

  @Test
  void answers_asJsonLines_areThoseOfTheModelByItself_inTheOrderOfPaths() throws Exception {
    Path out = folder.resolve("jsonl");
    BatchPrediction.Outcome outcome =
        new BatchPrediction(model, photos.toString(), out.toString(), AnswerFormat.JSONL, 3)
            .run(spark);

    assertThat(outcome).isEqualTo(new BatchPrediction.Outcome(21, 1));
    List<JsonNode> answers = new ArrayList<>();
    for (String line : lines(out)) {
      answers.add(new JsonMapper().readTree(line));
    }
    assertThat(answers).hasSize(21);
    assertThat(answers.stream().map(answer -> answer.get("photo").asText())).isSorted();
    try (PhotoClassifier classifier = PhotoClassifier.open(model, new NativePhotoDecoder())) {
      for (JsonNode answer : answers) {
        Path photo = Path.of(java.net.URI.create(answer.get("photo").asText().replace(" ", "%20")));
        if (photo.getFileName().toString().startsWith("broken")) {
          assertThat(answer.get("error").asText()).isNotEmpty();
          assertThat(answer.has("predictions")).isFalse();
          continue;
        }
        List<Prediction> expected = classifier.classify(photo, 3);
        assertThat(answer.get("none_of_these").asBoolean()).isFalse();
        assertThat(answer.get("predictions")).hasSize(3);
        for (int place = 0; place < 3; place++) {
          JsonNode found = answer.get("predictions").get(place);
          assertThat(found.get("label").asText()).isEqualTo(expected.get(place).label().name());
          assertThat(found.get("probability").floatValue())
              .isCloseTo(expected.get(place).probability(), within(1e-5f));
        }
      }
    }
  }

  @Test
  void answers_asCsv_fromAHadoopFileSystem_haveAHeaderInEachPart() throws Exception {
    Path out = folder.resolve("csv");
    new BatchPrediction(model, LocalSpark.MOUNTED + photos, out.toString(), AnswerFormat.CSV, 1)
        .run(spark);

    List<String> lines = lines(out);
    assertThat(lines).hasSize(21 + 2);
    assertThat(lines)
        .filteredOn("photo,none_of_these,error,label_1,probability_1"::equals)
        .hasSize(2);
    assertThat(lines)
        .filteredOn(line -> line.startsWith("\"viewfs:"))
        .singleElement()
        .asString()
        .contains("broken, so to say.jpg\",,");
  }

  @Test
  void outThatIsThere_isRefused_beforeAnythingIsPredicted() {
    assertThatThrownBy(
            () ->
                new BatchPrediction(
                        model, photos.toString(), folder.toString(), AnswerFormat.CSV, 1)
                    .run(spark))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is something at " + folder);
  }
}
