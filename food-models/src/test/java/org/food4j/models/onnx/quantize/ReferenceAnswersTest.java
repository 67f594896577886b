package org.food4j.models.onnx.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.util.List;
import org.food4j.models.onnx.OnnxGraphBuilder;
import org.food4j.models.onnx.OnnxNode;
import org.junit.jupiter.api.Test;

class ReferenceAnswersTest {
  private static final List<SampleBatch> SAMPLES =
      List.of(SampleBatch.of("input", new float[] {3, 1, 1, 2}, 2, 2, 1, 1));

  /** Gives an embedding first, then scores with axes of size 1 behind, then a single number. */
  private static ModelProto scaled(double factor) {
    OnnxGraphBuilder graph = new OnnxGraphBuilder("test");
    String input = graph.input("input", OnnxGraphBuilder.BATCH, 2, 1, 1);
    graph.output(
        graph.node("sum", OnnxNode.of("GlobalAveragePool", input)),
        "embedding",
        OnnxGraphBuilder.BATCH,
        2,
        1,
        1);
    graph.output(
        graph.node("scaled", OnnxNode.of("Mul", input, graph.scalar("factor", factor))),
        "scores",
        OnnxGraphBuilder.BATCH,
        2,
        1,
        1);
    String row = graph.node("row", OnnxNode.of("ReduceSum", input).with("keepdims", 0));
    graph.output(row, "row");
    return graph.build();
  }

  @Test
  void compare_scoresBehindAnotherOutput_judgesTheScores() {
    ReferenceAnswers scores = ReferenceAnswers.of(scaled(1), "scores", SAMPLES, List.of(0, 1));
    Fidelity opposite = scores.compare(scaled(-1));

    assertThat(opposite.agreement()).isZero();
    assertThat(opposite.referenceTop1()).hasValue(1);
    assertThat(opposite.top1()).hasValue(0);
    assertThat(scores.compare(scaled(2)).top1()).hasValue(1);
    assertThat(
            ReferenceAnswers.of(scaled(1), "embedding", SAMPLES, List.of())
                .compare(scaled(-1))
                .agreement())
        .isEqualTo(1);
  }

  @Test
  void of_whatIsNoScores_isRefused() {
    assertThatThrownBy(() -> ReferenceAnswers.of(scaled(1), "logits", SAMPLES, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no output 'logits'")
        .hasMessageContaining("scores");
    assertThatThrownBy(() -> ReferenceAnswers.of(scaled(1), "row", SAMPLES, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[batch, classes]");
  }
}
