package org.food4j.cli.command;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.food4j.data.page.Unit;
import org.food4j.models.analysis.NetworkCosts;
import org.food4j.models.analysis.StageCosts;
import org.food4j.models.analysis.VertexCosts;

/** A network's costs as a table for people, and as a document. */
final class NetworkSummary {
  private static final List<Integer> BATCHES = List.of(1, 16, 32);
  private static final String ROW = "%-30s %12s %12s %7s %9s %7s %9s";

  private final NetworkCosts costs;

  NetworkSummary(NetworkCosts costs) {
    this.costs = costs;
  }

  /**
   * The table.
   *
   * @param layers whether each vertex has a row below its stage
   */
  List<String> lines(boolean layers) {
    List<String> lines = new ArrayList<>();
    lines.add(
        text(
            "%s, %d px, %d classes (1 MAC = 1 multiply-addition, in convolutions and linear layers)",
            costs.name(), costs.inputSize(), costs.classes()));
    lines.add(text(ROW, "stage", "output", "parameters", "share", "MMACs", "share", "memory"));
    for (StageCosts stage : costs.stages()) {
      lines.add(
          row(
              stage.name(),
              stage.shape(),
              stage.trainable(),
              stage.macs(),
              stage.activationBytes()));
      if (layers) {
        for (VertexCosts vertex : stage.vertices()) {
          lines.add(
              row(
                      "  " + vertex.name(),
                      vertex.shape(),
                      vertex.trainable(),
                      vertex.macs(),
                      vertex.activationBytes())
                  + "  "
                  + vertex.description());
        }
      }
    }
    lines.add(
        row(
            "total",
            List.of((long) costs.classes()),
            costs.trainable(),
            costs.macs(),
            costs.activationBytes()));
    lines.add(
        text(
            "%,d trainable parameters, %,d stored; memory: activations of one photo, float32",
            costs.trainable(), costs.parameters()));
    for (int batch : BATCHES) {
      lines.add(
          text(
              "batch %2d: about %s for inference, %s for a training step with AdamW",
              batch,
              bytes(costs.memory().inference(batch)),
              bytes(costs.memory().training(batch))));
    }
    if (!costs.uncounted().isEmpty()) {
      lines.add(
          "Not in the MACs, since nobody said what they cost: "
              + costs.uncounted().stream().map(VertexCosts::name).collect(joining(", ")));
    }
    return lines;
  }

  private String row(String name, List<Long> shape, long parameters, long macs, long bytes) {
    return text(
        ROW,
        name,
        shape.stream().map(String::valueOf).collect(joining("x")),
        text("%,d", parameters),
        share(parameters, costs.trainable()),
        text("%,.2f", macs / 1e6),
        share(macs, costs.macs()),
        bytes(bytes));
  }

  private static String share(long part, long whole) {
    return text("%.1f %%", whole == 0 ? 0 : 100.0 * part / whole);
  }

  private static String bytes(long bytes) {
    return Unit.BYTES.text(bytes).replace('\u00a0', ' ');
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** The JSON document. */
  Document document() {
    return new Document(
        costs.name(),
        costs.trainable(),
        costs.parameters(),
        costs.macs(),
        costs.inputSize(),
        costs.classes(),
        costs.stages().stream().map(StageRow::of).toList(),
        costs.uncounted().stream().map(VertexCosts::name).toList(),
        BATCHES.stream()
            .map(
                batch ->
                    new BatchMemory(
                        batch, costs.memory().inference(batch), costs.memory().training(batch)))
            .toList());
  }

  /**
   * A network's costs.
   *
   * @param parameters that gradients learn
   * @param storedParameters also batch norm's running statistics
   * @param macs of one photo
   * @param uncounted vertices whose multiply-additions are not known
   */
  record Document(
      String name,
      long parameters,
      long storedParameters,
      long macs,
      int inputSize,
      int classes,
      List<StageRow> stages,
      List<String> uncounted,
      List<BatchMemory> memory) {}

  /** A stage of it. */
  record StageRow(
      String name,
      List<Long> output,
      long parameters,
      long macs,
      long activationBytes,
      List<LayerRow> layers) {
    private static StageRow of(StageCosts stage) {
      return new StageRow(
          stage.name(),
          stage.shape(),
          stage.trainable(),
          stage.macs(),
          stage.activationBytes(),
          stage.vertices().stream().map(LayerRow::of).toList());
    }
  }

  /** A vertex of a stage. */
  record LayerRow(
      String name,
      String kind,
      String description,
      List<String> inputs,
      List<Long> output,
      long parameters,
      long macs,
      long activationBytes) {
    private static LayerRow of(VertexCosts vertex) {
      return new LayerRow(
          vertex.name(),
          vertex.kind().key(),
          vertex.description(),
          vertex.inputs(),
          vertex.shape(),
          vertex.trainable(),
          vertex.macs(),
          vertex.activationBytes());
    }
  }

  /** An estimate for a batch of that many photos. */
  record BatchMemory(int batch, long inferenceBytes, long trainingBytes) {}
}
