package org.food4j.train.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Labels;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.Split;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.models.architecture.Architectures;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.evaluate.Scores;
import org.food4j.train.loop.EpochMetrics;
import org.food4j.train.loop.TrainingDivergedException;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.run.RunDirectory;

/**
 * Writes runs as a training would: the higher the dropout, the better, by a thousandth per epoch
 * and seed; a learning rate of 9 diverges in epoch 2.
 */
final class MadeUpTraining implements TrialTraining, SweepObserver {
  static final int PHOTOS = 50;

  final List<String> calls = new ArrayList<>();
  private final Dataset dataset;

  /** Ends the process, as it were, before the call of that number, from 0. */
  int killedBefore = Integer.MAX_VALUE;

  MadeUpTraining(Dataset dataset) {
    this.dataset = dataset;
  }

  static Dataset dataset(Path folder, String fingerprint) {
    return new Dataset(
        folder.resolve("dataset"),
        folder.resolve("photos"),
        Labels.of(List.of("naan", "chai")),
        entries(),
        fingerprint);
  }

  private static List<ManifestEntry> entries() {
    return IntStream.range(0, PHOTOS)
        .mapToObj(
            i -> new ManifestEntry("p" + i, "p" + i + ".jpg", i % 2, Split.TEST, 1, 1, "", "", ""))
        .toList();
  }

  @Override
  public void check(List<Recipe> recipes) {}

  @Override
  public void pause(Path run, Recipe recipe, int epochs) throws IOException {
    call("pause", run, epochs);
    train(run, recipe, epochs);
  }

  @Override
  public void finish(Path run, Recipe recipe, int epochs) throws IOException {
    call("finish", run, epochs);
    RunDirectory directory = train(run, recipe, epochs);
    // written once: networks take longer to write than all else here
    Path network = dataset.directory().resolveSibling("network.zip");
    if (Files.notExists(network)) {
      directory.saveBest(Architectures.named("se_cnn").graph(recipe.spec(2), 1));
      Files.copy(directory.bestCheckpoint(), network);
    }
    Files.copy(network, directory.bestCheckpoint(), StandardCopyOption.REPLACE_EXISTING);
    directory.writeEvaluation(evaluation(recipe));
    Files.writeString(directory.report(), "done");
  }

  private void call(String what, Path run, int epochs) {
    if (calls.size() == killedBefore) {
      throw new IllegalStateException("killed");
    }
    calls.add("%s %s %s".formatted(what, run.getFileName(), epochs));
  }

  private RunDirectory train(Path run, Recipe recipe, int epochs) throws IOException {
    RunDirectory directory =
        RunDirectory.isRun(run)
            ? RunDirectory.resume(run)
            : RunDirectory.create(run, recipe, dataset, Preprocessing.imagenet(recipe.inputSize()));
    int done = RunDirectory.hasMetrics(run) ? directory.metrics().size() : 0;
    for (int epoch = done + 1; epoch <= epochs; epoch++) {
      if (recipe.learningRate() == 9 && epoch == 2) {
        throw new TrainingDivergedException(epoch, 1, Double.NaN);
      }
      double top1 = recipe.network().dropout() + (epoch + recipe.seed()) / 1000.0;
      directory.append(new EpochMetrics(epoch, 1, 1 - top1, top1, 0.1, 30, 100, 32));
    }
    return directory;
  }

  /** Right from the first photo on, more by the seed's last digit; the rest wrong. */
  private Evaluation evaluation(Recipe recipe) {
    int right = (int) Math.round(PHOTOS * recipe.network().dropout() + recipe.seed() % 10);
    float[] logits = new float[2 * PHOTOS];
    for (int i = 0; i < PHOTOS; i++) {
      logits[2 * i + (i < right ? i % 2 : 1 - i % 2)] = 1;
    }
    return Evaluation.of(new Scores(dataset.labels(), entries(), logits), "test", 1);
  }
}
