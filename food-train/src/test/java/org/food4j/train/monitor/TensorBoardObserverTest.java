package org.food4j.train.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.food4j.train.monitor.EventFile.field;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Labels;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.evaluate.PhotoResult;
import org.food4j.train.loop.EpochMetrics;
import org.food4j.train.loop.Trainer;
import org.food4j.train.loop.TrainingObserver;
import org.food4j.train.loop.TrainingResult;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.RecipeFile;
import org.food4j.train.run.RunDirectory;
import org.food4j.train.run.StripedPhotos;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A small training of two epochs of six steps, as its event file has it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TensorBoardObserverTest {
  private static final NativePhotoDecoder DECODER = new NativePhotoDecoder();
  private static final int STEPS = 6;

  /** Blue and orange, of which a cell that is all right or all wrong is full. */
  private static final int RIGHT = 0x0072b2;

  private static final int WHITE = 0xffffff;

  private Path folder;
  private Dataset dataset;
  private Recipe recipe;
  private Trainer trainer;
  private TrainingResult training;
  private final List<Double> losses = new ArrayList<>();
  private final List<Double> norms = new ArrayList<>();
  private final Map<String, double[]> parameters = new LinkedHashMap<>();
  private final Evaluation evaluation =
      new Evaluation(
          Labels.of(List.of("across", "dots", "down")),
          "test",
          0.75,
          List.of(answer(0, 0), answer(0, 0), answer(1, 1), answer(1, 2)));

  /** The values of the file's summaries, by tag and step. */
  private final Map<String, Map<Long, Message>> values = new TreeMap<>();

  private static PhotoResult answer(int actual, int predicted) {
    return new PhotoResult("photo.jpg", actual, List.of(predicted), List.of(0.9f));
  }

  @BeforeAll
  void train(@TempDir Path temporary) throws Exception {
    folder = temporary;
    dataset = StripedPhotos.prepare(folder);
    recipe =
        RecipeFile.read(
            "scratch",
            List.of(
                "input_size=32", "epochs=2", "batch_size=8", "warm_up_epochs=1", "clip_norm=1"));
    trainer = new Trainer(dataset, recipe, DECODER);
    Path run = folder.resolve("first_run");
    RunDirectory store = RunDirectory.create(run, recipe, dataset, trainer.preprocessing());
    Path file;
    try (TensorBoardObserver board = board(run)) {
      training = trainer.train(store, List.of(board, new Recording()));
      board.evaluated(evaluation, 1);
      file = board.file();
    }
    for (Message event : EventFile.read(file)) {
      if (event.hasField(event.getDescriptorForType().findFieldByName("summary"))) {
        Message value = EventFile.value(event);
        Map<Long, Message> curve =
            values.computeIfAbsent((String) field(value, "tag"), tag -> new TreeMap<>());
        assertThat(curve.put((Long) field(event, "step"), value)).isNull();
      }
    }
  }

  private TensorBoardObserver board(Path directory) throws Exception {
    return TensorBoardObserver.open(directory, recipe, dataset, trainer.preprocessing(), DECODER);
  }

  /** What the file is held against. */
  private final class Recording implements TrainingObserver {
    private ComputationGraph graph;

    @Override
    public void started(ComputationGraph trained, int epochs, int stepsPerEpoch) {
      graph = trained;
      assertThat(stepsPerEpoch).isEqualTo(STEPS);
    }

    @Override
    public void step(int epoch, int step, double loss) {
      losses.add(loss);
    }

    @Override
    public void gradientNorm(int epoch, int step, double norm) {
      norms.add(norm);
    }

    @Override
    public void epoch(EpochMetrics metrics, boolean best) {
      graph
          .paramTable()
          .forEach(
              (name, array) -> {
                INDArray flat = array.dup();
                parameters.put(
                    name + "@" + metrics.epoch() * STEPS, flat.reshape(-1).toDoubleVector());
              });
    }
  }

  private Map<Long, Float> curve(String tag) {
    Map<Long, Float> curve = new TreeMap<>();
    assertThat(values).containsKey(tag);
    values.get(tag).forEach((step, value) -> curve.put(step, (Float) field(value, "simple_value")));
    return curve;
  }

  @Test
  void loss_ofEachStep_isRecorded() {
    Map<Long, Float> expected = new TreeMap<>();
    IntStream.range(0, losses.size())
        .forEach(i -> expected.put(i + 1L, losses.get(i).floatValue()));
    assertThat(curve("loss/train")).hasSize(2 * STEPS).isEqualTo(expected);
  }

  @Test
  void gradientNorm_ofEachClippedStep_isRecorded() {
    Map<Long, Float> expected = new TreeMap<>();
    IntStream.range(0, norms.size()).forEach(i -> expected.put(i + 1L, norms.get(i).floatValue()));
    assertThat(curve("training/gradient_norm")).hasSize(2 * STEPS).isEqualTo(expected);
  }

  @Test
  void learningRate_ofEachStep_isRecorded() {
    Map<Long, Float> rates = curve("training/learning_rate");
    assertThat(rates).hasSize(2 * STEPS);
    // warm-up is a straight line over the first epoch, then the rate falls
    assertThat(rates.get(2L)).isCloseTo(2 * rates.get(1L), within(1e-9f));
    assertThat(rates.get((long) STEPS)).isEqualTo((float) recipe.learningRate());
    assertThat(rates.get(2L * STEPS)).isBetween(0f, rates.get(STEPS + 2L));
    for (EpochMetrics epoch : training.epochs()) {
      assertThat(rates.get((long) epoch.epoch() * STEPS)).isEqualTo((float) epoch.learningRate());
    }
  }

  @Test
  void end_ofAnEvaluatedTraining_isASuccess() {
    assertThat(endStatus(values.get("_hparams_/session_end_info").get(0L))).isEqualTo(1);
  }

  /** {@code HParamsPluginData.session_end_info.status}, of which there are no classes here. */
  private static int endStatus(Message value) {
    byte[] content =
        ((ByteString) field(value, "metadata", "plugin_data", "content")).toByteArray();
    assertThat(field(value, "metadata", "plugin_data", "plugin_name")).isEqualTo("hparams");
    assertThat(content[0]).as("field 4, of length").isEqualTo((byte) (4 << 3 | 2));
    assertThat(content[2]).as("field 1, a number").isEqualTo((byte) (1 << 3));
    return content[3];
  }

  @Test
  void end_ofATrainingThatFailed_isTakenAwayWhenItGoesOn(@TempDir Path run) throws Exception {
    Path first;
    try (TensorBoardObserver board = board(run)) {
      board.started(oneLayer(), 4, STEPS);
      board.step(1, 1, 1.5);
      first = board.file();
    }
    List<Message> before = EventFile.read(first);
    assertThat(endStatus(EventFile.value(before.get(before.size() - 1)))).isEqualTo(2);
    Files.write(first, new byte[] {9, 9}, StandardOpenOption.APPEND); // a half record
    try (TensorBoardObserver board = board(run)) {
      assertThat(board.file()).isNotEqualTo(first);
      assertThat(EventFile.read(first)).isEqualTo(before.subList(0, before.size() - 1));
      board.started(oneLayer(), 4, STEPS);
      board.step(1, 1, 1.5); // no epoch was whole: from the start, with nothing doubled
      board.epoch(new EpochMetrics(1, 1, 1, 0.5, 0.1, 1, 1, 32), true);
      Message second = EventFile.read(board.file()).get(1);
      assertThat(field(second, "session_log", "status")).hasToString("START");
      assertThat(field(second, "step")).isEqualTo(0L);
    }
  }

  @Test
  void metrics_ofEachEpoch_areRecordedAtItsLastStep() {
    Map<String, Map<Long, Float>> expected = new TreeMap<>();
    for (EpochMetrics epoch : training.epochs()) {
      Map<String, Double> metrics =
          Map.of(
              "training/epoch", (double) epoch.epoch(),
              "loss/train_epoch", epoch.trainLoss(),
              "loss/validation", epoch.validationLoss(),
              "top1/validation", epoch.validationTop1(),
              "training/photos_per_second", epoch.photosPerSecond());
      metrics.forEach(
          (tag, value) ->
              expected
                  .computeIfAbsent(tag, t -> new TreeMap<>())
                  .put((long) epoch.epoch() * STEPS, value.floatValue()));
    }
    assertThat(expected.get("loss/validation")).hasSize(2);
    expected.forEach((tag, points) -> assertThat(curve(tag)).as(tag).isEqualTo(points));
  }

  @Test
  void histograms_ofEachEpoch_areThoseOfTheParameters() {
    assertThat(parameters).isNotEmpty();
    List<String> seen = new ArrayList<>();
    values.forEach(
        (tag, points) ->
            points.forEach(
                (step, value) -> {
                  double count = (Double) field(value, "histo", "num");
                  if (count > 0) {
                    String key = tag.replaceFirst("/([^/]*)$", "_$1") + "@" + step;
                    seen.add(key);
                    double[] held = parameters.get(key);
                    assertThat(held).as(key).isNotNull();
                    assertThat(count).isEqualTo(held.length);
                    assertThat(field(value, "histo", "min"))
                        .isEqualTo(Arrays.stream(held).min().orElseThrow());
                    assertThat(field(value, "histo", "sum")).isEqualTo(sequentialSum(held));
                  }
                }));
    assertThat(seen).containsExactlyInAnyOrderElementsOf(parameters.keySet());
  }

  /** Streams sum with compensation. */
  private static double sequentialSum(double[] held) {
    double sum = 0;
    for (double each : held) {
      sum += each;
    }
    return sum;
  }

  @Test
  void photos_ofTheTrainingSplit_areShownOnceAsTheNetworkSeesThem() throws Exception {
    List<String> tags = values.keySet().stream().filter(tag -> tag.startsWith("photos/")).toList();
    assertThat(tags).hasSize(8).first().asString().isEqualTo("photos/1_across");
    for (String tag : tags) {
      assertThat(values.get(tag)).containsOnlyKeys(0L);
      BufferedImage photo = image(values.get(tag).get(0L));
      assertThat(photo.getWidth()).isEqualTo(32);
      assertThat(photo.getHeight()).isEqualTo(32);
    }
  }

  private static BufferedImage image(Message value) throws Exception {
    ByteString bytes = (ByteString) field(value, "image", "encoded_image_string");
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes.toByteArray()));
    assertThat(field(value, "image", "width")).isEqualTo(image.getWidth());
    assertThat(field(value, "image", "height")).isEqualTo(image.getHeight());
    return image;
  }

  @Test
  void recipe_beforeTheFirstStep_isRecorded() {
    List<?> text = (List<?>) field(values.get("recipe").get(0L), "tensor", "string_val");
    assertThat(((ByteString) text.get(0)).toStringUtf8())
        .contains("| batch_size | 8 |")
        .contains("| augmentation | standard |");
    ByteString content =
        (ByteString)
            field(
                values.get("_hparams_/session_start_info").get(0L),
                "metadata",
                "plugin_data",
                "content");
    assertThat(content.toStringUtf8()).contains("first_run").contains("label_smoothing");
    assertThat(RunTexts.hyperparameters(recipe))
        .containsEntry("batch_size", 8.0)
        .containsEntry("learning_rate", recipe.learningRate())
        .containsEntry("augmentation", "standard")
        .hasSameSizeAs(RecipeFile.describe(recipe));
  }

  @Test
  void evaluation_ofTheBestEpoch_isRecordedAtItsLastStep() throws Exception {
    assertThat(curve("evaluation/test_top1")).isEqualTo(Map.of((long) STEPS, 0.75f));
    assertThat(curve("evaluation/test_top5")).isEqualTo(Map.of((long) STEPS, 0.75f));
    assertThat(curve("evaluation/test_loss")).isEqualTo(Map.of((long) STEPS, 0.75f));
    BufferedImage matrix = image(values.get("confusion/test").get((long) STEPS));
    int cell = ConfusionPicture.cell(3);
    assertThat(matrix.getWidth()).isEqualTo(3 * cell + 1);
    int[][] colors = new int[3][3];
    for (int actual = 0; actual < 3; actual++) {
      for (int predicted = 0; predicted < 3; predicted++) {
        colors[actual][predicted] =
            matrix.getRGB(predicted * cell + cell / 2, actual * cell + cell / 2) & 0xffffff;
      }
    }
    assertThat(colors[0]).containsExactly(RIGHT, WHITE, WHITE);
    assertThat(colors[1][0]).isEqualTo(WHITE);
    assertThat(colors[1][1] & 0xff).isGreaterThan(colors[1][1] >> 16); // bluish
    assertThat(colors[1][2] & 0xff).isLessThan(colors[1][2] >> 16); // orange
    assertThat(colors[2]).containsOnly(WHITE);
    List<?> text =
        (List<?>)
            field(values.get("confusion/test/classes").get((long) STEPS), "tensor", "string_val");
    assertThat(((ByteString) text.get(0)).toStringUtf8())
        .contains("| 2 | " + evaluation.labels().get(1).displayName() + " | 2 | 1 |");
  }

  private static ComputationGraph oneLayer() {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("in")
                .addLayer("out", new OutputLayer.Builder().nIn(2).nOut(3).build(), "in")
                .setOutputs("out")
                .build());
    graph.init();
    return graph;
  }

  @Test
  void training_thatGoesOn_saysFromWhere(@TempDir Path run) throws Exception {
    try (TensorBoardObserver board = board(run)) {
      board.started(oneLayer(), 4, STEPS);
      board.step(3, 2, 1.5);
      board.step(3, 3, 1.25);
      board.epoch(new EpochMetrics(3, 1, 1, 0.5, 0.1, 1, 1, 32), true);
      // nothing is closed: as if the process had been killed after the epoch
      List<Message> events = EventFile.read(board.file());
      assertThat(field(events.get(1), "session_log", "status")).hasToString("START");
      assertThat(field(events.get(1), "step")).isEqualTo(2L * STEPS + 2);
      assertThat(field(EventFile.value(events.get(2)), "simple_value")).isEqualTo(1.5f);
      assertThat(field(events.get(2), "step")).isEqualTo(2L * STEPS + 2);
      assertThat(field(events.get(4), "step")).isEqualTo(2L * STEPS + 3);
      assertThat(field(events.get(events.size() - 1), "step")).isEqualTo(3L * STEPS);
    }
  }

  @Test
  void file_thatCannotBeWritten_isNamed(@TempDir Path run) throws Exception {
    TensorBoardObserver board = board(run);
    board.started(oneLayer(), 4, STEPS);
    board.step(1, 1, 1.5);
    board.close();
    assertThatThrownBy(() -> board.epoch(new EpochMetrics(1, 1, 1, 0, 0, 1, 1, 32), true))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(board.file().toString());
  }
}
