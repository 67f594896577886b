package org.food4j.cli.triton;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.food4j.data.file.DirectoryLock;
import org.food4j.data.file.DirectoryPlace;
import org.food4j.data.file.DirectorySwap;
import org.food4j.data.file.OutputDirectory;
import org.food4j.data.manifest.Label;
import org.food4j.data.manifest.Labels;
import org.food4j.models.inference.ForeignModel;
import org.food4j.models.onnx.ModelCard;
import org.food4j.models.onnx.ModelOutline;
import org.food4j.models.onnx.OnnxGraph;
import org.food4j.models.onnx.OnnxModelFile;
import org.food4j.models.onnx.UnreadableModelException;

/**
 * A directory of models for the Triton Inference Server. Models are written beside their place and
 * moved into it: whoever reads the repository meets the old one or the new one.
 *
 * @param directory of all models; made if it is not there
 */
public record TritonRepository(Path directory) {
  private static final String CONFIG = "config.pbtxt";
  private static final String MODEL = "1/model.onnx";
  private static final Set<String> OURS = Set.of(CONFIG, TritonConfig.LABELS, MODEL);

  /** What of a card clients need who prepare photos and read scores themselves. */
  private static final List<String> FOR_CLIENTS =
      List.of("food4j.preprocessing", "food4j.temperature", "food4j.threshold");

  /**
   * How Triton makes batches.
   *
   * @param mostRows of one, at least 1
   * @param queueDelay how long it waits for more rows, not negative
   */
  public record Batching(int mostRows, Duration queueDelay) {
    /**
     * Checks both.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public Batching {
      if (mostRows < 1 || queueDelay.isNegative()) {
        throw new IllegalArgumentException(
            "A batch has at least 1 row, not %d, and waits 0 or longer, not %s"
                .formatted(mostRows, queueDelay));
      }
    }
  }

  /**
   * What was written.
   *
   * @param folder of the model
   * @param mostRows of a batch; 0 if the file fixes its batch, so that Triton makes none
   * @param labels how many are named; 0 if none are known
   */
  public record Written(Path folder, int mostRows, int labels) {}

  /**
   * Writes a model; one of that name that was written so before is replaced.
   *
   * @param file this library's or any other that lies in one file
   * @param name letters, digits, {@code .}, {@code _} and {@code -}
   * @param said labels of a file that names none; counts more than the file's own
   * @throws UnreadableModelException if it is no ONNX file, or none that Triton can be told of
   * @throws IllegalArgumentException if another process writes there, something else lies there, or
   *     the labels do not fit
   */
  public Written write(Path file, String name, Batching batching, Optional<Labels> said)
      throws IOException {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new IllegalArgumentException(
          "A model's name has letters, digits, '.', '_' and '-', not '%s'".formatted(name));
    }
    ModelProto model = OnnxModelFile.readModel(file);
    Map<String, String> metadata = ModelOutline.read(file).metadata();
    Optional<Labels> labels =
        said.isPresent() || !ModelCard.isIn(metadata)
            ? said
            : Optional.of(OnnxModelFile.readCard(file, metadata).labels());
    TritonConfig config;
    try {
      config = config(name, OnnxGraph.of(model), batching, labels, metadata);
    } catch (IllegalArgumentException e) {
      throw new UnreadableModelException(file, e.getMessage(), e);
    }
    Path folder = directory.resolve(name);
    put(file, folder, config, labels.filter(known -> config.labelled().isPresent()));
    return new Written(
        folder, config.mostRows(), config.labelled().isPresent() ? labels.orElseThrow().size() : 0);
  }

  private static TritonConfig config(
      String name,
      OnnxGraph graph,
      Batching batching,
      Optional<Labels> labels,
      Map<String, String> metadata) {
    List<TritonTensor> inputs = tensors(graph, graph.inputs());
    List<TritonTensor> outputs = tensors(graph, graph.outputs());
    boolean batched =
        inputs.stream().allMatch(TritonTensor::hasFreeBatch)
            && outputs.stream().allMatch(TritonTensor::hasFreeBatch);
    Optional<String> scores = labels.flatMap(known -> scores(outputs, known));
    Map<String, String> parameters = new TreeMap<>(metadata);
    parameters.keySet().retainAll(FOR_CLIENTS);
    return new TritonConfig(
        name,
        batched ? batching.mostRows() : 0,
        batching.queueDelay(),
        inputs,
        outputs,
        scores,
        parameters);
  }

  private static List<TritonTensor> tensors(OnnxGraph graph, List<String> names) {
    return names.stream()
        .map(
            name ->
                TritonTensor.of(
                    graph
                        .stated(name)
                        .orElseThrow(
                            () ->
                                new IllegalArgumentException(
                                    "The file does not state the type of '%s'".formatted(name)))))
        .toList();
  }

  /** The output that labels name. */
  private static Optional<String> scores(List<TritonTensor> outputs, Labels labels) {
    List<String> names = outputs.stream().map(TritonTensor::name).toList();
    Optional<String> scores = ForeignModel.UNSAID.scoreOutput(names);
    if (scores.isEmpty()) {
      throw new IllegalArgumentException(
          "which of the outputs %s gives the scores that labels name is not to be told"
              .formatted(names));
    }
    List<Long> dims = outputs.get(names.indexOf(scores.get())).dims();
    long classes = dims.size() < 2 ? TritonTensor.FREE : dims.get(1);
    if (classes != TritonTensor.FREE && classes != labels.size()) {
      throw new IllegalArgumentException(
          "output '%s' has %d classes, but there are %d labels"
              .formatted(scores.get(), classes, labels.size()));
    }
    return scores;
  }

  private void put(Path file, Path folder, TritonConfig config, Optional<Labels> labels)
      throws IOException {
    Files.createDirectories(directory);
    DirectoryPlace place = DirectoryPlace.of(folder);
    DirectoryLock lock =
        DirectoryLock.tryAcquire(place)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Another process writes %s: wait for its end, or name another"
                            .formatted(folder)));
    try (lock) {
      DirectorySwap swap = new DirectorySwap(place, OURS::contains);
      swap.recover();
      if (!OutputDirectory.isFree(folder) && !Files.exists(folder.resolve(CONFIG))) {
        throw new IllegalArgumentException(
            "%s is no model of a Triton repository (it has no %s): name another with --out or --name"
                .formatted(folder, CONFIG));
      }
      swap.replace(
          staging -> {
            Files.createDirectories(staging.resolve(MODEL).getParent());
            Files.copy(file, staging.resolve(MODEL));
            Files.writeString(staging.resolve(CONFIG), config.text());
            if (labels.isPresent()) {
              Files.write(
                  staging.resolve(TritonConfig.LABELS),
                  lines(labels.get()).getBytes(StandardCharsets.UTF_8));
            }
          });
    }
  }

  private static String lines(Labels labels) {
    return labels.asList().stream()
        .map(Label::name)
        .map(name -> name.replaceAll("\\R", " ")) // a label is a line
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
