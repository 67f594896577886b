package org.food4j.models.onnx.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.food4j.models.onnx.OnnxModelFile;

/**
 * The ONNX project's own checker and shape inference: Python's {@code onnx}, in the interpreter
 * that the environment variable FOOD4J_PYTHON names ({@code python3} without it).
 */
final class OfficialChecker {
  private static final String PYTHON = System.getenv().getOrDefault("FOOD4J_PYTHON", "python3");

  private static final String CHECK =
      """
      import onnx, sys
      from onnx import checker, shape_inference
      model = onnx.load(sys.argv[1])
      domains = {o.domain for o in model.opset_import} | {n.domain for n in model.graph.node}
      if domains != {''}:
          sys.exit('not the standard domain alone: ' + str(domains))
      checker.check_model(model, full_check=True)
      inferred = shape_inference.infer_shapes(model, check_type=True, strict_mode=True)
      known = {v.name for v in inferred.graph.value_info} | {v.name for v in inferred.graph.output}
      missing = [o for n in inferred.graph.node for o in n.output if o not in known]
      if missing:
          sys.exit('no shape inferred for ' + ', '.join(missing))
      """;

  private OfficialChecker() {}

  /** Skips the test, with the reason printed, where the checker is not installed. */
  static void assumeAvailable() throws IOException, InterruptedException {
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

  /** Full check, strict shape inference of every tensor, the standard domain alone. */
  static void assertAccepts(ModelProto model, Path folder)
      throws IOException, InterruptedException {
    Path file = folder.resolve("model.onnx");
    Path script = Files.writeString(folder.resolve("check.py"), CHECK);
    OnnxModelFile.write(file, model);

    Answer answer = python(script.toString(), file.toString());

    assertThat(answer.exitCode).as(answer.text).isZero();
  }

  private record Answer(int exitCode, String text) {}

  private static Answer python(String... arguments) throws IOException, InterruptedException {
    List<String> command = new java.util.ArrayList<>(List.of(PYTHON));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("%s ends", command).isTrue();
    return new Answer(process.exitValue(), text);
  }
}
