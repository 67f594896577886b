package org.food4j.cli.command;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.food4j.cli.terminal.Progress;
import org.food4j.cli.terminal.Terminal;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.page.EvenPick;
import org.food4j.models.inference.ForeignModel;
import org.food4j.models.inference.ScoreScale;
import org.food4j.models.onnx.ModelCard;
import org.food4j.models.onnx.ModelHistory;
import org.food4j.models.onnx.ModelOutline;
import org.food4j.models.onnx.OnnxGraph;
import org.food4j.models.onnx.OnnxModelFile;
import org.food4j.models.onnx.TensorType;
import org.food4j.models.onnx.TensorTypes;
import org.food4j.models.onnx.quantize.DynamicQuantizer;
import org.food4j.models.onnx.quantize.Fidelity;
import org.food4j.models.onnx.quantize.Float16Conversion;
import org.food4j.models.onnx.quantize.Float16Model;
import org.food4j.models.onnx.quantize.Float16Report;
import org.food4j.models.onnx.quantize.FloatIslands;
import org.food4j.models.onnx.quantize.MixedModel;
import org.food4j.models.onnx.quantize.QuantizedWeights;
import org.food4j.models.onnx.quantize.ReferenceAnswers;
import org.food4j.models.onnx.quantize.SampleBatch;
import org.food4j.models.onnx.quantize.Sensitivity;
import org.food4j.models.onnx.quantize.StaticOptions;
import org.food4j.models.onnx.quantize.StaticQuantizer;
import org.food4j.models.onnx.quantize.WeightQuantization;
import org.food4j.models.onnx.quantize.WeightQuantizedModel;
import org.food4j.models.onnx.runtime.CpuSession;
import org.food4j.train.run.TrainedModel;

/** One model file is quantised, judged, and written. */
final class QuantizationSession {
  /** More rank the stretches no better, and every stretch is run on all of them. */
  private static final int SENSITIVITY_PHOTOS = 16;

  private final Terminal terminal;
  private final Path file;
  private final QuantizationMode mode;
  private final QuantizationOptions options;
  private final ForeignModel said;

  QuantizationSession(
      Terminal terminal,
      Path file,
      QuantizationMode mode,
      QuantizationOptions options,
      ForeignModel said) {
    this.terminal = terminal;
    this.file = file;
    this.mode = mode;
    this.options = options;
    this.said = said;
  }

  QuantizationFigures run(Optional<Path> data, Path out) throws IOException {
    boolean card = said.labels().isPresent() && said.preprocessing().isPresent();
    if (!said.isUnsaid() && !card && data.isEmpty()) {
      throw new UsageException(
          "without photos, what is said of a file is for the card of the result, which takes both"
              + " --labels and --preprocessing: say both, name photos with --data, or say nothing");
    }
    ModelProto source = OnnxModelFile.readModel(file);
    Optional<ModelCard> saidCard = Optional.empty();
    if (card) {
      saidCard = Optional.of(TrainedModel.readCard(file, said));
    }
    Optional<Judges> judges = Optional.empty();
    if (data.isPresent()) {
      ModelCard judging = saidCard.isPresent() ? saidCard.get() : TrainedModel.readCard(file, said);
      judges = Optional.of(new Judges(judging, photos(judging, data.get())));
    }
    try {
      return run(source, saidCard, judges, out);
    } catch (UsageException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("%s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** What the model says of photos, and the photos. */
  private record Judges(ModelCard card, CalibrationPhotos photos) {}

  private CalibrationPhotos photos(ModelCard card, Path data) throws IOException {
    CalibrationPhotos photos =
        CalibrationPhotos.of(
            terminal, data, card.labels(), options.calibrationPhotos(), options.validationPhotos());
    options.requireTold(photos.labelled());
    if (!photos.labelled()) {
      terminal.note("The classes of %s are not the model's: top-1 is not told".formatted(data));
    }
    return photos;
  }

  private QuantizationFigures run(
      ModelProto source, Optional<ModelCard> saidCard, Optional<Judges> judges, Path out)
      throws IOException {
    long floatBytes = Files.size(file);
    Optional<Samples> samples = Optional.empty();
    if (judges.isPresent()) {
      samples = Optional.of(new Samples(source, judges.get()));
    }
    Result result =
        switch (mode) {
          case DYNAMIC -> dynamic(source, samples);
          case STATIC -> fixed(source, samples.orElseThrow());
          case FP16 -> half(source, samples);
          case WEIGHTS -> weights(source, samples);
        };
    Optional<FloatIslands> islands = islands(result.model);
    ModelHistory history = ModelHistory.of(source).then(step(result, samples), mode.form());
    OnnxModelFile.write(out, history.writtenInto(withCard(result.model, saidCard)));
    return QuantizationFigures.of(
        out,
        mode.form(),
        floatBytes,
        Files.size(out),
        samples.map(s -> s.photos.validation().size()).orElse(0),
        samples.map(s -> s.scale),
        result.fidelity,
        islands,
        result.keptFloat,
        result.remarks);
  }

  /** Lets ONNX Runtime load the result, which is not written if that fails. */
  private Optional<FloatIslands> islands(ModelProto model) throws IOException {
    if (mode.computesWithIntegers()) {
      return Optional.of(FloatIslands.of(model));
    }
    CpuSession.requireLoadable(model, "the result");
    return Optional.empty();
  }

  /** What was said of another tool's file is said once, where a card can hold all of it. */
  private ModelProto withCard(ModelProto model, Optional<ModelCard> saidCard) throws IOException {
    if (saidCard.isEmpty()) {
      return model;
    }
    if (!said.needsOnlyCard(ModelOutline.read(file))) {
      terminal.note(
          "The result has no card, which does not hold --output and --scores: say everything of it again");
      return model;
    }
    return OnnxModelFile.withCard(model, saidCard.get());
  }

  private Result dynamic(ModelProto source, Optional<Samples> samples) {
    ModelProto model =
        DynamicQuantizer.quantize(source, options.keepFloat(), options.reduceRange());
    return judged(model, samples, List.of());
  }

  private Result half(ModelProto source, Optional<Samples> samples) {
    Float16Model half = Float16Conversion.standard().keeping(options.keepFloat()).convert(source);
    Float16Report report = half.report();
    List<String> remarks = new ArrayList<>();
    remarks.add(
        "%s in float16, %s; in float32: %s"
            .formatted(
                QuantizationFigures.counted(report.halfNodes(), "operation"),
                QuantizationFigures.counted(report.casts(), "cast"),
                report.floatOperators().isEmpty() ? "none" : report.floatOperators()));
    if (report.vanished() > 0) {
      remarks.add(
          "Too small for float16, now 0: "
              + QuantizationFigures.counted(report.vanished(), "weight"));
    }
    if (!report.beyondRange().isEmpty()) {
      remarks.add("In float32 for their range: " + String.join(", ", report.beyondRange()));
    }
    return judged(half.model(), samples, remarks);
  }

  private Result weights(ModelProto source, Optional<Samples> samples) {
    WeightQuantizedModel quantized =
        WeightQuantization.standard().keeping(options.keepFloat()).quantize(source);
    long stored = quantized.weights().stream().filter(QuantizedWeights::stored).count();
    List<String> remarks =
        List.of(
            "Weights as int8: %s, %s"
                .formatted(
                    QuantizationFigures.counted(stored, "tensor"),
                    Double.isInfinite(quantized.leastDecibels())
                        ? "without loss"
                        : "at %.1f dB or better".formatted(quantized.leastDecibels())));
    return judged(quantized.model(), samples, remarks);
  }

  private static Result judged(ModelProto model, Optional<Samples> samples, List<String> remarks) {
    return new Result(model, samples.map(s -> s.reference().compare(model)), List.of(), remarks);
  }

  private Result fixed(ModelProto source, Samples samples) {
    StaticQuantizer quantizer = calibrate(source, samples);
    ReferenceAnswers reference = samples.reference();
    ModelProto model = quantizer.quantize();
    Fidelity fidelity = reference.compare(model);
    if (!options.hasGoal() || options.reached(fidelity)) {
      return new Result(model, Optional.of(fidelity), List.of(), List.of());
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
    return new Result(mixed.model(), Optional.of(mixed.fidelity()), mixed.keptFloat(), List.of());
  }

  private StaticQuantizer calibrate(ModelProto source, Samples samples) {
    List<SampleBatch> batches = samples.read(samples.photos.calibration());
    StaticOptions settings = options.staticOptions();
    int steps = batches.size() * StaticQuantizer.passes(settings);
    try (Progress progress = terminal.progress("Calibrating", steps, "batches")) {
      return StaticQuantizer.calibrated(source, settings, batches, progress::update);
    }
  }

  private List<Sensitivity> sensitivities(StaticQuantizer quantizer, Samples samples) {
    List<ManifestEntry> few = EvenPick.of(samples.photos.calibration(), SENSITIVITY_PHOTOS);
    ReferenceAnswers reference =
        ReferenceAnswers.of(quantizer.floatModel(), samples.output, samples.read(few), List.of());
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
      ModelProto model,
      Optional<Fidelity> fidelity,
      List<Sensitivity> keptFloat,
      List<String> remarks) {}

  /** The photos as the model's input. */
  private final class Samples {
    private final ModelProto source;
    private final ModelCard card;
    private final String input;
    private final String output;
    private final ScoreScale scale;
    private final SampleLayout layout;
    private final CalibrationPhotos photos;

    Samples(ModelProto source, Judges judges) throws IOException {
      this.source = source;
      card = judges.card;
      photos = judges.photos;
      OnnxGraph graph = OnnxGraph.of(source);
      input = said.input().orElseGet(() -> graph.inputs().get(0));
      output =
          said.scoreOutput(graph.outputs())
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "which output gives the scores is not to be told from %s"
                              .formatted(graph.outputs())));
      scale = said.scoreScale(ModelOutline.read(file), output);
      layout = layout(graph);
    }

    private SampleLayout layout(OnnxGraph graph) {
      return SampleLayout.of(graph.stated(input).orElseThrow().getType().getTensorType())
          .orElseThrow(() -> unmeasured(TensorTypes.of(graph).type(input)));
    }

    private IllegalArgumentException unmeasured(TensorType type) {
      return new IllegalArgumentException(
          "photos are measured and judged as float32 or uint8, [batch, 3, height, width] or [batch, height, width, 3], and the input '%s' is %s %s (-1: free)%s"
              .formatted(
                  input,
                  type.element(),
                  type.shape(),
                  type.element() == DataType.FLOAT16
                      ? ": the file is of float16 already; quantise the float32 one that it was made of"
                      : ""));
    }

    List<SampleBatch> read(List<ManifestEntry> entries) {
      return photos.read(entries, input, layout, card.preprocessing());
    }

    ReferenceAnswers reference() {
      return ReferenceAnswers.of(
          source, output, read(photos.validation()), photos.labels(photos.validation()));
    }
  }
}
