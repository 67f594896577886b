package org.food4j.samples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.food4j.bench.measure.BenchmarkEnvironment;
import org.food4j.bench.measure.InProcessMeasurer;
import org.food4j.bench.measure.ModelBenchmark;
import org.food4j.bench.measure.Subject;
import org.food4j.bench.report.Verdicts;
import org.food4j.bench.result.Benchmark;
import org.food4j.bench.result.BenchmarkPhotos;
import org.food4j.bench.result.BenchmarkSettings;
import org.food4j.bench.result.MeasuredModel;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.scan.Progress;
import org.food4j.models.inference.ExecutionProvider;

/**
 * 11: two forms of one model are measured against each other: the same photos, alternating rounds,
 * every sample kept, and a verdict in words.
 */
public final class Sample11Benchmark {
  private Sample11Benchmark() {}

  /**
   * @param arguments a folder and settings, or nothing
   */
  public static void main(String[] arguments) throws IOException {
    SampleFolder folder = SampleFolder.of(arguments);
    List<Path> models = List.of(folder.run().path(), folder.model());
    Benchmark benchmark = measure(models, folder.dataset());
    for (MeasuredModel model : benchmark.models()) {
      model
          .batches()
          .forEach(
              batch ->
                  System.out.printf(
                      "%-12s batch %2d: median %6.2f ms, %5.0f photos a second%n",
                      model.name(), batch.batch(), batch.p50Ms(), batch.photosPerSecond()));
    }
    new Verdicts(benchmark).sentences().forEach(System.out::println);
  }

  /** Measures run directories and ONNX files; the first is the reference. */
  public static Benchmark measure(List<Path> models, Dataset dataset) throws IOException {
    // region: benchmark
    // Few calls, to be done in seconds; BenchmarkSettings.standard() for numbers to quote.
    BenchmarkSettings settings =
        new BenchmarkSettings(
            List.of(1, 8),
            /* rounds= */ 3,
            /* calls= */ 10,
            /* seconds= */ 0.2,
            /* warmUpCalls= */ 5,
            /* warmUpSeconds= */ 0.2,
            /* threads= */ 2);
    List<Subject> subjects = Subject.of(models, Set.of(ExecutionProvider.CPU));
    // In this process, which is quick. food bench gives each model a process of its own, so that
    // they share neither heap nor compiled code, and memory can be told apart.
    return new ModelBenchmark(settings, new InProcessMeasurer(new NativePhotoDecoder()))
        .run(
            subjects,
            BenchmarkPhotos.of(dataset, dataset.heldOut()),
            "sample",
            BenchmarkEnvironment.facts(settings),
            subjects.get(0).name(),
            Progress.NONE);
    // end region
  }
}
