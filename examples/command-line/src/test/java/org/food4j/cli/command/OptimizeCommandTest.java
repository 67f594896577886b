package org.food4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.food4j.cli.Food;
import org.food4j.cli.terminal.Screen;
import org.food4j.models.onnx.ModelHistory;
import org.food4j.models.onnx.OnnxGraphBuilder;
import org.food4j.models.onnx.OnnxModelFile;
import org.food4j.models.onnx.OnnxNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code food optimize} on a file without labels. */
class OptimizeCommandTest {
  @TempDir private Path folder;
  private Screen screen;

  private Path write(long... shape) throws IOException {
    OnnxGraphBuilder builder = new OnnxGraphBuilder("other");
    String input = builder.input("pixels", shape);
    String same = builder.node("same", OnnxNode.of("Identity", input));
    String scaled = builder.node("scaled", OnnxNode.of("Mul", same, builder.scalar("two", 2)));
    builder.output(builder.node("act", OnnxNode.of("Relu", scaled)), "y", shape);
    Path file = folder.resolve("other.onnx");
    OnnxModelFile.write(file, builder.build());
    return file;
  }

  private int run(String... arguments) {
    screen = Screen.piped();
    return Food.run(screen.terminal(), arguments);
  }

  private int optimize(Path model, String... more) {
    String[] all =
        new String[] {"optimize", "--model", model.toString(), "--out", out().toString()};
    String[] arguments = java.util.Arrays.copyOf(all, all.length + more.length);
    System.arraycopy(more, 0, arguments, all.length, more.length);
    return run(arguments);
  }

  private Path out() {
    return folder.resolve("optimized.onnx");
  }

  @Test
  void optimize_otherPeoplesFile_isWrittenWithItsHistory() throws IOException {
    Path model = write(OnnxGraphBuilder.BATCH, 3, 4, 4);

    assertThat(optimize(model, "--json")).as(screen.err()).isZero();

    JsonNode figures = new JsonMapper().readTree(screen.out());
    assertThat(figures.get("written").asBoolean()).isTrue();
    assertThat(figures.get("relative_differences").get("y").asDouble(-1)).isZero();
    assertThat(figures.get("report").get("operators_before").get("Identity").asInt()).isOne();
    assertThat(figures.get("report").get("operators_after").has("Identity")).isFalse();
    assertThat(ModelHistory.of(OnnxModelFile.readModel(out())))
        .isEqualTo(new ModelHistory("float32", List.of("optimize")));
  }

  @Test
  void optimize_withTheRuntime_printsATableAndSaysForWhichProcessor() throws IOException {
    assertThat(optimize(write(1, 3, 4, 4), "--level", "ALL")).as(screen.err()).isZero();

    assertThat(screen.out()).contains("drop no-ops").contains("Identity").contains("bytes");
    assertThat(screen.err()).contains("processors like this machine's");
    assertThat(ModelHistory.of(OnnxModelFile.readModel(out())).steps())
        .containsExactly("optimize", "optimize --level all");
  }

  @Test
  void optimize_help_asksForNoParticularNumbers() {
    assertThat(run("optimize", "--help")).isZero();
    assertThat(screen.out()).contains("--model").doesNotContain("float32");
  }

  @Test
  void optimize_openSizes_areComparedWhereTheyAreStated() throws IOException {
    Path model = write(OnnxGraphBuilder.BATCH, 3, OnnxGraphBuilder.BATCH, 4);

    assertThat(optimize(model)).isZero();
    assertThat(screen.err()).contains("Not compared").contains("'pixels' is open: [2, 3, -1, 4]");
    assertThat(optimize(model, "--shape", "pixels=1,3,5,4")).isZero();
    assertThat(screen.err()).doesNotContain("Not compared");
    assertThat(optimize(model, "--shape", "pixels=1,3,x,4")).isEqualTo(2);
    assertThat(screen.err()).contains("'1,3,x,4'");
  }

  @Test
  void optimize_notCompared_saysWhyInTheDocumentToo() throws IOException {
    Path model = write(OnnxGraphBuilder.BATCH, 3, OnnxGraphBuilder.BATCH, 4);

    assertThat(optimize(model, "--json")).isZero();
    assertThat(new JsonMapper().readTree(screen.out()).get("obstacle").asText())
        .contains("'pixels' is open");
    assertThat(optimize(model, "--json", "--shape", "pixels=1,3,5,4")).isZero();
    assertThat(new JsonMapper().readTree(screen.out()).get("obstacle").isNull()).isTrue();
  }

  @Test
  void optimize_shapeThatDoesNotFit_isWrongUsage() throws IOException {
    Path model = write(OnnxGraphBuilder.BATCH, 3, OnnxGraphBuilder.BATCH, 4);

    assertThat(optimize(model, "--shape", "image=1,3,5,4")).isEqualTo(2);
    assertThat(screen.err()).contains("'image'", "[pixels]");
    assertThat(optimize(model, "--shape", "pixels=1,4,5,4")).isEqualTo(2);
    assertThat(screen.err()).contains("--shape pixels=[1, 4, 5, 4] does not fit", "3");
    assertThat(optimize(model, "--shape", "pixels=1,3,4")).isEqualTo(2);

    OnnxGraphBuilder builder = new OnnxGraphBuilder("five");
    String input = builder.input("pixels", OnnxGraphBuilder.BATCH, OnnxGraphBuilder.BATCH);
    String weights = builder.floats("W", new float[5], 5, 1);
    builder.output(builder.node("sum", OnnxNode.of("MatMul", input, weights)), "y", -1, 1);
    Path five = folder.resolve("five.onnx");
    OnnxModelFile.write(five, builder.build());
    assertThat(optimize(five, "--shape", "pixels=2,7")).isEqualTo(2);
    assertThat(screen.err()).contains("--shape {pixels=[2, 7]} does not go through");
    assertThat(out()).doesNotExist();
    assertThat(optimize(five, "--shape", "pixels=2,5")).as(screen.err()).isZero();
  }

  @Test
  void optimize_ontoTheModel_isRefused() throws IOException {
    Path model = write(1, 3, 4, 4);
    byte[] before = Files.readAllBytes(model);

    assertThat(run("optimize", "--model", model.toString(), "--out", model.toString()))
        .isEqualTo(2);
    assertThat(screen.err()).contains("name another");
    assertThat(model).hasBinaryContent(before);
  }

  @Test
  void optimize_whatIsNoModel_isRefusedAndNothingWritten() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.onnx"), "no model at all");

    assertThat(optimize(broken)).isOne();
    assertThat(screen.err()).contains("broken.onnx").doesNotContain("should not happen");
    assertThat(out()).doesNotExist();
    assertThat(optimize(write(1, 3, 4, 4), "--level", "most")).isEqualTo(2);
    assertThat(screen.err()).contains("none, basic, extended, all");
  }
}
