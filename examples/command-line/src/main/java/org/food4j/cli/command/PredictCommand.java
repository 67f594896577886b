package org.food4j.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.food4j.cli.terminal.Terminal;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.photo.PhotoFormat;
import org.food4j.models.inference.Answer;
import org.food4j.models.inference.PhotoClassifier;
import org.food4j.models.inference.RuntimeSettings;
import org.food4j.train.run.TrainedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code food predict}: what a model says about photos. */
@Command(
    name = "predict",
    description = {
      "Prints the most probable labels of photos.",
      "A model that was calibrated (food evaluate --calibrate) says \"none of these\" where it is"
          + " not sure enough; its guesses follow all the same.",
      "Photos that cannot be read are named on standard error; the exit code is then 1."
    },
    footer = {
      "  food predict --model model.onnx dinner.jpg",
      "  food predict --model run --top 3 photos",
      "  food predict --model model.onnx --spark-master local[2] --photos photos --out answers",
      "  food predict --model resnet50.onnx --labels imagenet.txt --preprocessing imagenet dog.jpg"
    })
public final class PredictCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "MODEL",
      description = "A run directory or an .onnx file.")
  private Path model;

  @Option(
      names = "--top",
      paramLabel = "N",
      description = "Labels per photo (default: ${DEFAULT-VALUE}).",
      defaultValue = "5")
  private int top;

  @Parameters(
      arity = "0..*",
      paramLabel = "PHOTO|DIR",
      description = "Photos, or folders whose photos are taken, folders inside them included.")
  private List<Path> inputs = List.of();

  @Mixin private ClusterPrediction cluster;

  @Mixin private ForeignModelOptions foreign;
  @Mixin private JsonOption json;

  /** Prints to this terminal. */
  public PredictCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    if (top < 1) {
      throw new UsageException("--top is at least 1, not " + top);
    }
    if (cluster.isWanted()) {
      if (!inputs.isEmpty()) {
        throw new UsageException("A cluster takes a folder by --photos, not as an argument");
      }
      if (foreign.isAnySet()) {
        throw new UsageException(
            "A cluster takes model files with a card, of which nothing needs to be said");
      }
      return cluster.run(terminal, model, top, json);
    }
    if (inputs.isEmpty()) {
      throw new UsageException("Missing required parameter: 'PHOTO|DIR'");
    }
    List<Path> photos = photos();
    List<Document> answers = new ArrayList<>();
    int failed = 0;
    try (TrainedModel trained = TrainedModel.open(model, RuntimeSettings.alone(), foreign.said());
        PhotoClassifier classifier =
            new PhotoClassifier(trained.classifier(), trained.card(), new NativePhotoDecoder())) {
      int shown = Math.min(top, trained.card().labels().size());
      for (Path photo : photos) {
        try {
          Document answer = Document.of(photo, classifier.answer(photo, shown));
          answers.add(answer);
          if (!json.isSet()) {
            print(answer);
          }
        } catch (IOException e) {
          failed++;
          terminal.note("%s: %s".formatted(photo, reason(e, photo)));
        }
      }
    }
    json.print(terminal, answers, () -> {});
    return failed == 0 ? 0 : 1;
  }

  private static String reason(IOException e, Path photo) {
    return Files.exists(photo) ? e.getMessage() : "no such file";
  }

  private void print(Document answer) {
    terminal.print(
        answer.noneOfThese() ? answer.photo() + ": none of these" : answer.photo().toString());
    for (Scored scored : answer.predictions()) {
      terminal.print("  %5.1f %%  %s".formatted(100 * scored.probability(), scored.label()));
    }
  }

  private List<Path> photos() throws IOException {
    List<Path> photos = new ArrayList<>();
    for (Path input : inputs) {
      if (!Files.isDirectory(input)) {
        photos.add(input);
        continue;
      }
      try (Stream<Path> files = Files.walk(input)) {
        List<Path> found = files.filter(PredictCommand::named).sorted().toList();
        if (found.isEmpty()) {
          throw new IllegalArgumentException(
              "%s holds no files that end in %s".formatted(input, PhotoFormat.endings()));
        }
        photos.addAll(found);
      }
    }
    return photos;
  }

  private static boolean named(Path file) {
    return Files.isRegularFile(file) && PhotoFormat.hasEnding(file.getFileName().toString());
  }

  /** An element of the JSON document. */
  private record Document(Path photo, boolean noneOfThese, List<Scored> predictions) {
    static Document of(Path photo, Answer answer) {
      return new Document(
          photo,
          answer.noneOfThese(),
          answer.predictions().stream()
              .map(p -> new Scored(p.label().name(), p.probability()))
              .toList());
    }
  }

  private record Scored(String label, float probability) {}
}
