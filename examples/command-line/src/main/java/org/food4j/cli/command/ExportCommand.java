package org.food4j.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.food4j.bench.compare.ExportCheck;
import org.food4j.bench.result.Agreement;
import org.food4j.cli.terminal.Terminal;
import org.food4j.data.file.OutputFile;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.DatasetException;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.page.EvenPick;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.models.onnx.OnnxGraphBuilder;
import org.food4j.models.onnx.export.ExportOptions;
import org.food4j.train.run.Provenance;
import org.food4j.train.run.RunDirectory;
import org.food4j.train.run.RunExport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code food export}: a run as an ONNX file. */
@Command(
    name = "export",
    description = {
      "Writes a run's best epoch as an ONNX file (opset 17) that carries labels and preprocessing,"
          + " and checks that ONNX Runtime computes what DL4J does.",
      "The exit code is 1 if a logit differs by more than 0.0001 or a top-1 answer differs."
    },
    footer = {
      "  food export --model run --out model.onnx",
      "  food export --model run --out camera.onnx --uint8-input --features --cam"
    })
public final class ExportCommand implements Callable<Integer> {
  /** Enough to meet every class; more tell nothing new. */
  private static final int PHOTOS = 100;

  private final Terminal terminal;

  @Option(names = "--model", required = true, paramLabel = "RUN", description = "A run directory.")
  private Path model;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE.onnx",
      description = "The file; an existing one is replaced.")
  private Path out;

  @Option(
      names = "--opset",
      paramLabel = "N",
      description =
          "The version of ONNX's operators; ${DEFAULT-VALUE} is the only one written, and every"
              + " current runtime reads it.",
      defaultValue = "17")
  private int opset;

  @Option(
      names = "--uint8-input",
      description =
          "Put the normalisation into the file: it takes uint8 [batch, height, width, 3], red, green"
              + " and blue of the resized and cropped photo, 0 to 255.")
  private boolean uint8Input;

  @Option(
      names = "--features",
      description = "Add the output features, [batch, channels]: what the last layer reads.")
  private boolean features;

  @Option(
      names = "--cam",
      description =
          "Add the output cam, [batch, classes, height, width]: the class activation map, for"
              + " networks that end with global average pooling and one linear layer.")
  private boolean cam;

  @Option(
      names = "--endpoint",
      paramLabel = "VERTEX",
      description =
          "Add a vertex's activation as an output of its name; may be given again. food models"
              + " --summary NAME lists the vertices.")
  private List<String> endpoints = new ArrayList<>();

  @Mixin private JsonOption json;

  /** Prints to this terminal. */
  public ExportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    if (opset != OnnxGraphBuilder.OPSET) {
      throw new UsageException(
          "--opset is %d, the only one that is written, not %d"
              .formatted(OnnxGraphBuilder.OPSET, opset));
    }
    OutputFile.requirePlace(out);
    RunDirectory run = RunDirectory.open(model);
    Preprocessing preprocessing = run.card().preprocessing();
    RunExport.write(run, out, options -> wanted(options, preprocessing));
    long bytes = Files.size(out);
    Agreement agreement = check(run);
    json.print(
        terminal,
        new Figures(
            out,
            bytes,
            agreement.photos(),
            agreement.maxAbsDifference(),
            agreement.top1Agreement()),
        () -> {
          terminal.print("%s: %.1f MB".formatted(out, bytes / 1e6));
          terminal.print(describe(agreement));
        });
    return agreement.within(ExportCheck.TOLERANCE) ? 0 : 1;
  }

  private ExportOptions wanted(ExportOptions options, Preprocessing preprocessing) {
    ExportOptions wanted = options.withEndpoints(endpoints);
    wanted = features ? wanted.withFeatures() : wanted;
    wanted = cam ? wanted.withClassActivation() : wanted;
    return uint8Input ? wanted.withPixelInput(preprocessing) : wanted;
  }

  private Agreement check(RunDirectory run) throws IOException {
    Optional<Dataset> dataset = dataset(run);
    if (dataset.isEmpty()) {
      return ExportCheck.onNoise(model, out, PHOTOS);
    }
    return ExportCheck.onPhotos(
        model,
        out,
        dataset.get(),
        sample(dataset.get().entries(dataset.get().heldOut())),
        new NativePhotoDecoder());
  }

  /** The data set of the run, if it is still where it was and still the same. */
  private Optional<Dataset> dataset(RunDirectory run) throws IOException {
    Map<String, String> facts = run.provenance().facts();
    String directory = facts.getOrDefault(Provenance.DATASET, "");
    String why;
    try {
      Dataset dataset = Dataset.open(Path.of(directory));
      if (!directory.isEmpty() && dataset.fingerprint().equals(facts.get(Provenance.FINGERPRINT))) {
        return Optional.of(dataset);
      }
      why = directory + " holds another data set now";
    } catch (DatasetException e) {
      why = e.getMessage();
    }
    terminal.note("Comparing on noise, without the run's photos: " + why);
    return Optional.empty();
  }

  /** At most {@link #PHOTOS}, evenly spaced: the manifest is sorted by class. */
  static List<ManifestEntry> sample(List<ManifestEntry> photos) {
    return EvenPick.of(photos, PHOTOS);
  }

  /** The comparison in one line. */
  static String describe(Agreement agreement) {
    return "DL4J and ONNX Runtime on %d inputs: largest difference of a logit %.2g, same top-1 on %.1f %%"
        .formatted(
            agreement.photos(), agreement.maxAbsDifference(), 100 * agreement.top1Agreement());
  }

  /** The JSON document. */
  private record Figures(
      Path file, long bytes, int photos, double maxAbsDifference, double top1Agreement) {}
}
