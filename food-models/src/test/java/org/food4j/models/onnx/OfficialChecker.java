package org.food4j.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The ONNX project's own checker with full shape inference: Python's {@code onnx}, in the
 * interpreter that the environment variable FOOD4J_PYTHON names ({@code python3} without it).
 */
public final class OfficialChecker {
  private static final String PYTHON = System.getenv().getOrDefault("FOOD4J_PYTHON", "python3");

  private static final String CHECK =
      """
      import onnx, sys
      from onnx import checker, shape_inference
      model = onnx.load(sys.argv[1])
      checker.check_model(model, full_check=True)
      inferred = shape_inference.infer_shapes(model, check_type=True, strict_mode=True)
      known = {v.name for v in inferred.graph.value_info} | {v.name for v in inferred.graph.output}
      missing = [o for n in inferred.graph.node for o in n.output if o not in known]
      if missing:
          sys.exit('no shape inferred for ' + ', '.join(missing))
      domains = {o.domain for o in model.opset_import} | {n.domain for n in model.graph.node}
      if domains - {'', 'ai.onnx'}:
          sys.exit('operators of the domains ' + ', '.join(sorted(domains)))
      """;

  private OfficialChecker() {}

  /** Skips the tests, with the reason printed, where Python has no {@code onnx}. */
  public static void require() throws IOException, InterruptedException {
    String reason = "%s cannot 'import onnx': the official checker is not run".formatted(PYTHON);
    boolean available;
    try {
      available = python("-c", "import onnx").exitCode == 0;
    } catch (IOException e) {
      available = false; // no such interpreter: the reason below says so
    }
    if (!available) {
      System.out.println(reason);
    }
    assumeTrue(available, reason);
  }

  /**
   * Fails unless the checker accepts the model.
   *
   * @param folder for the model's file and the script
   */
  public static void assertAccepts(ModelProto model, Path folder)
      throws IOException, InterruptedException {
    Path file = folder.resolve("model.onnx");
    Path script = Files.writeString(folder.resolve("check.py"), CHECK);
    Files.write(file, model.toByteArray());

    Answer answer = python(script.toString(), file.toString());

    assertThat(answer.exitCode).as(answer.text).isZero();
  }

  private record Answer(int exitCode, String text) {}

  private static Answer python(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(PYTHON));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("%s ends", command).isTrue();
    return new Answer(process.exitValue(), text);
  }
}
