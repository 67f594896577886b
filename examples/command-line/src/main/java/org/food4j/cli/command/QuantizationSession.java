package org.food4j.cli.command;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.food4j.cli.terminal.Progress;
import org.food4j.cli.terminal.Terminal;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.page.EvenPick;
import org.food4j.models.onnx.ModelHistory;
import org.food4j.models.onnx.OnnxGraph;
import org.food4j.models.onnx.OnnxModelFile;
import org.food4j.models.onnx.quantize.DynamicQuantizer;
import org.food4j.models.onnx.quantize.Fidelity;
import org.food4j.models.onnx.quantize.FloatIslands;
import org.food4j.models.onnx.quantize.MixedModel;
import org.food4j.models.onnx.quantize.ReferenceAnswers;
import org.food4j.models.onnx.quantize.SampleBatch;
import org.food4j.models.onnx.quantize.Sensitivity;
import org.food4j.models.onnx.quantize.StaticOptions;
import org.food4j.models.onnx.quantize.StaticQuantizer;

/** One model file is quantised, judged, and written. */
final class QuantizationSession {
  /** More rank the stretches no better, and every stretch is run on all of them. */
  private static final int SENSITIVITY_PHOTOS = 16;

  private final Terminal terminal;
  private final Path file;
  private final QuantizationMode mode;
  private final QuantizationOptions options;

  QuantizationSession(
      Terminal terminal, Path file, QuantizationMode mode, QuantizationOptions options) {
    this.terminal = terminal;
    this.file = file;
    this.mode = mode;
    this.options = options;
  }

  QuantizationFigures run(Optional<Path> data, Path out) throws IOException {
    OnnxModelFile source = OnnxModelFile.read(file);
    Optional<Samples> samples = Optional.empty();
    if (data.isPresent()) {
      samples = Optional.of(new Samples(source, data.get()));
    }
    Result result =
        switch (mode) {
          case DYNAMIC -> dynamic(source, samples);
          case STATIC -> fixed(source, samples.orElseThrow());
        };
    ModelHistory history = ModelHistory.of(source.model()).then(step(result, samples), mode.form());
    OnnxModelFile.write(out, history.writtenInto(result.model), source.card());
    return QuantizationFigures.of(
        out,
        mode.key(),
        Files.size(file),
        Files.size(out),
        samples.map(s -> s.photos.validation().size()).orElse(0),
        result.fidelity,
        FloatIslands.of(result.model),
        result.keptFloat);
  }

  private Result dynamic(OnnxModelFile source, Optional<Samples> samples) {
    ModelProto model =
        DynamicQuantizer.quantize(source.model(), options.keepFloat(), options.reduceRange());
    return new Result(model, samples.map(s -> s.reference().compare(model)), List.of());
  }

  private Result fixed(OnnxModelFile source, Samples samples) {
    StaticQuantizer quantizer = calibrate(source, samples);
    ReferenceAnswers reference = samples.reference();
    ModelProto model = quantizer.quantize();
    Fidelity fidelity = reference.compare(model);
    if (!options.hasGoal() || options.reached(fidelity)) {
      return new Result(model, Optional.of(fidelity), List.of());
    }
    terminal.note(
        "Everything quantised: signal to noise %.1f dB; looking for what should stay float"
            .formatted(fidelity.decibels()));
    MixedModel mixed =
        MixedModel.search(
            quantizer, sensitivities(quantizer, samples), reference, options::reached);
    if (!mixed.good()) {
      throw new IllegalArgumentException(
          "Even with every stretch float, signal to noise is %.1f dB: ask for less"
              .formatted(mixed.fidelity().decibels()));
    }
    return new Result(mixed.model(), Optional.of(mixed.fidelity()), mixed.keptFloat());
  }

  private StaticQuantizer calibrate(OnnxModelFile source, Samples samples) {
    List<SampleBatch> batches = samples.read(samples.photos.calibration());
    StaticOptions settings = options.staticOptions();
    int steps = batches.size() * StaticQuantizer.passes(settings);
    try (Progress progress = terminal.progress("Calibrating", steps, "batches")) {
      return StaticQuantizer.calibrated(source.model(), settings, batches, progress::update);
    }
  }

  private List<Sensitivity> sensitivities(StaticQuantizer quantizer, Samples samples) {
    List<ManifestEntry> few = EvenPick.of(samples.photos.calibration(), SENSITIVITY_PHOTOS);
    ReferenceAnswers reference =
        ReferenceAnswers.of(quantizer.floatModel(), samples.read(few), List.of());
    try (Progress progress = terminal.progress("Measuring", 0, "stretches")) {
      return Sensitivity.measure(quantizer, reference, progress::update);
    }
  }

  private String step(Result result, Optional<Samples> samples) {
    String step = options.describe(mode);
    if (mode == QuantizationMode.STATIC) {
      step += " on %d photos".formatted(samples.orElseThrow().photos.calibration().size());
    }
    if (result.keptFloat.isEmpty()) {
      return step;
    }
    return step
        + "; float: "
        + result.keptFloat.stream()
            .map(kept -> kept.stretch().name())
            .collect(Collectors.joining(", "));
  }

  private record Result(
      ModelProto model, Optional<Fidelity> fidelity, List<Sensitivity> keptFloat) {}

  /** The photos as the model's input. */
  private final class Samples {
    private final OnnxModelFile source;
    private final String input;
    private final CalibrationPhotos photos;

    Samples(OnnxModelFile source, Path data) throws IOException {
      this.source = source;
      input = OnnxGraph.of(source.model()).inputs().get(0);
      photos =
          CalibrationPhotos.of(
              terminal,
              data,
              source.card().labels(),
              options.calibrationPhotos(),
              options.validationPhotos());
    }

    List<SampleBatch> read(List<ManifestEntry> entries) {
      return photos.read(entries, input, source.card().preprocessing());
    }

    ReferenceAnswers reference() {
      return ReferenceAnswers.of(
          source.model(), read(photos.validation()), photos.labels(photos.validation()));
    }
  }
}
