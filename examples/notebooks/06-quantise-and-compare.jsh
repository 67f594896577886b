// # 6. Quantise and compare
//
// A trained network goes out as an ONNX file. Stored in eight bits instead of thirty-two it is
// smaller, and on some processors faster; what it costs in accuracy must be measured, not assumed.
// This notebook makes four files of one network and holds each against the first.

import java.nio.file.*;
import java.util.*;
import java.util.stream.*;
import ai.onnx.proto.OnnxMl.ModelProto;
import org.food4j.bench.measure.*;
import org.food4j.bench.result.*;
import org.food4j.data.batch.*;
import org.food4j.data.manifest.*;
import org.food4j.data.page.*;
import org.food4j.data.picture.*;
import org.food4j.models.inference.*;
import org.food4j.models.onnx.*;
import org.food4j.models.onnx.quantize.*;
import org.food4j.notebook.Workbench;
import org.food4j.train.evaluate.*;
import org.food4j.train.run.*;

Workbench bench = Workbench.of("06-quantise-and-compare");
Dataset dataset = bench.dataset();
RunDirectory run = bench.trained();

// Float32 first. The file carries labels and preprocessing, so that nobody re-implements them.

Path float32 = bench.file("float32.onnx");
RunExport.write(run, float32);
ModelProto source = OnnxModelFile.readModel(float32);
bench.wrote(float32);

// Half precision, and eight-bit weights that are turned back into floats for computing: both change
// the file alone and need no photos.

void write(ModelProto model, String step, String form, Path to) throws Exception {
  OnnxModelFile.write(to, ModelHistory.of(source).then(step, form).writtenInto(model));
  bench.print("%-18s %8s%n", to.getFileName(), Unit.BYTES.text(Files.size(to)));
}
Path float16 = bench.file("float16.onnx"), weights = bench.file("int8-weights.onnx");
write(Float16Conversion.standard().convert(source).model(), "float16", "float16", float16);
write(WeightQuantization.standard().quantize(source).model(),
    "int8 weights", ModelHistory.INT8_WEIGHTS, weights);

// Computing in eight bits as well needs to know how large the numbers inside the network get:
// calibration runs some training photos through it. Never test photos, on which it is judged.

List<SampleBatch> batches(List<ManifestEntry> entries) throws Exception {
  List<SampleBatch> batches = new ArrayList<>();
  int size = run.preprocessing().inputSize();
  String input = OnnxGraph.of(source).inputs().get(0);
  BatchSettings settings = BatchSettings.evaluation(run.preprocessing(), 16);
  try (PhotoBatchReader reader =
      new PhotoBatchReader(dataset, entries, bench.decoder(), settings)) {
    while (reader.hasNext()) {
      PhotoBatch batch = reader.next();
      batches.add(SampleBatch.of(input, batch.input(), batch.size(), 3, size, size));
    }
  }
  return batches;
}

Path int8 = bench.file("int8.onnx");
List<SampleBatch> calibration = batches(EvenPick.of(dataset.entries(Split.TRAIN), 128));
ModelProto quantised =
    StaticQuantizer.calibrated(source, StaticOptions.DEFAULT, calibration, batch -> {}).quantize();
write(quantised, "static on 128 photos", "int8 static", int8);

// How much noise did it bring? The logits of the quantised network against those of the float one,
// as a ratio of signal to noise: 20 dB are a tenth, 40 dB a hundredth.

List<ManifestEntry> validation = dataset.entries(Split.VALIDATION);
List<Integer> truth = validation.stream().map(ManifestEntry::label).toList();
ReferenceAnswers reference =
    ReferenceAnswers.of(source, OnnxGraph.of(source).outputs().get(0), batches(validation), truth);
Fidelity fidelity = reference.compare(quantised);
bench.print("int8: %.1f dB, the same first answer on %.1f %% of %d validation photos%n",
    fidelity.decibels(), 100 * fidelity.agreement(), validation.size());

// All four, in alternating rounds on the same processor. Within one process and in seconds, this is
// a first look; `examples/food bench` gives every model a process of its own.

List<Path> files = List.of(float32, float16, weights, int8);
List<Subject> subjects = Subject.of(files, Set.of(ExecutionProvider.CPU));
int threads = Runtime.getRuntime().availableProcessors();
BenchmarkSettings settings = new BenchmarkSettings(
    List.of(1, 16), /* rounds= */ 5, /* calls= */ 15, /* seconds= */ 0,
    /* warmUpCalls= */ 5, /* warmUpSeconds= */ 0, threads);
Benchmark benchmark = new ModelBenchmark(settings, new InProcessMeasurer(bench.decoder())).run(
    subjects, BenchmarkPhotos.of(dataset, dataset.heldOut()), "notebook",
    BenchmarkEnvironment.facts(settings), subjects.get(0).name(),
    org.food4j.data.scan.Progress.NONE);
MeasuredModel first = benchmark.referenceModel();
for (MeasuredModel model : benchmark.models()) {
  McNemar test = McNemar.of(first.answers(), model.answers());
  bench.print("%-18s %8s  batch 1 %6.2f ms, batch 16 %6.2f ms%n",
      model.name(), Unit.BYTES.text(model.bytes()),
      model.batch(1).get().p50Ms(), model.batch(16).get().p50Ms());
  bench.print("%18s top-1 %s%s%n", "", Workbench.top1(model.answers()),
      model == first ? "" : ", p = %.2g".formatted(test.pValue()));
}

List<BarChart.Bar> bars(java.util.function.ToDoubleFunction<MeasuredModel> value) {
  List<BarChart.Bar> bars = new ArrayList<>();
  for (MeasuredModel model : benchmark.models()) {
    bars.add(new BarChart.Bar(model.name(), value.applyAsDouble(model), bars.size()));
  }
  return bars;
}
bench.show("size",
    new BarChart("Size of the file", Unit.BYTES, bars(MeasuredModel::bytes)));
bench.show("latency",
    new BarChart("A batch of 16 photos, median time", Unit.MILLISECONDS,
        bars(model -> model.batch(16).get().p50Ms())));
List<BarChart.Bar> accuracies = new ArrayList<>();
for (MeasuredModel model : benchmark.models()) {
  accuracies.add(Workbench.top1Bar(model.name(), model.answers(), accuracies.size()));
}
bench.show("top1",
    new BarChart("Top-1 on test photos, with 95 % intervals", Unit.PERCENT, accuracies));

// Read the three together. Float16 halves the file and is no faster here: ONNX Runtime computes
// float16 in float32 on a processor. Int8 pays in time where there are instructions for it (VNNI),
// and the larger the network and its input, the more. p is that of McNemar's test against float32:
// above 0.05 the photos do not show a difference in accuracy.
