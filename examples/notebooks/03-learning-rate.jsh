// # 3. Find a learning rate
//
// No setting matters more than the learning rate, and none is cheaper to find. A range test
// (Smith 2017) trains for some dozen steps while the rate grows from step to step: first nothing
// happens, then the loss falls, then it explodes. A good rate lies on the slope.

import java.nio.file.*;
import java.util.*;
import java.util.stream.*;
import org.food4j.data.manifest.*;
import org.food4j.data.page.*;
import org.food4j.data.picture.*;
import org.food4j.notebook.Workbench;
import org.food4j.train.loop.*;
import org.food4j.train.recipe.*;
import org.food4j.train.run.*;
import org.food4j.train.search.*;

// The recipe says everything about a training but the photos. Here it is the small one that the
// other notebooks use, too.

Workbench bench = Workbench.of("03-learning-rate");
Dataset dataset = bench.dataset();
Recipe recipe = Workbench.recipe();
bench.print("%s at %d px, batches of %d, %s%n",
    recipe.model(), recipe.inputSize(), recipe.batchSize(), recipe.optimization().optimizer());

// Eighty steps from a millionth to ten. Nothing of this training is kept but the curve.

LearningRateFinder finder =
    new LearningRateFinder(dataset, recipe, bench.decoder(), TrainingCaches.NONE);
RangeTest test =
    finder.run(new RangeTestSettings(1e-6, 10, 80, 4), (step, rate, loss) -> {}, List.of());
for (RangeTest.Rule rule : RangeTest.Rule.values()) {
  bench.print("%-8s %.1e%n", rule.key(), test.suggestion(rule));
}

// The rules read the curve of smoothed losses differently. *Valley*, the middle of the longest
// descent, is recommended: it does not hang on one noisy step.

double suggested = test.suggestion();
double start = test.points().get(0).smoothedLoss();
List<LineChart.Point> curve = new ArrayList<>();
test.points().forEach(p -> {
  if (p.smoothedLoss() < 1.1 * start) {
    curve.add(new LineChart.Point(Math.log10(p.learningRate()), p.smoothedLoss()));
  }
});
LineChart.Mark mark =
    new LineChart.Mark(Math.log10(suggested), "suggested: %.1e".formatted(suggested));
bench.show("range-test",
    new LineChart(
        "Range test: smoothed loss", "Learning rate", Unit.POWER_OF_TEN, Unit.NUMBER,
        List.of(new LineChart.Series("loss", curve)), List.of(mark)));

// Is it true? Three short trainings that differ in the rate alone: a thirtieth of the suggestion,
// the suggestion, and three hundred times as much.

List<LineChart.Series> losses = new ArrayList<>();
List<BarChart.Bar> accuracies = new ArrayList<>();
for (double factor : new double[] {1 / 30.0, 1, 300}) {
  String rate = String.format(Locale.ROOT, "%.1e", factor * suggested);
  Recipe four = Workbench.recipe("epochs=4", "learning_rate=" + rate);
  RunDirectory run = bench.trained("rate-" + rate, dataset, four);
  List<LineChart.Point> points =
      run.metrics().stream().map(m -> new LineChart.Point(m.epoch(), m.trainLoss())).toList();
  accuracies.add(Workbench.top1Bar("rate " + rate, run.evaluation(), losses.size()));
  losses.add(new LineChart.Series("rate " + rate, points));
}
bench.show("three-rates-loss", new LineChart("Training loss", "Epoch", Unit.NUMBER, losses));
bench.show("three-rates-top1",
    new BarChart("Top-1 on test photos after four epochs", Unit.PERCENT, accuracies));

// Too low a rate wastes the epochs, too high a rate never settles. Between them lies a wide floor,
// on which the suggestion stands rather to the safe side: with warm-up and a falling schedule, as
// in the library's recipes, some times as much may do better. That is worth a sweep, from here.
//
// The library's own page has the raw losses and the whole recipe as well.

RangeTestReport.page(recipe, test).write(bench.file("lr-find.html"));
bench.wrote(bench.file("lr-find.html"));
