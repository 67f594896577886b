package org.food4j.bench.measure;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.food4j.bench.result.BenchmarkPhotos;
import org.food4j.bench.result.BenchmarkPhotos.Question;
import org.food4j.bench.result.BenchmarkSettings;
import org.food4j.data.manifest.Label;
import org.food4j.data.manifest.Labels;
import org.food4j.data.manifest.Split;
import org.food4j.models.inference.ExecutionProvider;
import org.food4j.models.inference.ForeignModel;

/**
 * What a worker is to do: {@code task.json} in the task's directory.
 *
 * @param model path of the model, absolute
 * @param name of the model
 * @param provider what ONNX Runtime computes on
 * @param said what is said of the model, as {@link ForeignModel#toJson} has it
 * @param settings how much is measured
 * @param input file of the timed input, absolute
 * @param photos to be asked about; none if the model is to be timed
 */
record WorkerTask(
    String model,
    String name,
    String provider,
    String said,
    BenchmarkSettings settings,
    String input,
    List<Photos> photos) {
  static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String FILE = "task.json";

  /** As {@link BenchmarkPhotos}. */
  record Photos(
      String directory,
      String photoRoot,
      String split,
      String fingerprint,
      List<String> labels,
      List<Question> questions) {
    static Photos of(BenchmarkPhotos photos) {
      return new Photos(
          photos.directory().toString(),
          photos.photoRoot().toString(),
          photos.split().key(),
          photos.fingerprint(),
          photos.labels().asList().stream().map(Label::name).toList(),
          photos.questions());
    }

    BenchmarkPhotos benchmarkPhotos() {
      return new BenchmarkPhotos(
          Path.of(directory),
          Path.of(photoRoot),
          Split.of(split),
          fingerprint,
          Labels.of(labels),
          questions);
    }
  }

  static WorkerTask of(
      Subject subject, BenchmarkSettings settings, Path input, List<BenchmarkPhotos> photos) {
    return new WorkerTask(
        subject.path().toAbsolutePath().toString(),
        subject.name(),
        subject.provider().key(),
        subject.said().toJson(),
        settings,
        input.toAbsolutePath().toString(),
        photos.stream().map(Photos::of).toList());
  }

  Subject subject() {
    return new Subject(
        Path.of(model), name, ExecutionProvider.of(provider), ForeignModel.fromJson(said));
  }

  void write(Path directory) throws IOException {
    Files.write(directory.resolve(FILE), JSON.writeValueAsBytes(this));
  }

  static WorkerTask read(Path directory) throws IOException {
    return JSON.readValue(directory.resolve(FILE).toFile(), WorkerTask.class);
  }
}
