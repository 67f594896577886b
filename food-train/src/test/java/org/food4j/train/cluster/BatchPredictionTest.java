package org.food4j.train.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
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
import org.food4j.models.onnx.UnreadableModelException;
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
    model = folder.resolve("model.onnx");
    write(model, DrawnDishes.labels());
    spark = SparkCluster.open(LocalSpark.settings("local[2,2]")); // a task has two attempts
  }

  private static void write(Path file, Labels labels) throws Exception {
    OnnxModelFile.write(
        file,
        new OnnxExporter()
            .export(
                Architectures.named("se_cnn").graph(new NetworkSpec(labels.size(), SIZE), 1),
                ExportOptions.photos(SIZE)),
        ModelCard.of(labels, Preprocessing.imagenet(SIZE)));
  }

  @AfterAll
  static void stop() {
    if (spark != null) {
      spark.close();
    }
  }

  private static BatchPrediction jsonl(Path model, String photos, Path out) {
    return new BatchPrediction(model, photos, out.toString(), AnswerFormat.JSONL, 1);
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
        Path photo = Path.of(URI.create(answer.get("photo").asText().replace(" ", "%20")));
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
        .contains("broken, so to say.jpg\",,")
        .endsWith(",,");
  }

  /** A context that lives long, as a notebook's does, and a training that ends anew. */
  @Test
  void modelThatWasWrittenAnew_answersAsItIsNow() throws Exception {
    Path changing = Files.createDirectories(folder.resolve("changing")).resolve("model.onnx");
    write(changing, DrawnDishes.labels());
    jsonl(changing, photos.toString(), folder.resolve("before")).run(spark);
    write(changing, Labels.of(List.of("yes", "no")));
    jsonl(changing, photos.toString(), folder.resolve("after")).run(spark);

    assertThat(lines(folder.resolve("before"))).noneMatch(line -> line.matches(".*\"(yes|no)\".*"));
    assertThat(lines(folder.resolve("after")))
        .filteredOn(line -> line.matches(".*\"(yes|no)\".*"))
        .hasSize(20);
  }

  @Test
  void modelThatIsNone_isRefused_byItsName() throws Exception {
    Path none = Files.writeString(folder.resolve("none.onnx"), "no model");
    assertThatThrownBy(() -> jsonl(none, photos.toString(), folder.resolve("no")).run(spark))
        .isInstanceOf(UnreadableModelException.class)
        .hasMessageContaining("none.onnx");
  }

  @Test
  void connectionThatBreaks_isNoFaultOfThePhoto_theTaskIsDoneAgain() throws Exception {
    UnreliableFiles.FAILURES.set(1);
    Path out = folder.resolve("again");
    assertThat(jsonl(model, "unreliable:" + photos, out).run(spark))
        .isEqualTo(new BatchPrediction.Outcome(21, 1));
    assertThat(UnreliableFiles.FAILURES).hasValue(0);
    assertThat(lines(out)).filteredOn(line -> line.contains("\"error\"")).hasSize(1);
  }

  @Test
  void failure_saysWhichPhotoAndWhy_andLeavesNothingInTheWay() throws Exception {
    UnreliableFiles.FAILURES.set(100);
    Path out = Files.createDirectories(folder.resolve("failing")).resolve("out");
    BatchPrediction prediction = jsonl(model, "unreliable:" + photos, out);
    try {
      assertThatThrownBy(() -> prediction.run(spark))
          .isInstanceOf(ClusterException.class)
          .hasMessageContaining("The photos of unreliable:" + photos)
          .hasMessageContaining(".jpg cannot be read: connection reset");
    } finally {
      UnreliableFiles.FAILURES.set(0);
    }
    assertThat(out.getParent()).isEmptyDirectory();
    prediction.run(spark);
    assertThat(lines(out)).hasSize(21);
    assertThat(out.getParent().toFile().list()).containsExactly("out");
  }

  @Test
  void interruption_endsTheJob_andIsStillThereAfterwards() throws Exception {
    Path out = folder.resolve("interrupted");
    Thread other = UnreliableFiles.interruptAtTheGate();
    try {
      assertThatThrownBy(() -> jsonl(model, "unreliable:" + photos, out).run(spark))
          .isInstanceOf(ClusterException.class)
          .hasMessageContaining("interrupted");
      assertThat(Thread.interrupted()).isTrue();
      LocalSpark.awaitNoJobs(spark);
    } finally {
      UnreliableFiles.gate.countDown();
      other.join();
    }
    assertThat(out).doesNotExist();
  }

  /** As where {@code out} is a folder of each machine's own. */
  @Test
  void partThatIsMissing_isTold_andNothingIsThere() throws Exception {
    Path out = Files.createDirectories(folder.resolve("unshared")).resolve("out");
    try (HadoopFolder answers = new HadoopFolder(out.toString())) {
      Path part = Path.of(URI.create(answers.unfinished())).resolve("part-00000");
      Files.createDirectories(part.getParent());
      Files.writeString(part, "");
      assertThatThrownBy(() -> answers.finish(2))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("1 of 2 parts")
          .hasMessageContaining("all machines share");
    }
    assertThat(out.getParent()).isEmptyDirectory();
  }

  @Test
  void contextOfAnother_isUsed_andStaysOpen() throws Exception {
    try (SparkCluster borrowed = SparkCluster.of(spark.context())) {
      jsonl(model, photos.toString(), folder.resolve("borrowed")).run(borrowed);
    }
    assertThat(lines(folder.resolve("borrowed"))).hasSize(21);
    assertThat(spark.context().sc().isStopped()).isFalse();
  }

  @Test
  void secondConnection_isRefused_asWhatItIs() {
    assertThatThrownBy(() -> LocalSpark.open(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("connected to local[2,2] already")
        .hasMessageContaining("SparkCluster.of");
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
