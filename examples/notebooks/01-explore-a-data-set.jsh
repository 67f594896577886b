// # 1. Explore a data set
//
// Most of what goes wrong in a classifier went wrong in its photos: the same picture under two
// labels, a class that is all one restaurant, files cut off half-way, a photo and its re-compressed
// copy on both sides of the split. This notebook looks at photos before anything is trained.
//
// Without photos of your own it draws some: ten dishes, ninety photos each.

import java.nio.file.*;
import java.util.*;
import java.util.stream.*;
import org.food4j.data.manifest.*;
import org.food4j.data.page.*;
import org.food4j.data.photo.*;
import org.food4j.data.picture.*;
import org.food4j.data.prepare.*;
import org.food4j.data.preprocess.*;
import org.food4j.data.report.*;
import org.food4j.data.scan.*;
import org.food4j.data.split.*;
import org.food4j.data.transform.*;
import org.food4j.notebook.Workbench;

// A folder with a folder per class, as anybody keeps photos.

Workbench bench = Workbench.of("01-explore-a-data-set");
Path photos = bench.photos();
List<Path> classes;
try (Stream<Path> folders = Files.list(photos)) {
  classes = folders.filter(Files::isDirectory).sorted().toList();
}
bench.print("%d classes: %s%n", classes.size(),
    classes.stream().map(c -> c.getFileName().toString()).toList());

// Real folders are never clean, drawn ones are. So that there is something to find, we copy three
// classes and plant what folders of photos really hold: a file cut off half-way, a photo saved
// twice, a photo that somebody filed under another class as well, and one saved again, smaller.

Path messy = Files.createDirectories(bench.file("messy"));
List<Path> copied = new ArrayList<>();
for (Path dish : classes.subList(0, 3)) {
  Path to = Files.createDirectories(messy.resolve(dish.getFileName().toString()));
  try (Stream<Path> files = Files.list(dish)) {
    for (Path file : files.filter(Files::isRegularFile).sorted().limit(40).toList()) {
      Path copy = to.resolve(file.getFileName());
      copied.add(Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING));
    }
  }
}

Path first = copied.get(0), last = copied.get(copied.size() - 1);
byte[] whole = Files.readAllBytes(copied.get(1));
Files.write(first.resolveSibling("planted-cut-off.jpg"), Arrays.copyOf(whole, whole.length / 3));
Files.copy(copied.get(2), first.resolveSibling("planted-twice.jpg"),
    StandardCopyOption.REPLACE_EXISTING);
Files.copy(copied.get(3), last.resolveSibling("planted-other-class.jpg"),
    StandardCopyOption.REPLACE_EXISTING);
Photo original = bench.decoder().decode(Files.readAllBytes(copied.get(4)), 160).photo();
Photo small = new Resampler(Interpolation.BILINEAR).resize(
    original, original.height() * 3 / 4, original.width() * 3 / 4);
Files.write(first.resolveSibling("planted-smaller.jpg"), JpegEncoder.encode(small, 0.6f));
bench.print("4 faults planted among %d photos%n", copied.size());

// Preparing a data set reads every file once: what cannot be used is listed with its reason, what
// looks alike is kept on one side of the split, and the rest is balanced and split by class.

Path found = bench.file("messy-dataset");
SplitTargets perClass = new SplitTargets(24, 6, 8);
DatasetPreparation preparation = DatasetPreparation.of(messy, found).withTargets(perClass);
PreparationSummary summary = preparation.run(org.food4j.data.scan.Progress.NONE);
bench.print("%d photos kept, %d files left out%n", summary.kept(), summary.rejected());
Dataset cleaned = Dataset.open(found);
for (Rejection rejection : cleaned.rejections()) {
  if (rejection.kind() != Rejection.Kind.UNDER_SAMPLED) {
    bench.print("  %s: %s%n", rejection.path(), rejection.reason());
  }
}
for (LookAlike pair : cleaned.lookAlikes()) {
  bench.print("  look alike (%.3f): %s, %s%n", pair.similarity(), pair.path(), pair.other());
}

// Nothing of that was found by a file name. Now the clean photos: this is the data set that all
// further notebooks use.

Dataset dataset = bench.dataset();
for (Split split : Split.values()) {
  bench.print("%-10s %4d photos%n", split.key(), dataset.entries(split).size());
}

// What do the photos look like? One glance at two per class says more than any table.

List<PhotoGrid.Cell> cells = new ArrayList<>();
for (ManifestEntry entry : bench.testPhotos(dataset, 2)) {
  Photo photo = bench.decoder().decode(Files.readAllBytes(dataset.photo(entry)), 160).photo();
  cells.add(new PhotoGrid.Cell(photo, dataset.labels().get(entry.label()).displayName()));
}
bench.show("photos", new PhotoGrid(100, 5, cells.subList(0, Math.min(20, cells.size()))));

// Could colour alone tell the classes apart? If one class were much redder than the others, a
// network would learn "red" and fail on the first photo under another lamp. The library's page of
// figures has the mean colour of every class; here is its red minus its blue, as a share of full
// brightness. A class whose photos are more blue than red has a bar to the left.

DatasetPage page = DatasetPage.of(dataset, bench.decoder(), 12);
List<BarChart.Bar> warmth = new ArrayList<>();
for (DatasetFigures.ClassFigures figures : page.figures().classes()) {
  List<Double> rgb = figures.colours().mean();
  double warm = rgb.get(0) - rgb.get(2);
  Label label = dataset.labels().get(dataset.labels().indexOf(figures.name()).getAsInt());
  warmth.add(new BarChart.Bar(label.displayName(), warm, warm < 0 ? 0 : 1));
}
bench.show("warmth",
    new BarChart("How warm are the photos? Mean red minus mean blue", Unit.PERCENT, warmth));

// Augmentation shows the network the same photo in many forms. Too weak, and it learns the photos
// by heart; too strong, and the dish is gone. Left the photo as evaluation sees it, then five draws
// of each preset.

Preprocessing preprocessing = Preprocessing.imagenet(112);
Path one = dataset.photo(dataset.entries(Split.TRAIN).get(0));
ScaledPhoto subject = bench.decoder().decode(Files.readAllBytes(one), 160);
List<PhotoGrid.Cell> draws = new ArrayList<>();
for (Augmentation preset : List.of(Augmentation.LIGHT, Augmentation.STANDARD, Augmentation.STRONG)) {
  PhotoTransform transform = preset.transform(preprocessing);
  Random random = new Random(7);
  draws.add(new PhotoGrid.Cell(preprocessing.crop(subject), "as it is"));
  for (int draw = 0; draw < 5; draw++) {
    draws.add(new PhotoGrid.Cell(transform.applyDecoded(subject, random), preset.key()));
  }
}
bench.show("augmentation", new PhotoGrid(84, 6, draws));

// The whole page, with sizes, duplicates side by side and a contact sheet per class, opens in any
// browser. `examples/food data inspect DATASET` writes the same.

page.page().write(bench.file("data-set.html"));
bench.wrote(bench.file("data-set.html"));
