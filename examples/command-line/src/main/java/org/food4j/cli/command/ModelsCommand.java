package org.food4j.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.food4j.cli.terminal.Terminal;
import org.food4j.data.file.OutputFile;
import org.food4j.models.analysis.NetworkCosts;
import org.food4j.models.architecture.Architecture;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.block.Attention;
import org.food4j.models.drawing.GraphDrawing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code food models}: the networks, and what they cost. */
@Command(
    name = "models",
    description = {
      "Lists the networks with trainable parameters and multiply-additions (1 MAC = 1"
          + " multiply-addition, in convolutions and linear layers).",
      "With --summary, one network stage by stage, with estimated memory; with --graph, its graph"
          + " as a picture. No weights are made."
    },
    footer = {
      "  food models",
      "  food models --summary se_cnn --layers",
      "  food models --summary resnet50 --classes 34 --input-size 288 --json",
      "  food models --graph efficientnet_b0 --out graph.svg"
    })
public final class ModelsCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--summary",
      paramLabel = "NAME",
      description = "Print one network stage by stage instead.")
  private String summary;

  @Option(names = "--layers", description = "With --summary: also layer by layer.")
  private boolean layers;

  @Option(
      names = "--graph",
      paramLabel = "NAME",
      description = "Draw one network's graph instead, to the file named by --out.")
  private String graph;

  @Option(
      names = "--out",
      paramLabel = "FILE.svg",
      description = "With --graph: the picture; an existing one is replaced.")
  private Path out;

  @Option(
      names = "--classes",
      paramLabel = "N",
      description = "Number of logits (default: ${DEFAULT-VALUE}).",
      defaultValue = "1000")
  private int classes;

  @Option(
      names = "--input-size",
      paramLabel = "PX",
      description = "Height and width of the input (default: each network's own).")
  private Integer inputSize;

  @Option(
      names = "--attention",
      paramLabel = "KIND",
      description =
          "Attention in the residual blocks: ${COMPLETION-CANDIDATES} (default: each network's"
              + " own).",
      completionCandidates = AttentionKinds.class,
      converter = AttentionKinds.class,
      defaultValue = "own")
  private Attention attention;

  @Mixin private JsonOption json;

  /** Prints to this terminal. */
  public ModelsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    if (summary != null && graph != null) {
      throw new UsageException("--summary prints and --graph draws: give one of them");
    }
    if (layers && summary == null) {
      throw new UsageException("--layers belongs to --summary NAME");
    }
    if ((graph == null) != (out == null)) {
      throw new UsageException("--graph NAME and --out FILE.svg belong together");
    }
    if (classes < 1) {
      throw new UsageException("--classes is at least 1, not " + classes);
    }
    if (inputSize != null && inputSize < NetworkSpec.SMALLEST_INPUT) {
      throw new UsageException(
          "--input-size is at least %d, not %d: later stages see 1/32 of it"
              .formatted(NetworkSpec.SMALLEST_INPUT, inputSize));
    }
    if (summary != null) {
      summarize();
    } else if (graph != null) {
      draw();
    } else {
      list();
    }
    return 0;
  }

  private void summarize() {
    NetworkSummary table = new NetworkSummary(costs(Architectures.named(summary)));
    json.print(terminal, table.document(), () -> table.lines(layers).forEach(terminal::print));
  }

  private void draw() throws IOException {
    OutputFile.requirePlace(out);
    GraphDrawing drawing = GraphDrawing.of(costs(Architectures.named(graph)));
    drawing.write(out);
    json.print(
        terminal,
        new Drawn(graph, out, drawing.width(), drawing.height()),
        () ->
            terminal.print(
                "%s: %d x %d, for any browser".formatted(out, drawing.width(), drawing.height())));
  }

  private void list() {
    List<ModelRow> rows = new ArrayList<>();
    for (Architecture architecture : Architectures.all()) {
      try {
        rows.add(row(architecture));
      } catch (IllegalArgumentException e) {
        // it is not made for that size or attention
        terminal.note("Left out: %s: %s".formatted(architecture.name(), e.getMessage()));
      }
    }
    if (rows.isEmpty()) {
      throw new IllegalArgumentException(
          "No network can be built so: change --classes, --input-size or --attention");
    }
    json.print(
        terminal,
        rows,
        () -> {
          terminal.print(
              "%-20s %12s %8s %6s  %s".formatted("name", "parameters", "GMACs", "input", "paper"));
          for (ModelRow row : rows) {
            terminal.print(
                String.format(
                    Locale.ROOT,
                    "%-20s %,12d %8.3f %6d  %s",
                    row.name(),
                    row.parameters(),
                    row.macs() / 1e9,
                    row.inputSize(),
                    row.paper()));
          }
        });
  }

  private ModelRow row(Architecture architecture) {
    NetworkCosts costs = costs(architecture);
    return new ModelRow(
        costs.name(), costs.trainable(), costs.macs(), costs.inputSize(), architecture.paper());
  }

  private NetworkCosts costs(Architecture architecture) {
    int size = inputSize == null ? architecture.inputSize() : inputSize;
    return NetworkCosts.of(
        architecture, new NetworkSpec(classes, size).toBuilder().attention(attention).build());
  }

  /** The values of {@code --attention}. */
  private static final class AttentionKinds extends Choice<Attention> {
    AttentionKinds() {
      super(Attention.class, Attention::key);
    }
  }

  /** An element of the JSON list. */
  private record ModelRow(String name, long parameters, long macs, int inputSize, String paper) {}

  /** The JSON document of a picture. */
  private record Drawn(String name, Path file, int width, int height) {}
}
