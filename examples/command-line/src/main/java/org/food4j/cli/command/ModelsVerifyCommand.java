package org.food4j.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.food4j.cli.terminal.Terminal;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.verify.LogitsCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code food models verify}: a network held against another framework's numbers. */
@Command(
    name = "verify",
    description = {
      "Builds a network, loads weights, and compares its logits with those that another framework"
          + " computed from the same weights and input.",
      "The network is computed by DL4J, and exported to ONNX and computed by ONNX Runtime. Either"
          + " difference is given as a part of the spread: the standard deviation of the difference"
          + " between the two first expected rows. The exit code is 1 if one is above 0.001.",
      "What the weights' file says about padding, batch norm's eps and identity blocks is obeyed."
    },
    footer =
        "  food models verify --model se_cnn --weights weights.safetensors --input input.npy --expected logits.npy")
public final class ModelsVerifyCommand implements Callable<Integer> {
  private static final double TOLERANCE = 1e-3;

  private final Terminal terminal;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "NAME",
      description = "The network's name.")
  private String model;

  @Option(
      names = "--weights",
      required = true,
      paramLabel = "F.safetensors",
      description = "Its weights, named as in torchvision.")
  private Path weights;

  @Option(
      names = "--input",
      required = true,
      paramLabel = "X.npy",
      description = "float32 [batch, 3, size, size], two photos or more.")
  private Path input;

  @Option(
      names = "--expected",
      required = true,
      paramLabel = "LOGITS.npy",
      description = "float32 [batch, classes].")
  private Path expected;

  @Mixin private JsonOption json;

  /** Prints to this terminal. */
  public ModelsVerifyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    LogitsCheck check = LogitsCheck.run(Architectures.named(model), weights, input, expected);
    boolean agrees = check.within(TOLERANCE);
    json.print(
        terminal,
        new Verification(
            check.maxAbsDifference(),
            check.spread(),
            check.relative(),
            check.onnxMaxAbsDifference(),
            check.onnxRelative()),
        () -> {
          terminal.print("%s, spread of the expected logits %.3g".formatted(model, check.spread()));
          print("DL4J", check.maxAbsDifference(), check.relative());
          print("ONNX Runtime", check.onnxMaxAbsDifference(), check.onnxRelative());
        });
    return agrees ? 0 : 1;
  }

  private void print(String runtime, double largest, double relative) {
    terminal.print(
        "%-13s largest difference %.3g, relative %.3g: %s"
            .formatted(
                runtime,
                largest,
                relative,
                relative <= TOLERANCE ? "agrees" : "differs by more than " + TOLERANCE));
  }

  /** The JSON document. */
  private record Verification(
      double maxAbsDifference,
      double spread,
      double relative,
      double onnxMaxAbsDifference,
      double onnxRelative) {}
}
