package org.food4j.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.cli.terminal.Terminal;
import org.food4j.models.analysis.Macs;
import org.food4j.models.analysis.Parameters;
import org.food4j.models.architecture.Architecture;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.NetworkSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code food models}: the networks, and what they cost. */
@Command(
    name = "models",
    description =
        "Lists the networks with trainable parameters and multiply-additions (1 MAC = 1"
            + " multiply-addition) for 1000 classes.",
    footer = {"  food models", "  food models --summary se_cnn"})
public final class ModelsCommand implements Callable<Integer> {
  private static final int CLASSES = 1000;

  private final Terminal terminal;

  @Option(
      names = "--summary",
      paramLabel = "NAME",
      description = "Print one network layer by layer instead.")
  private String summary;

  @Mixin private JsonOption json;

  public ModelsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (summary != null) {
      if (json.isSet()) {
        throw new UsageException("--summary is text: leave out --json");
      }
      Architecture architecture = Architectures.named(summary);
      terminal.print(graph(architecture).summary());
      return 0;
    }
    List<ModelRow> rows = Architectures.all().stream().map(ModelsCommand::row).toList();
    json.print(
        terminal,
        rows,
        () -> {
          terminal.print(
              "%-20s %12s %8s %6s  %s".formatted("name", "parameters", "GMACs", "input", "paper"));
          for (ModelRow row : rows) {
            terminal.print(
                "%-20s %,12d %8.3f %6d  %s"
                    .formatted(
                        row.name(),
                        row.parameters(),
                        row.macs() / 1e9,
                        row.inputSize(),
                        row.paper()));
          }
        });
    return 0;
  }

  private static ModelRow row(Architecture architecture) {
    ComputationGraph graph = graph(architecture);
    return new ModelRow(
        architecture.name(),
        Parameters.trainable(graph),
        Macs.total(graph, architecture.inputSize()),
        architecture.inputSize(),
        architecture.paper());
  }

  private static ComputationGraph graph(Architecture architecture) {
    return architecture.graph(new NetworkSpec(CLASSES, architecture.inputSize()), 1);
  }

  /** An element of the JSON document. */
  private record ModelRow(String name, long parameters, long macs, int inputSize, String paper) {}
}
