// # 5. Grad-CAM: where does it look?
//
// A right answer for the wrong reason fails on the next photo. Grad-CAM (Selvaraju et al. 2017)
// asks the gradients: which feature maps, if stronger, would have made this class more probable,
// and where in the photo were they active? The result is a map of heat over the photo.

import java.nio.file.*;
import java.util.*;
import java.util.stream.*;
import org.food4j.data.manifest.*;
import org.food4j.data.page.*;
import org.food4j.data.photo.*;
import org.food4j.data.picture.*;
import org.food4j.data.preprocess.*;
import org.food4j.data.synthetic.*;
import org.food4j.models.explain.*;
import org.food4j.models.explain.graph.*;
import org.food4j.notebook.Workbench;
import org.food4j.train.evaluate.*;
import org.food4j.train.run.*;

Workbench bench = Workbench.of("05-grad-cam");
Dataset dataset = bench.dataset();
RunDirectory run = bench.trained();
PhotoExplainer explainer = run.explainer(bench.decoder());

// A map is as coarse as the stage that it is taken from. The last stage of this network, at 64
// pixels, has 2 x 2 cells: too coarse to see anything. We look from the one before, with 4 x 4; for
// a network of 224 pixels the last one would do. All pictures below are interpolated from so few
// cells: an edge of the heat is not an edge that the network saw.
//
// One photo first: what the network saw, what speaks for its answer, and the answers. Black is cold
// and yellow is hot, relative to the hottest place of the same photo.

Optional<String> stage = Optional.of("stages.2");

Explanation explain(ScaledPhoto photo, OptionalInt label, Optional<String> from) {
  return explainer.explain(photo, label, from, ChannelWeighting.GRAD_CAM);
}

ScaledPhoto decode(ManifestEntry entry) throws Exception {
  return explainer.decode(dataset.photo(entry));
}

ManifestEntry entry = bench.testPhotos(dataset, 1).get(0);
Explanation explanation = explain(decode(entry), OptionalInt.empty(), stage);
ExplanationPicture.write(explanation, bench.file("one-photo.png"));
bench.show("one-photo", javax.imageio.ImageIO.read(bench.file("one-photo.png").toFile()));

// A photo of each class: above as the network saw it, below the heat for its answer.

List<PhotoGrid.Cell> above = new ArrayList<>(), below = new ArrayList<>(), cells = new ArrayList<>();
for (ManifestEntry each : bench.testPhotos(dataset, 1)) {
  Explanation of = explain(decode(each), OptionalInt.empty(), stage);
  String name = dataset.labels().get(each.label()).displayName();
  above.add(new PhotoGrid.Cell(of.crop(), "is " + name));
  below.add(new PhotoGrid.Cell(of.overlay(), "says " + of.explained().displayName()));
}
int perRow = Math.min(5, above.size());
for (int i = 0; i + perRow <= Math.min(10, above.size()); i += perRow) {
  cells.addAll(above.subList(i, i + perRow));
  cells.addAll(below.subList(i, i + perRow));
}
bench.show("classes", new PhotoGrid(112, perRow, cells));

// **Deeper is coarser, and closer to the answer.** The same photo seen from each stage: early ones
// answer to spots and edges, the last one has hardly any places left to point at.

List<PhotoGrid.Cell> depth = new ArrayList<>();
depth.add(new PhotoGrid.Cell(explanation.crop(), "the photo"));
for (String from : List.of("stages.0", "stages.1", "stages.2", "stages.3")) {
  Explanation of = explain(decode(entry), OptionalInt.empty(), Optional.of(from));
  String size = "%d x %d".formatted(of.cells().width(), of.cells().height());
  depth.add(new PhotoGrid.Cell(of.overlay(), from + ", " + size));
}
bench.show("stages", new PhotoGrid(128, 5, depth));

// **Mistakes.** The answers that were wrong with the most certainty, with what spoke for the wrong
// class. Often one sees at once what was mistaken for what.

Evaluation evaluation = run.evaluation();
List<PhotoGrid.Cell> wrong = new ArrayList<>();
for (PhotoResult mistake : evaluation.surestMistakes(6)) {
  ScaledPhoto photo = explainer.decode(dataset.photoRoot().resolve(mistake.path()));
  Explanation of = explain(photo, OptionalInt.empty(), stage);
  String actual = dataset.labels().get(mistake.actual()).displayName();
  wrong.add(
      new PhotoGrid.Cell(of.overlay(), "%s, not %s".formatted(of.explained().displayName(), actual)));
}
bench.print("%d of %d test photos are answered wrongly%n",
    evaluation.photos() - evaluation.correct(), evaluation.photos());
if (!wrong.isEmpty()) bench.show("mistakes", new PhotoGrid(160, 3, wrong));

// **Is the heat on the food?** Nobody knows for a photo from the web. Of a drawn dish the library
// knows where it lies. On sixty dishes that the network has never seen: the share of heat inside the
// dish's box, how often the hottest place lies there (the pointing game of Zhang et al. 2016), and
// the share of the area that the box takes. A map that is no better than a blanket has all three
// alike.

Box seen(DrawnDish dish, Preprocessing preprocessing) {
  int size = preprocessing.inputSize();
  Photo photo = dish.photo();
  Box box = dish.box();
  double ratio =
      (double) preprocessing.resizeShorterSide() / Math.min(photo.width(), photo.height());
  double left = (photo.width() * ratio - size) / 2, top = (photo.height() * ratio - size) / 2;
  double x = Math.max(0, box.x() * ratio - left), y = Math.max(0, box.y() * ratio - top);
  double right = Math.min(size, (box.x() + box.width()) * ratio - left);
  double bottom = Math.min(size, (box.y() + box.height()) * ratio - top);
  return new Box(x, y, right - x, bottom - y);
}

boolean isHottestInside(HeatMap heat, Box box) {
  float[] values = heat.values();
  int hottest = 0;
  for (int i = 0; i < values.length; i++) if (values[i] > values[hottest]) hottest = i;
  double x = hottest % heat.width() + 0.5, y = hottest / heat.width() + 0.5;
  boolean across = x >= box.x() && x < box.x() + box.width();
  return across && y >= box.y() && y < box.y() + box.height();
}

if (bench.isDrawn()) {
  DrawnDishes unseen = new DrawnDishes(Workbench.SEED + 1000);
  Preprocessing preprocessing = run.preprocessing();
  double area = (double) preprocessing.inputSize() * preprocessing.inputSize();
  List<BarChart.Bar> bars = new ArrayList<>();
  for (String from : List.of("stages.1", "stages.2", "stages.3")) {
    List<Double> gains = new ArrayList<>();
    double inside = 0, boxes = 0, hits = 0;
    for (int i = 0; i < 60; i++) {
      DrawnDish dish = unseen.draw(i % 10, i / 10);
      Explanation of =
          explain(ScaledPhoto.full(dish.photo()), OptionalInt.of(i % 10), Optional.of(from));
      if (of.heat().isCold()) continue;
      Box place = seen(dish, preprocessing);
      double heat = of.heat().shareInside(place), box = place.width() * place.height() / area;
      inside += heat;
      boxes += box;
      hits += isHottestInside(of.heat(), place) ? 1 : 0;
      gains.add(heat - box);
    }
    int maps = gains.size();
    bars.add(new BarChart.Bar(from + ": heat inside the box", inside / maps, 1));
    bars.add(new BarChart.Bar(from + ": hottest place inside the box", hits / maps, 2));
    bars.add(new BarChart.Bar(from + ": area of the box", boxes / maps, 0));
    double mean = gains.stream().mapToDouble(gain -> gain).average().orElse(0);
    double squares = gains.stream().mapToDouble(gain -> (gain - mean) * (gain - mean)).sum();
    double half = 1.96 * Math.sqrt(squares / (maps - 1) / maps);
    String verdict =
        mean - half > 0 ? "more than a blanket has"
            : mean + half < 0 ? "less than a blanket has" : "no more than a blanket may have";
    bench.print("%s: the heat inside is %+.1f points from the area (95 %% interval %+.1f to %+.1f,"
        + " %d photos), %s; the hottest place is inside for %.0f %%%n",
        from, 100 * mean, 100 * (mean - half), 100 * (mean + half), maps, verdict,
        100 * hits / maps);
  }
  bench.show("heat-on-food", new BarChart("Is the heat on the food?", Unit.PERCENT, bars));
}
