// # 2. Inside attention
//
// A squeeze-and-excitation block (Hu et al. 2018) looks at a whole feature map, boils every channel
// down to one number (squeeze), and answers with a factor between 0 and 1 for each channel
// (excitation), by which the channels are multiplied. It is the smallest form of attention: the
// network decides per photo which of its own features to turn up or down.
//
// What does it decide, and does it depend on the dish? A trained network can be asked.

import java.nio.file.*;
import java.util.*;
import java.util.stream.*;
import org.food4j.data.manifest.*;
import org.food4j.data.page.*;
import org.food4j.data.photo.*;
import org.food4j.data.picture.*;
import org.food4j.models.explain.*;
import org.food4j.models.explain.graph.*;
import org.food4j.notebook.Workbench;
import org.food4j.train.run.*;

// A small network with SE blocks, trained here unless an earlier notebook has done so.

Workbench bench = Workbench.of("02-inside-attention");
Dataset dataset = bench.dataset();
RunDirectory run = bench.trained();
PhotoExplainer explainer = run.explainer(bench.decoder());

// For each test photo, the factors of every SE block. `gates.get(block)[class][channel]` becomes
// their mean over the photos of a class.

int perClass = 20, classes = dataset.labels().size();
Map<String, double[][]> gates = new LinkedHashMap<>();
Map<ManifestEntry, float[]> lastGates = new LinkedHashMap<>();
List<ManifestEntry> entries = bench.testPhotos(dataset, perClass);
int[] count = new int[classes];
for (ManifestEntry entry : entries) count[entry.label()]++;
for (ManifestEntry entry : entries) {
  for (AttentionFactors attention : explainer.attention(explainer.decode(dataset.photo(entry)))) {
    if (!(attention instanceof AttentionFactors.OfChannels se)) continue;
    float[] factors = se.factors();
    double[][] means =
        gates.computeIfAbsent(se.vertex(), name -> new double[classes][factors.length]);
    for (int channel = 0; channel < factors.length; channel++) {
      means[entry.label()][channel] += factors[channel] / count[entry.label()];
    }
    lastGates.put(entry, factors);
  }
}
gates.forEach((block, means) -> bench.print("%-16s %3d channels%n", block, means[0].length));

// **Does the factor depend on the dish?** For every block: how far the classes lie apart, as the
// standard deviation over classes of a channel's mean factor, averaged over channels. Hu et al.
// found early blocks indifferent to the class and late ones specific; look whether yours agrees.

List<BarChart.Bar> spread = new ArrayList<>();
gates.forEach((block, means) -> {
  double sum = 0;
  for (int channel = 0; channel < means[0].length; channel++) {
    double mean = 0, square = 0;
    for (double[] of : means) {
      mean += of[channel] / classes;
      square += of[channel] * of[channel] / classes;
    }
    sum += Math.sqrt(Math.max(0, square - mean * mean));
  }
  String name = block + ", " + means[0].length + " channels";
  spread.add(new BarChart.Bar(name, sum / means[0].length, 0));
});
bench.show("spread",
    new BarChart("How far classes differ in a block's factors", Unit.NUMBER, spread));

// **Which channels are turned up for which dish?** In the last block, the channels that differ most
// between classes. A cell is the class's mean factor minus the mean of all classes: red is turned
// up, blue turned down.

String block = new ArrayList<>(gates.keySet()).get(gates.size() - 1);
double[][] means = gates.get(block);
double[] overall = new double[means[0].length], distance = new double[means[0].length];
for (int channel = 0; channel < overall.length; channel++) {
  for (double[] of : means) overall[channel] += of[channel] / classes;
  for (double[] of : means) {
    distance[channel] = Math.max(distance[channel], Math.abs(of[channel] - overall[channel]));
  }
}
Comparator<Integer> farthestFirst = Comparator.comparingDouble(channel -> -distance[channel]);
List<Integer> specific =
    IntStream.range(0, overall.length).boxed().sorted(farthestFirst).limit(28).toList();
double[][] difference = new double[classes][specific.size()];
for (int row = 0; row < classes; row++) {
  for (int column = 0; column < specific.size(); column++) {
    difference[row][column] = means[row][specific.get(column)] - overall[specific.get(column)];
  }
}
List<String> names = dataset.labels().asList().stream().map(Label::displayName).toList();
List<String> columns = specific.stream().map(String::valueOf).toList();
bench.show("channels",
    new MatrixPicture(
        "Channels of " + block + " by dish: factor minus its mean",
        names, columns, difference, Unit.NUMBER));

// In words: for each dish the channel that is turned up most, and the one turned down most.

for (int label = 0; label < classes; label++) {
  double[] of = means[label];
  Comparator<Integer> rise = Comparator.comparingDouble(c -> of[c] - overall[c]);
  int up = IntStream.range(0, of.length).boxed().max(rise).get();
  int down = IntStream.range(0, of.length).boxed().min(rise).get();
  bench.print("%-14s channel %3d up to %.2f (mean %.2f), channel %3d down to %.2f (mean %.2f)%n",
      names.get(label), up, of[up], overall[up], down, of[down], overall[down]);
}

// **What does one channel look for?** The photos for which the most class-specific channel is most
// open, and those for which it is most shut. If a class's photos stand together in a row, the
// channel has become something like a detector of that dish.

int channel = specific.get(0);
List<ManifestEntry> ranked = new ArrayList<>(lastGates.keySet());
ranked.sort(Comparator.comparingDouble(entry -> -lastGates.get(entry)[channel]));
int each = Math.min(7, ranked.size() / 2);
List<ManifestEntry> ends = new ArrayList<>(ranked.subList(0, each));
ends.addAll(ranked.subList(ranked.size() - each, ranked.size()));
List<PhotoGrid.Cell> cells = new ArrayList<>();
for (ManifestEntry entry : ends) {
  String caption =
      "%.2f %s".formatted(lastGates.get(entry)[channel], names.get(entry.label()));
  cells.add(new PhotoGrid.Cell(explainer.decode(dataset.photo(entry)).photo(), caption));
}
bench.print("Channel %d of %s: most open above, most shut below%n", channel, block);
bench.show("one-channel", new PhotoGrid(106, each, cells));

// A warning against reading too much into it: a factor says what the network turns up, not that
// this mattered for its answer. For that, notebook 5 asks the gradients.
