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
// a network of 224 pixels the last one would do.
//
// One photo first: what the network saw, what speaks for its answer, and the answers.

Optional<String> stage = Optional.of("stages.2");

ManifestEntry entry = bench.testPhotos(dataset, 1).get(0);
Explanation explanation = explainer.explain(dataset.photo(entry), OptionalInt.empty(), stage, ChannelWeighting.GRAD_CAM);
ExplanationPicture.write(explanation, bench.file("one-photo.png"));
bench.show("one-photo", javax.imageio.ImageIO.read(bench.file("one-photo.png").toFile()));

// A photo of each class: above as the network saw it, below the heat for its answer.

List<PhotoGrid.Cell> above = new ArrayList<>(), below = new ArrayList<>(), cells = new ArrayList<>();
for (ManifestEntry each : bench.testPhotos(dataset, 1)) {
  Explanation of = explainer.explain(dataset.photo(each), OptionalInt.empty(), stage, ChannelWeighting.GRAD_CAM);
  above.add(new PhotoGrid.Cell(of.crop(), "is " + dataset.labels().get(each.label()).displayName()));
  below.add(new PhotoGrid.Cell(of.overlay(), "says " + of.explained().displayName()));
}
int perRow = Math.min(5, above.size());
for (int i = 0; i < Math.min(10, above.size()); i += perRow) {
  cells.addAll(above.subList(i, Math.min(i + perRow, above.size())));
  cells.addAll(below.subList(i, Math.min(i + perRow, below.size())));
}
bench.show("classes", new PhotoGrid(112, perRow, cells).draw());

// **Deeper is coarser, and closer to the answer.** The same photo seen from each stage: early ones
// answer to spots and edges, the last one has hardly any places left to point at.

List<PhotoGrid.Cell> depth = new ArrayList<>();
depth.add(new PhotoGrid.Cell(explanation.crop(), "the photo"));
for (String from : List.of("stages.0", "stages.1", "stages.2", "stages.3")) {
  Explanation of = explainer.explain(dataset.photo(entry), OptionalInt.empty(), Optional.of(from), ChannelWeighting.GRAD_CAM);
  depth.add(new PhotoGrid.Cell(of.overlay(), "%s, %d x %d".formatted(from, of.cells().width(), of.cells().height())));
}
bench.show("stages", new PhotoGrid(128, 5, depth).draw());

// **Mistakes.** The answers that were wrong with the most certainty, with what spoke for the wrong
// class. Often one sees at once what was mistaken for what.

Evaluation evaluation = run.evaluation();
List<PhotoGrid.Cell> wrong = new ArrayList<>();
for (PhotoResult mistake : evaluation.surestMistakes(6)) {
  Explanation of = explainer.explain(dataset.photoRoot().resolve(mistake.path()), OptionalInt.empty(), stage, ChannelWeighting.GRAD_CAM);
  wrong.add(new PhotoGrid.Cell(of.overlay(), "%s, not %s".formatted(of.explained().displayName(), dataset.labels().get(mistake.actual()).displayName())));
}
bench.print("%d of %d test photos are answered wrongly%n", evaluation.photos() - evaluation.correct(), evaluation.photos());
if (!wrong.isEmpty()) bench.show("mistakes", new PhotoGrid(150, 3, wrong).draw());

// **Is the heat on the food?** Nobody knows for a photo from the web. Of a drawn dish the library
// knows where it lies: the share of heat inside the dish's box, on dishes that the network has never
// seen, against the share of the area that the box takes. If both were equal, the map would be no
// better than a blanket.

Box seen(DrawnDish dish, Preprocessing preprocessing) {
  int size = preprocessing.inputSize();
  double ratio = (double) preprocessing.resizeShorterSide() / Math.min(dish.photo().width(), dish.photo().height());
  double left = (dish.photo().width() * ratio - size) / 2, top = (dish.photo().height() * ratio - size) / 2;
  double x = Math.max(0, dish.box().x() * ratio - left), y = Math.max(0, dish.box().y() * ratio - top);
  double right = Math.min(size, (dish.box().x() + dish.box().width()) * ratio - left);
  double bottom = Math.min(size, (dish.box().y() + dish.box().height()) * ratio - top);
  return new Box(x, y, right - x, bottom - y);
}

if (bench.isDrawn()) {
  DrawnDishes unseen = new DrawnDishes(Workbench.SEED + 1000);
  Preprocessing preprocessing = run.preprocessing();
  double area = (double) preprocessing.inputSize() * preprocessing.inputSize();
  List<BarChart.Bar> bars = new ArrayList<>();
  for (String from : List.of("stages.1", "stages.2", "stages.3")) {
    double heat = 0, box = 0;
    int maps = 0;
    for (int i = 0; i < 60; i++) {
      DrawnDish dish = unseen.draw(i % 10, i / 10);
      Explanation of = explainer.explain(ScaledPhoto.full(dish.photo()), OptionalInt.of(i % 10), Optional.of(from), ChannelWeighting.GRAD_CAM);
      if (of.heat().isCold()) continue;
      Box place = seen(dish, preprocessing);
      heat += of.heat().shareInside(place);
      box += place.width() * place.height() / area;
      maps++;
    }
    bars.add(new BarChart.Bar("heat in the box, from " + from, heat / maps, heat / maps, "on %.0f %% of the area".formatted(100 * box / maps), bars.size()));
    bench.print("%s: %.0f %% of the heat on %.0f %% of the area, %d photos%n", from, 100 * heat / maps, 100 * box / maps, maps);
  }
  bench.show("heat-on-food", ChartPicture.of(new BarChart("Is the heat on the food?", Unit.PERCENT, bars)));
}
