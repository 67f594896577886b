// # 4. Fine-tune on cached features
//
// Ten photos of a new dish are too few to train a network, but enough to teach a trained one a new
// word. Its layers up to the last stay as they are (frozen); only a new linear head is trained.
// What the frozen part makes of a photo never changes then, so it is computed once and kept: every
// epoch after that costs milliseconds.
//
// With real photos one starts from ImageNet's weights (`examples/food weights` lists some). Here the
// network is trained on seven dishes first, and then meets three that it has never seen.

import java.nio.file.*;
import java.util.*;
import java.util.stream.*;
import org.food4j.data.manifest.*;
import org.food4j.data.page.*;
import org.food4j.data.picture.*;
import org.food4j.data.prepare.*;
import org.food4j.data.split.*;
import org.food4j.models.weights.*;
import org.food4j.notebook.Workbench;
import org.food4j.train.evaluate.*;
import org.food4j.train.loop.*;
import org.food4j.train.recipe.*;
import org.food4j.train.run.*;

Workbench bench = Workbench.of("04-fine-tune");
Path photos = bench.photos();
List<String> classes;
try (Stream<Path> folders = Files.list(photos)) {
  classes =
      folders.filter(Files::isDirectory).map(f -> f.getFileName().toString()).sorted().toList();
}
int known = classes.size() - Math.max(2, 3 * classes.size() / 10);
if (known < 2) {
  throw new IllegalArgumentException("Two known classes and two new ones are four, not " + classes);
}
List<String> knownClasses = classes.subList(0, known);
List<String> newClasses = classes.subList(known, classes.size());
bench.print("known: %s%nnew:   %s%n", knownClasses, newClasses);

// A data set of some of the classes: their folders copied, then prepared.

Dataset prepare(String name, List<String> some, SplitTargets targets) throws Exception {
  Path from = Files.createDirectories(bench.file(name + "-photos"));
  for (String dish : some) {
    Path to = Files.createDirectories(from.resolve(dish));
    try (Stream<Path> files = Files.list(photos.resolve(dish))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
  Path to = bench.file(name);
  DatasetPreparation.of(from, to)
      .withTargets(targets)
      .run(org.food4j.data.scan.Progress.NONE);
  return Dataset.open(to);
}

Dataset knownDishes = prepare("known-dishes", knownClasses, new SplitTargets(60, 10, 20));
Dataset newDishes = prepare("new-dishes", newClasses, new SplitTargets(10, 5, 40));
bench.print("%d photos of known dishes to train on, %d of new ones%n",
    knownDishes.entries(Split.TRAIN).size(), newDishes.entries(Split.TRAIN).size());

// The network that knows the first of them, and its weights in a file that PyTorch reads as well.

RunDirectory pretrained = bench.trained("pretrained", knownDishes, Workbench.recipe());
Path weights = bench.file("pretrained.safetensors");
WeightExport.save(pretrained.best(), weights, WeightsCard.EMPTY);
bench.wrote(weights);

// A new head on frozen features: `freeze=backbone`. The features go into a file and are found there
// again, as long as photos, weights and preprocessing stay the same: the second setting of the head
// costs the head alone.

Path features = bench.file("features.safetensors");
List<EpochMetrics> train(Recipe recipe, Path to, TrainingCaches caches) throws Exception {
  long begin = System.nanoTime();
  Trainer trainer = new Trainer(newDishes, recipe, bench.decoder(), caches);
  RunDirectory run =
      RunDirectory.create(to, recipe, newDishes, trainer.preprocessing(), trainer.provenance());
  TrainingResult result = trainer.train(run, List.of());
  run.writeEvaluation(bench.evaluate(to, newDishes));
  double seconds = (System.nanoTime() - begin) / 1e9;
  bench.print("%-16s %5.1f s, top-1 %s%n",
      to.getFileName(), seconds, Workbench.top1(run.evaluation()));
  return result.epochs();
}
Path runs = Files.createTempDirectory(Files.createDirectories(bench.file("runs")), "try-");

Recipe head(double rate) throws Exception {
  return RecipeFile.read("head",
      List.of(
          "model=se_cnn", "input_size=64", "weights=" + RecipeFile.quoted(weights.toString()),
          "batch_size=10", "epochs=30", "learning_rate=" + rate));
}
TrainingCaches cached = new TrainingCaches(Optional.empty(), Optional.of(features));
List<EpochMetrics> headEpochs = train(head(0.01), runs.resolve("new-head"), cached);
List<EpochMetrics> slower = train(head(0.003), runs.resolve("new-head-slower"), cached);

// The same few photos, the same network, but from random weights and all of it trained.

Recipe scratch = Workbench.recipe("batch_size=10", "epochs=30", "early_stopping_patience=0");
List<EpochMetrics> scratchEpochs = train(scratch, runs.resolve("from-scratch"), TrainingCaches.NONE);

// Epoch by epoch on the validation photos, of which there are few: the test photos' figures above,
// with their intervals, are the ones to quote.

LineChart.Series curve(String name, List<EpochMetrics> epochs) {
  return new LineChart.Series(name,
      epochs.stream().map(e -> new LineChart.Point(e.epoch(), e.validationLoss())).toList());
}
bench.show("validation-loss",
    new LineChart("Loss on validation photos of new dishes", "Epoch", Unit.NUMBER,
        List.of(
            curve("new head on frozen features", headEpochs),
            curve("from scratch", scratchEpochs))));

// Is the difference more than chance? Both answered the same test photos, so McNemar's test counts
// those that only one of them got right.

Evaluation ofHead = RunDirectory.open(runs.resolve("new-head")).evaluation();
Evaluation ofScratch = RunDirectory.open(runs.resolve("from-scratch")).evaluation();
McNemar test = McNemar.of(ofHead, ofScratch);
bench.print("only the new head is right: %d photos, only from scratch: %d, p = %.2g%n",
    test.onlyFirst(), test.onlySecond(), test.pValue());
bench.show("top1",
    new BarChart("Top-1 on test photos of new dishes, with 95 % intervals", Unit.PERCENT,
        List.of(
            Workbench.top1Bar("new head on frozen features", ofHead, 0),
            Workbench.top1Bar("from scratch", ofScratch, 1))));
