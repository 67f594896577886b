package org.food4j.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.bench.compare.ExportCheck;
import org.food4j.bench.result.Agreement;
import org.food4j.bench.result.Benchmark;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.Split;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.photo.Photo;
import org.food4j.data.scan.Rejection;
import org.food4j.data.synthetic.DrawnDishes;
import org.food4j.models.explain.Explanation;
import org.food4j.models.inference.Answer;
import org.food4j.models.inference.PhotoClassifier;
import org.food4j.models.onnx.ModelCard;
import org.food4j.models.onnx.OnnxModelFile;
import org.food4j.models.weights.WeightExport;
import org.food4j.models.weights.WeightsCard;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.evaluate.McNemar;
import org.food4j.train.loop.EpochMetrics;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.run.RunDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What each sample gives back, on one folder of drawn dishes. */
@ExtendWith(SharedFolder.class)
class SamplesTest {
  @Test
  void sample01_onADrawnDish_printsFiveAnswersInOrder(SampleFolder folder) throws IOException {
    List<String> lines =
        Printed.by(() -> Sample01ClassifyPhoto.main(new String[] {folder.path().toString()}));
    assertThat(lines).hasSize(7);
    assertThat(lines.get(1)).startsWith("The photo ").endsWith(".jpg:");
    List<String> answers = lines.subList(2, 7);
    assertThat(answers).allMatch(line -> line.matches(" *\\d+\\.\\d %  [A-Z].*"));
    assertThat(answers.stream().map(line -> -Double.parseDouble(line.split("%", 2)[0])).toList())
        .isSorted();
  }

  @Test
  void sample02_onAFolderWithFaults_splitsTheRestAndSaysWhatIsLeftOut(
      SampleFolder folder, @TempDir Path out) throws IOException {
    Dataset dataset = Sample02PrepareDataset.prepare(folder.photos(), out.resolve("dataset"));
    assertThat(dataset.classCounts(Split.TRAIN)).containsOnly(32);
    assertThat(dataset.classCounts(Split.TEST)).containsOnly(8);
    assertThat(dataset.rejections().stream().map(Rejection::path).toList())
        .contains(
            "pizza/broken-download.jpg", "burger/burger-0000.jpg", "sandwich/or a sandwich.jpg")
        .containsAnyOf("pizza/copy of pizza.jpg", "pizza/pizza-0000.jpg");
    Map<String, Split> splits = new HashMap<>();
    dataset.entries().forEach(entry -> splits.put(entry.path(), entry.split()));
    assertThat(dataset.lookAlikes())
        .isNotEmpty()
        .filteredOn(pair -> splits.keySet().containsAll(List.of(pair.path(), pair.other())))
        .allMatch(pair -> splits.get(pair.path()) == splits.get(pair.other()));
  }

  @Test
  void sample03_run_keepsEveryEpochAndLearns(SampleFolder folder) throws IOException {
    RunDirectory run = folder.run();
    List<EpochMetrics> epochs = run.metrics();
    assertThat(epochs).hasSizeBetween(6, 10); // it may stop early
    assertThat(epochs.get(epochs.size() - 1).trainLoss())
        .isLessThan(epochs.get(0).trainLoss() / 1.5);
    assertThat(run.bestCheckpoint()).isRegularFile();
  }

  @Test
  void sample04_evaluation_isAboveChanceWithItsInterval(SampleFolder folder) throws IOException {
    Evaluation evaluation = Sample04Evaluate.evaluate(folder.run().path(), folder.dataset());
    assertThat(evaluation.photos()).isEqualTo(80);
    assertThat(evaluation.top1Interval().low()).isGreaterThan(0.1); // ten classes
    assertThat(evaluation.top1())
        .isBetween(evaluation.top1Interval().low(), evaluation.top1Interval().high());
  }

  @Test
  void sample04_printed_hasARowOfTheConfusionMatrixForEachClass(SampleFolder folder)
      throws IOException {
    List<String> lines =
        Printed.by(() -> Sample04Evaluate.main(new String[] {folder.path().toString()}));
    for (String dish : DrawnDishes.labels().asList().stream().map(l -> l.displayName()).toList()) {
      assertThat(lines).anyMatch(line -> line.matches(dish + " *( {3}\\.| +\\d+){10}"));
    }
  }

  @Test
  void sample05_ownNetwork_isTrainedExportedAndExplained(SampleFolder folder, @TempDir Path out)
      throws IOException {
    Agreement agreement = Sample05OwnArchitecture.trainAndExport(folder, out);
    assertThat(agreement.photos()).isEqualTo(80);
    assertThat(agreement.within(ExportCheck.TOLERANCE)).isTrue();
    RunDirectory run = RunDirectory.open(out.resolve("run"));
    assertThat(Sample10Explain.gradCam(run, folder.unseenPhoto()).vertex()).contains("stages.2");
  }

  @Test
  void sample06_ownLayer_learnsAndIsExported(SampleFolder folder, @TempDir Path out)
      throws IOException {
    RunDirectory run = Sample06OwnLayer.train(folder, out.resolve("run"));
    assertThat(Sample06OwnLayer.power(run))
        .isNotCloseTo(PowerMeanPooling.FIRST_POWER, within(1e-4))
        .isCloseTo(PowerMeanPooling.FIRST_POWER, within(1.0));
    Agreement agreement = Sample06OwnLayer.export(run, folder.dataset(), out.resolve("model.onnx"));
    assertThat(agreement.within(ExportCheck.TOLERANCE)).isTrue();
  }

  @Test
  void sample07_steam_whitensTheTopAlone() {
    Photo grey = new Photo(4, 100, filled(3 * 4 * 100, (byte) 100));
    Photo steamed = new Steam(1).apply(grey, new Random(1));
    double density = new Random(1).nextDouble();
    assertThat(steamed.rgb()[0] & 0xff).isCloseTo((int) (100 + 155 * density), within(1));
    assertThat(steamed.rgb()[3 * 4 * 99] & 0xff).isCloseTo(100, within(2));
    assertThat(grey.rgb()).containsOnly(100);
  }

  @Test
  void sample07_views_showEvaluationAndDifferentAugmentations(SampleFolder folder)
      throws IOException {
    BufferedImage views = Sample07OwnAugmentation.views(folder.unseenPhoto());
    double[] brightness =
        DoubleStream.iterate(0, i -> i + 1).limit(6).map(i -> top(views, (int) i)).toArray();
    assertThat(brightness).doesNotHaveDuplicates();
    assertThat(DoubleStream.of(brightness).max().orElseThrow()).isGreaterThan(brightness[0]);
  }

  @Test
  void sample07_fit_learnsFromTheOwnPipeline(SampleFolder folder) throws IOException {
    ComputationGraph network = OwnTraining.network(10);
    double first = Sample07OwnAugmentation.fit(network, folder.dataset(), 1);
    assertThat(Sample07OwnAugmentation.fit(network, folder.dataset(), 2)).isLessThan(first);
  }

  @Test
  void sample08_newHead_learnsAndReadsFeaturesTheSecondTime(SampleFolder folder, @TempDir Path out)
      throws IOException {
    Path weights = out.resolve("dishes.safetensors");
    WeightExport.save(folder.run().best(), weights, WeightsCard.EMPTY);
    Dataset leaves = Sample12OtherDomain.leaves(folder);
    Recipe recipe = Sample08Transfer.recipe(folder, weights);
    Path features = out.resolve("features.safetensors");
    Sample08Transfer.Counter first = new Sample08Transfer.Counter();
    RunDirectory run =
        Sample08Transfer.newHead(leaves, recipe, features, out.resolve("first"), first);
    assertThat(first.photos).isPositive();
    // more than half of the leaves are healthy: always saying so gets no further than that
    assertThat(Sample04Evaluate.evaluate(run.path(), leaves).top1()).isGreaterThan(0.6);
    Sample08Transfer.Counter second = new Sample08Transfer.Counter();
    RunDirectory again =
        Sample08Transfer.newHead(leaves, recipe, features, out.resolve("second"), second);
    assertThat(second.photos).isZero();
    assertThat(again.metrics()).hasSameSizeAs(run.metrics());
  }

  @Test
  void sample09_forms_areSmallerAndAnswerAlike(SampleFolder folder, @TempDir Path out)
      throws IOException {
    Path optimised = Sample09OptimiseAndQuantise.optimise(folder.model(), out.resolve("o.onnx"));
    Dataset dataset = folder.dataset();
    Path int8 = Sample09OptimiseAndQuantise.quantise(optimised, dataset, out.resolve("q.onnx"));
    assertThat(Files.size(int8)).isLessThan(Files.size(optimised) / 3);
    assertThat(OnnxModelFile.readCard(int8).labels()).isEqualTo(dataset.labels());
    McNemar same = Sample09OptimiseAndQuantise.compare(folder.model(), optimised, dataset);
    assertThat(same.agreement()).isEqualTo(1);
    McNemar close = Sample09OptimiseAndQuantise.compare(folder.model(), int8, dataset);
    assertThat(close.agreement()).isGreaterThan(0.85);
    assertThat(close.significant()).isFalse();
  }

  @Test
  void sample10_bothMaps_explainTheSameClassOfTheSamePhoto(SampleFolder folder, @TempDir Path out)
      throws IOException {
    Path photo = folder.unseenPhoto();
    Explanation gradients = Sample10Explain.gradCam(folder.run(), photo);
    Explanation file =
        Sample10Explain.classActivation(folder.run(), out.resolve("cam.onnx"), photo);
    assertThat(gradients.explained()).isEqualTo(file.explained());
    assertThat(gradients.prediction().probability())
        .isCloseTo(file.prediction().probability(), within(1e-4f));
    // stage 2 of a network for 48 px has cells of 16 px, the last maps of 32
    assertThat(gradients.cells().width()).isEqualTo(3);
    assertThat(file.cells().width()).isEqualTo(2);
    assertThat(gradients.overlay().width()).isEqualTo(gradients.crop().width());
  }

  @Test
  void sample11_benchmark_findsThatBothFormsAgree(SampleFolder folder) throws IOException {
    Benchmark benchmark =
        Sample11Benchmark.measure(List.of(folder.run().path(), folder.model()), folder.dataset());
    assertThat(benchmark.models()).hasSize(2);
    assertThat(benchmark.batches()).containsExactly(1, 8);
    assertThat(
            Agreement.of(benchmark.models().get(0).scores(), benchmark.models().get(1).scores())
                .within(ExportCheck.TOLERANCE))
        .isTrue();
    assertThat(benchmark.models())
        .allMatch(model -> model.batch(8).orElseThrow().photosPerSecond() > 0);
  }

  @Test
  void sample12_leaves_carryMetadataWeightsAndAThreshold(SampleFolder folder, @TempDir Path out)
      throws IOException {
    Dataset leaves = Sample12OtherDomain.leaves(folder);
    int[] training = leaves.classCounts(Split.TRAIN);
    assertThat(training[0]).isGreaterThan(2 * training[2]); // as they are, no copies
    Path model = Sample12OtherDomain.train(folder, out);
    ModelCard card = OnnxModelFile.readCard(model);
    assertThat(card.labels().get(1).metadata())
        .containsEntry("latin", "Phytophthora infestans")
        .containsEntry("treatment", "copper");
    assertThat(card.threshold()).isPresent();
    assertThat(Sample04Evaluate.evaluate(model, leaves).macro().f1()).isGreaterThan(0.7);
    try (PhotoClassifier classifier = PhotoClassifier.open(model, new NativePhotoDecoder())) {
      for (ManifestEntry dish : folder.dataset().entries(Split.TEST)) {
        Answer answer = classifier.answer(folder.dataset().photo(dish), 1);
        assertThat(answer.noneOfThese()).isEqualTo(!card.accepts(answer.best().probability()));
      }
    }
  }

  private static double top(BufferedImage views, int view) {
    double sum = 0;
    for (int y = 0; y < 8; y++) {
      for (int x = 0; x < 48; x++) {
        int rgb = views.getRGB(view * 48 + x, y);
        sum += (rgb >> 16 & 0xff) + (rgb >> 8 & 0xff) + (rgb & 0xff);
      }
    }
    return sum;
  }

  private static byte[] filled(int length, byte value) {
    byte[] bytes = new byte[length];
    java.util.Arrays.fill(bytes, value);
    return bytes;
  }
}
