package org.food4j.models.onnx.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import org.food4j.models.onnx.OnnxTensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The passes that make one node of several, or a faster one, each alone on a small graph. */
class FusionTest {
  private static SmallGraph photo() {
    return new SmallGraph().input("x", -1, 4, 6, 6).output("y");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Conv", "AveragePool", "MaxPool"})
  void padFusion_marginsOfTheRightValue_areTaken(String operator) {
    boolean max = operator.equals("MaxPool");
    assertThat(
            photo()
                .longs("p", 0, 0, 1, 0, 0, 0, 2, 1)
                .constant(OnnxTensors.floats("v", new float[] {max ? Float.NEGATIVE_INFINITY : 0}))
                .node("a = Pad x p v")
                .end()
                .weights("w", 5, 4, 3, 3)
                .node("y = " + operator + " a" + (operator.equals("Conv") ? " w" : ""))
                .list("kernel_shape", 3, 3)
                .list("strides", 2, 2)
                .end()
                .after(new PadFusion()))
        .containsExactly(operator);
  }

  @ParameterizedTest
  @CsvSource({"Conv, 1", "MaxPool, 0", "AveragePool, 1"})
  void padFusion_otherValue_stays(String operator, float value) {
    assertThat(
            photo()
                .longs("p", 0, 0, 1, 1, 0, 0, 1, 1)
                .constant(OnnxTensors.floats("v", new float[] {value}))
                .node("a = Pad x p v")
                .end()
                .weights("w", 5, 4, 3, 3)
                .node("y = " + operator + " a" + (operator.equals("Conv") ? " w" : ""))
                .list("kernel_shape", 3, 3)
                .end()
                .after(new PadFusion()))
        .containsExactly("Pad", operator);
  }

  @Test
  void padFusion_averageThatLeavesItsOwnMarginsOut_stays() {
    assertThat(
            photo()
                .longs("p", 0, 0, 1, 1, 0, 0, 1, 1)
                .node("a = Pad x p")
                .end()
                .node("y = AveragePool a")
                .list("kernel_shape", 3, 3)
                .list("pads", 1, 1, 1, 1)
                .end()
                .after(new PadFusion()))
        .containsExactly("Pad", "AveragePool");
  }

  @Test
  void padFusion_reflectedMargins_stay() {
    SmallGraph graph = photo().longs("p", 0, 0, 1, 1, 0, 0, 1, 1).weights("w", 5, 4, 3, 3);
    graph.node("a = Pad x p").text("mode", "reflect").end().node("y = Conv a w").end();
    assertThat(graph.after(new PadFusion())).containsExactly("Pad", "Conv");
  }

  @Test
  void gemmFusion_productAndRow_isGemm() {
    assertThat(
            new SmallGraph()
                .input("x", -1, 5)
                .output("y")
                .weights("w", 5, 7)
                .weights("b", 7)
                .node("p = MatMul x w")
                .end()
                .node("y = Add b p")
                .end()
                .after(new GemmFusion()))
        .containsExactly("Gemm");
  }

  @Test
  void gemmFusion_threeDimensions_stay() {
    assertThat(
            new SmallGraph()
                .input("x", -1, 2, 5)
                .output("y")
                .weights("w", 5, 7)
                .weights("b", 7)
                .node("p = MatMul x w")
                .end()
                .node("y = Add b p")
                .end()
                .after(new GemmFusion()))
        .containsExactly("MatMul", "Add");
  }

  @ParameterizedTest
  @CsvSource({"ReduceMean, 1, 17", "ReduceMean, 0, 13", "ReduceMax, 1, 11", "ReduceMax, 0, 17"})
  void globalPooling_reductionOverThePlaces_isGlobalPooling(String operator, long kept, int opset) {
    assertThat(
            photo()
                .opset(opset)
                .node("a = " + operator + " x")
                .list("axes", -1, 2)
                .with("keepdims", kept)
                .end()
                .node("y = Sigmoid a")
                .end()
                .after(new GlobalPooling()))
        .startsWith(operator.equals("ReduceMax") ? "GlobalMaxPool" : "GlobalAveragePool")
        .hasSize(kept == 1 ? 2 : 3);
  }

  @Test
  void globalPooling_axesAsAnInput_isGlobalPooling() {
    assertThat(
            photo()
                .opset(18)
                .longs("axes", 2, 3)
                .node("y = ReduceMean x axes")
                .end()
                .after(new GlobalPooling()))
        .containsExactly("GlobalAveragePool");
  }

  @Test
  void globalPooling_meanOverTheChannels_stays() {
    assertThat(photo().node("y = ReduceMean x").list("axes", 1, 2).end().after(new GlobalPooling()))
        .containsExactly("ReduceMean");
  }

  @Test
  void globalPooling_windowAsLargeAsTheMap_isGlobalPooling() {
    assertThat(
            photo()
                .node("y = AveragePool x")
                .list("kernel_shape", 6, 6)
                .end()
                .after(new GlobalPooling()))
        .containsExactly("GlobalAveragePool");
    assertThat(
            photo()
                .node("y = AveragePool x")
                .list("kernel_shape", 6, 6)
                .list("pads", 1, 1, 1, 1)
                .end()
                .after(new GlobalPooling()))
        .containsExactly("AveragePool");
  }
}
