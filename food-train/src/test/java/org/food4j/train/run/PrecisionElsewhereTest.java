package org.food4j.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.Split;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.data.scan.Progress;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.explain.ChannelWeighting;
import org.food4j.models.explain.Explanation;
import org.food4j.models.kernel.Precision;
import org.food4j.train.loop.EpochMetrics;
import org.food4j.train.loop.Trainer;
import org.food4j.train.loop.TrainingGraph;
import org.food4j.train.loss.SoftmaxCrossEntropy;
import org.food4j.train.optimizer.AdamW;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.RecipeFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.schedule.FixedSchedule;

/** What was trained in bfloat16, on a machine that cannot train so. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrecisionElsewhereTest {
  private Path folder;
  private Dataset dataset;
  private RunDirectory run;

  @BeforeAll
  void keepARun(@TempDir Path temporary) throws Exception {
    folder = temporary;
    dataset = StripedPhotos.prepare(folder);
    Recipe recipe =
        RecipeFile.read(
            "scratch",
            List.of("input_size=32", "precision=bfloat16", "batch_size=8", "warm_up_epochs=0"));
    run = RunDirectory.create(folder.resolve("run"), recipe, dataset, Preprocessing.imagenet(32));
    ComputationGraph graph =
        TrainingGraph.create(
            Architectures.named(recipe.model()),
            new NetworkSpec(3, 32).toBuilder().trainingPrecision(Precision.BFLOAT16).build(),
            new AdamW(new FixedSchedule(1e-3), 0),
            new SoftmaxCrossEntropy(),
            5);
    run.append(new EpochMetrics(1, 1, 1, 0.5, 1e-3, 1, 1, 32));
    run.saveLast(graph, Optional.empty());
    run.saveBest(graph);
  }

  private static float[] logits(Path model, Dataset dataset) throws Exception {
    List<ManifestEntry> photos = dataset.entries(Split.VALIDATION);
    try (TrainedModel opened = TrainedModel.open(model)) {
      return opened.score(dataset, photos, new NativePhotoDecoder(), Progress.NONE).logits();
    }
  }

  /** On the other machine. */
  static final class Visitor {
    private Visitor() {}

    /** Says what is refused, then the logits of the network and of its export. */
    public static void main(String[] arguments) throws Exception {
      RunDirectory run = RunDirectory.open(Path.of(arguments[0]));
      Dataset dataset = Dataset.open(Path.of(arguments[1]));
      Path onnx = Path.of(arguments[2]);
      List<String> said = new ArrayList<>();
      try {
        new Trainer(dataset, run.recipe(), new NativePhotoDecoder());
        said.add("trains");
      } catch (IllegalArgumentException e) {
        said.add(e.getMessage());
      }
      RunExport.write(run, onnx);
      ManifestEntry photo = dataset.entries(Split.VALIDATION).get(0);
      Explanation explanation =
          run.explainer(new NativePhotoDecoder())
              .explain(
                  dataset.photo(photo),
                  OptionalInt.of(1),
                  Optional.empty(),
                  ChannelWeighting.GRAD_CAM);
      said.add(explanation.explained().name());
      for (Path model : List.of(run.path(), onnx)) {
        List<String> values = new ArrayList<>();
        for (float logit : logits(model, dataset)) {
          values.add(String.valueOf(logit));
        }
        said.add(String.join(" ", values));
      }
      Files.write(Path.of(arguments[3]), said);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"AVX512_CORE", "nd4j"})
  void run_trainedInBfloat16_isUsedAndExportedWhereItCannotBeTrained(String machine)
      throws Exception {
    Path said = folder.resolve(machine + ".txt");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-Djava.awt.headless=true"));
    if (machine.equals("nd4j")) {
      command.add("-Dorg.food4j.kernels=nd4j");
    }
    command.addAll(
        List.of(
            Visitor.class.getName(),
            run.path().toString(),
            dataset.directory().toString(),
            folder.resolve(machine + ".onnx").toString(),
            said.toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    if (!machine.equals("nd4j")) {
      builder.environment().put("DNNL_MAX_CPU_ISA", machine); // oneDNN 2's name
      builder.environment().put("ONEDNN_MAX_CPU_ISA", machine);
    }
    File log = folder.resolve(machine + ".log").toFile();
    Process process = builder.redirectErrorStream(true).redirectOutput(log).start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(() -> log(log)).isZero();

    List<String> lines = Files.readAllLines(said);
    assertThat(lines.get(0)).contains("precision bfloat16 needs", "set precision to float32");
    assertThat(lines.get(1)).isEqualTo(dataset.labels().get(1).name());
    float[] here = logits(run.path(), dataset);
    for (String line : lines.subList(2, 4)) {
      String[] there = line.split(" ");
      assertThat(there).hasSameSizeAs(here);
      for (int i = 0; i < here.length; i++) {
        assertThat(Float.parseFloat(there[i])).isCloseTo(here[i], within(1e-4f));
      }
    }
    assertThat(here).doesNotContain(Float.NaN);
  }

  private static String log(File file) {
    try {
      return Files.readString(file.toPath());
    } catch (IOException e) {
      return e.toString();
    }
  }
}
