package org.food4j.cli.command;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.food4j.cli.terminal.Terminal;
import org.food4j.models.onnx.OnnxGraph;
import org.food4j.models.onnx.OnnxModelFile;
import org.food4j.models.onnx.UnreadableModelException;
import org.food4j.models.onnx.optimize.GraphOptimizer;
import org.food4j.models.onnx.optimize.InputNoise;
import org.food4j.models.onnx.optimize.OptimizationReport;
import org.food4j.models.onnx.optimize.OptimizedModel;
import org.food4j.models.onnx.optimize.OutputParity;
import org.food4j.models.onnx.optimize.RuntimeOptimizer;
import org.food4j.models.onnx.runtime.CpuSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code food optimize}: an ONNX file that computes the same with less. */
@Command(
    name = "optimize",
    description = {
      "Rewrites an ONNX file, this library's or any other, so that it computes the same with less,"
          + " and shows what has changed.",
      "The result is compared with the original on noise before it is written. The exit code is 1,"
          + " and nothing is written, if an output differs by more than 0.0001 of its largest"
          + " value. Where there is no noise for the inputs, a note says why, and the result is"
          + " written once ONNX Runtime has loaded it."
    },
    footer = {
      "  food optimize --model model.onnx --out small.onnx",
      "  food optimize --model other.onnx --out fast.onnx --level extended --shape pixels=1,3,224,224"
    })
public final class OptimizeCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private RewriteOptions files;

  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      description =
          "ONNX Runtime's own optimisation on top, one of ${COMPLETION-CANDIDATES} (default:"
              + " ${DEFAULT-VALUE}). From extended on only ONNX Runtime can read the file; all is for"
              + " the processor that it is made on.",
      completionCandidates = OptimizeLevel.Levels.class,
      converter = OptimizeLevel.Levels.class,
      defaultValue = "none")
  private OptimizeLevel level;

  @Option(
      names = "--shape",
      paramLabel = "INPUT=SIZES",
      description =
          "The shape of an input that the file leaves open, for the comparison: pixels=1,3,224,224."
              + " An open first dimension alone is taken as 2.")
  private Map<String, String> shapes = new LinkedHashMap<>();

  @Mixin private JsonOption json;

  /** Prints to this terminal. */
  public OptimizeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    Map<String, List<Long>> sizes = new LinkedHashMap<>();
    shapes.forEach((input, shape) -> sizes.put(input, sizes(input, shape)));
    files.check();
    Path model = files.model();
    Path out = files.out();
    ModelProto original = OnnxModelFile.readModel(model);
    OptimizedModel optimized;
    OutputParity parity;
    try {
      OnnxGraph graph = OnnxGraph.of(original);
      sizes.forEach((input, shape) -> requireFit(graph, input, shape));
      optimized = optimize(original);
      parity = compared(original, optimized.model(), sizes);
    } catch (UsageException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new UnreadableModelException(model, e.getMessage(), e);
    }
    boolean agrees = parity.obstacle().isPresent() || parity.within(OutputParity.TOLERANCE);
    if (agrees) {
      OnnxModelFile.write(out, optimized.model());
    }
    parity
        .obstacle()
        .ifPresent(why -> terminal.note("Not compared with the original: %s".formatted(why)));
    json.print(
        terminal,
        new Figures(
            out, agrees, parity.differences(), parity.obstacle().orElse(null), optimized.report()),
        () -> print(optimized.report(), parity, agrees));
    return agrees ? 0 : 1;
  }

  private OutputParity compared(
      ModelProto original, ModelProto optimized, Map<String, List<Long>> sizes) {
    if (sizes.isEmpty()) {
      return OutputParity.measure(original, optimized, InputNoise.standard());
    }
    // what can be loaded, and then not be run, is given the wrong sizes
    CpuSession.requireLoadable(original, "the model");
    CpuSession.requireLoadable(optimized, "the optimised model");
    try {
      return OutputParity.measure(original, optimized, new InputNoise(sizes, 1));
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "--shape %s does not go through the model: %s".formatted(sizes, e.getMessage()), e);
    }
  }

  private OptimizedModel optimize(ModelProto original) throws IOException {
    OptimizedModel ours = GraphOptimizer.standard().optimize(original);
    if (level.runtime().isEmpty()) {
      return ours;
    }
    OptimizedModel runtimes = RuntimeOptimizer.optimize(ours.model(), level.runtime().get());
    return new OptimizedModel(runtimes.model(), ours.report().then(runtimes.report()));
  }

  private void print(OptimizationReport report, OutputParity parity, boolean agrees) {
    report.table().lines().forEach(terminal::print);
    if (parity.obstacle().isEmpty()) {
      terminal.print(
          "Largest difference of an output on noise: %.2g of its largest value"
              .formatted(parity.largest()));
    }
    if (!agrees) {
      terminal.note(
          "That is more than %.0e: %s is not written"
              .formatted(OutputParity.TOLERANCE, files.out()));
    } else if (level == OptimizeLevel.ALL) {
      terminal.note("%s is for processors like this machine's".formatted(files.out()));
    }
  }

  private static List<Long> sizes(String input, String shape) {
    try {
      List<Long> sizes = Arrays.stream(shape.split(",", -1)).map(Long::valueOf).toList();
      if (sizes.stream().allMatch(size -> size > 0)) {
        return sizes;
      }
    } catch (NumberFormatException e) {
      throw new UsageException(refusal(input, shape), e);
    }
    throw new UsageException(refusal(input, shape));
  }

  private static void requireFit(OnnxGraph graph, String input, List<Long> sizes) {
    if (!graph.inputs().contains(input)) {
      throw new UsageException(
          "--shape names an input '%s', and the model has %s".formatted(input, graph.inputs()));
    }
    if (!graph.stated(input).orElseThrow().getType().getTensorType().hasShape()) {
      return;
    }
    List<TensorShapeProto.Dimension> stated =
        graph.stated(input).orElseThrow().getType().getTensorType().getShape().getDimList();
    boolean fits = stated.size() == sizes.size();
    for (int i = 0; fits && i < sizes.size(); i++) {
      fits = !stated.get(i).hasDimValue() || stated.get(i).getDimValue() == sizes.get(i);
    }
    if (!fits) {
      throw new UsageException(
          "--shape %s=%s does not fit the model, whose input is %s"
              .formatted(input, sizes, stated.stream().map(OptimizeCommand::shown).toList()));
    }
  }

  private static String shown(TensorShapeProto.Dimension size) {
    if (size.hasDimValue()) {
      return Long.toString(size.getDimValue());
    }
    return size.getDimParam().isEmpty() ? "free" : size.getDimParam();
  }

  private static String refusal(String input, String shape) {
    return "--shape takes sizes from 1 on with commas between, as in %s=1,3,224,224, not '%s'"
        .formatted(input, shape);
  }

  /** The JSON document; without differences where an obstacle, else null, kept from comparing. */
  private record Figures(
      Path file,
      boolean written,
      Map<String, Double> relativeDifferences,
      String obstacle,
      OptimizationReport report) {}
}
