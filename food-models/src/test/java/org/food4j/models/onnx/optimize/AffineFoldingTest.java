package org.food4j.models.onnx.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import org.food4j.models.onnx.OnnxGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AffineFoldingTest {
  private static final GraphPass PASS = new AffineFolding();

  private static SmallGraph convolution() {
    return new SmallGraph()
        .input("x", -1, 4, 6, 5)
        .output("y")
        .weights("w", 6, 4, 3, 3)
        .weights("bias", 6)
        .node("c = Conv x w bias")
        .list("pads", 1, 1, 1, 1)
        .end();
  }

  @ParameterizedTest
  @ValueSource(ints = {11, 14, 17, 21})
  void convolution_batchNormalizationBehind_isFolded(int opset) {
    assertThat(
            convolution()
                .opset(opset)
                .statistics("n", 6)
                .node("y = BatchNormalization c n.g n.b n.m n.v")
                .with("epsilon", 1e-3)
                .end()
                .after(PASS))
        .containsExactly("Conv");
  }

  @Test
  void groupedConvolutionWithoutBias_batchNormalizationBehind_isFolded() {
    assertThat(
            new SmallGraph()
                .input("x", -1, 4, 6, 5)
                .output("y")
                .weights("w", 6, 2, 3, 3)
                .node("c = Conv x w")
                .with("group", 2)
                .end()
                .statistics("n", 6)
                .node("y = BatchNormalization c n.g n.b n.m n.v")
                .end()
                .after(PASS))
        .containsExactly("Conv");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void transposedConvolution_batchNormalizationBehind_isFolded(long group) {
    assertThat(
            new SmallGraph()
                .input("x", -1, 4, 6, 5)
                .output("y")
                .weights("w", 4, 3, 3, 3)
                .node("c = ConvTranspose x w")
                .with("group", group)
                .list("strides", 2, 2)
                .end()
                .statistics("n", 3 * group)
                .node("y = BatchNormalization c n.g n.b n.m n.v")
                .end()
                .after(PASS))
        .containsExactly("ConvTranspose");
  }

  @ParameterizedTest
  @CsvSource({"0, 5, 7", "1, 7, 5"})
  void gemm_batchNormalizationBehind_isFolded(long transposed, long rows, long columns) {
    assertThat(
            new SmallGraph()
                .input("x", -1, 5)
                .output("y")
                .weights("w", rows, columns)
                .weights("bias", 1, 7)
                .node("c = Gemm x w bias")
                .with("transB", transposed)
                .with("alpha", 0.5)
                .with("beta", 3.0)
                .end()
                .statistics("n", 7)
                .node("y = BatchNormalization c n.g n.b n.m n.v")
                .end()
                .after(PASS))
        .containsExactly("Gemm");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Mul c k", "Mul k c", "Add c k", "Sub c k", "Sub k c", "Div c k", "Add k c"})
  void convolution_arithmeticByChannelBehind_isFolded(String arithmetic) {
    assertThat(
            convolution().weights("k", 0.5, 2, 6, 1, 1).node("y = " + arithmetic).end().after(PASS))
        .containsExactly("Conv");
    assertThat(convolution().weights("k", 0.5, 2).node("y = " + arithmetic).end().after(PASS))
        .containsExactly("Conv");
  }

  @Test
  void convolution_dividesAConstantBehind_stays() {
    assertThat(convolution().weights("k", 6, 1, 1).node("y = Div k c").end().after(PASS))
        .containsExactly("Conv", "Div");
  }

  @Test
  void convolution_constantByPlaceBehind_stays() {
    assertThat(convolution().weights("k", 1, 6, 5).node("y = Mul c k").end().after(PASS))
        .containsExactly("Conv", "Mul");
    assertThat(convolution().weights("k", 2, 1, 1, 1, 1).node("y = Mul c k").end().after(PASS))
        .containsExactly("Conv", "Mul");
  }

  @Test
  void convolution_constantThatMakesTheChannels_stays() {
    assertThat(
            new SmallGraph()
                .input("x", -1, 4, 6, 5)
                .output("y")
                .weights("w", 1, 4, 1, 1)
                .node("c = Conv x w")
                .end()
                .weights("k", 3, 1, 1)
                .node("y = Mul c k")
                .end()
                .after(PASS))
        .containsExactly("Conv", "Mul");
  }

  @Test
  void convolution_twoReaders_stays() {
    assertThat(
            convolution()
                .statistics("n", 6)
                .node("n = BatchNormalization c n.g n.b n.m n.v")
                .end()
                .node("y = Add n c")
                .end()
                .after(PASS))
        .containsExactly("Conv", "BatchNormalization", "Add");
  }

  @Test
  void convolution_isAnOutputToo_stays() {
    assertThat(
            convolution()
                .output("c")
                .statistics("n", 6)
                .node("y = BatchNormalization c n.g n.b n.m n.v")
                .end()
                .after(PASS))
        .containsExactly("Conv", "BatchNormalization");
  }

  /** Two convolutions of equal weights under two names, and what follows the first. */
  private static SmallGraph normalizedTwice() {
    TensorProto weights = convolution().build().getGraph().getInitializer(0);
    return convolution()
        .constant(weights.toBuilder().setName("w2").build())
        .output("z")
        .statistics("n", 6)
        .node("y = BatchNormalization c n.g n.b n.m n.v")
        .end()
        .input("x2", -1, 4, 6, 5)
        .node("c2 = Conv x2 w2 bias")
        .list("pads", 1, 1, 1, 1)
        .end();
  }

  @Test
  void convolution_sharedWeights_areCopied() {
    ModelProto model =
        convolution()
            .output("z")
            .node("z = Conv x w")
            .end()
            .statistics("n", 6)
            .node("y = BatchNormalization c n.g n.b n.m n.v")
            .end()
            .build();
    ModelProto folded = SmallGraph.apply(model, PASS);

    assertThat(SmallGraph.operators(folded)).containsExactly("Conv", "Conv");
    assertThat(OnnxGraph.of(folded).constant("w")).isEqualTo(OnnxGraph.of(model).constant("w"));
    assertThat(OutputParity.measure(model, folded, InputNoise.standard()).within(1e-5)).isTrue();
  }

  @Test
  void convolution_weightsThatAnotherHoldsToo_areFoldedWhateverIsMergedFirst() {
    SmallGraph graph =
        normalizedTwice()
            .statistics("m", 6)
            .node("z = BatchNormalization c2 m.g m.b m.m m.v")
            .end();

    assertThat(graph.after(new DuplicateConstants(), PASS)).containsExactly("Conv", "Conv");
    assertThat(GraphOptimizer.standard().optimize(graph.build()).model().getGraph().getNodeList())
        .extracting(NodeProto::getOpType)
        .containsExactly("Conv", "Conv");
  }

  @Test
  void convolution_sharedWeightsAndNormalization_areOneCopyInTheEnd() {
    ModelProto model =
        normalizedTwice().node("z = BatchNormalization c2 n.g n.b n.m n.v").end().build();

    ModelProto optimized = GraphOptimizer.standard().optimize(model).model();

    assertThat(SmallGraph.operators(optimized)).containsExactly("Conv", "Conv");
    assertThat(optimized.getGraph().getInitializerList()).hasSize(2);
    assertThat(OutputParity.measure(model, optimized, InputNoise.standard()).within(1e-5)).isTrue();
  }

  @Test
  void matMul_weightsThatAreReadOtherwiseToo_stay() {
    ModelProto model =
        new SmallGraph()
            .input("x", -1, 5)
            .input("places", DataType.INT64, 3)
            .output("y")
            .output("z")
            .weights("w", 5, 7)
            .node("c = MatMul x w")
            .end()
            .node("z = Gather w places")
            .end()
            .weights("k", 7)
            .node("y = Mul c k")
            .end()
            .build();
    assertThat(SmallGraph.operators(SmallGraph.apply(model, PASS)))
        .containsExactly("MatMul", "Gather", "Mul");
  }

  @Test
  void convolution_weightsThatACallerMayReplace_stay() {
    assertThat(
            SmallGraph.operators(
                SmallGraph.apply(
                    convolution()
                        .input("w", 6, 4, 3, 3)
                        .statistics("n", 6)
                        .node("y = BatchNormalization c n.g n.b n.m n.v")
                        .end()
                        .build(),
                    PASS)))
        .containsExactly("Conv", "BatchNormalization");
  }

  @Test
  void matMul_factorBehind_isFoldedButNoSum() {
    SmallGraph product =
        new SmallGraph()
            .input("x", -1, 3, 5)
            .output("y")
            .weights("w", 5, 7)
            .node("c = MatMul x w")
            .end()
            .weights("k", 7);
    assertThat(product.node("y = Mul c k").end().after(PASS)).containsExactly("MatMul");
    assertThat(
            new SmallGraph()
                .input("x", -1, 3, 5)
                .output("y")
                .weights("w", 5, 7)
                .node("c = MatMul x w")
                .end()
                .weights("k", 7)
                .node("y = Add c k")
                .end()
                .after(PASS))
        .containsExactly("MatMul", "Add");
  }

  private static SmallGraph normalizedPhoto(long channels, long pad) {
    return new SmallGraph()
        .input("x", -1, channels, 6, 5)
        .output("y")
        .weights("mean", 1, 3, 1, 1)
        .weights("std", 0.2, 0.5, 1, 3, 1, 1)
        .node("centred = Sub x mean")
        .end()
        .node("scaled = Div centred std")
        .end()
        .weights("w", 6, 3, 3, 3)
        .node("y = Conv scaled w")
        .list("pads", pad, pad, pad, pad)
        .end();
  }

  @Test
  void unpaddedConvolution_normalizationInFront_isFolded() {
    assertThat(normalizedPhoto(3, 0).after(PASS)).containsExactly("Conv");
  }

  @Test
  void paddedConvolution_normalizationInFront_keepsTheShift() {
    assertThat(normalizedPhoto(3, 1).after(PASS)).containsExactly("Sub", "Conv");
  }

  @Test
  void convolution_normalizationThatMakesTheChannels_keepsIt() {
    assertThat(normalizedPhoto(1, 0).after(PASS)).containsExactly("Sub", "Conv");
  }

  @Test
  void groupedConvolution_batchNormalizationInFront_isFolded() {
    assertThat(
            new SmallGraph()
                .input("x", -1, 4, 6, 5)
                .output("y")
                .statistics("n", 4)
                .node("c = BatchNormalization x n.g n.b n.m n.v")
                .end()
                .weights("w", 6, 2, 3, 3)
                .node("y = Conv c w")
                .with("group", 2)
                .end()
                .after(PASS))
        .containsExactly("Conv");
  }

  @Test
  void transposedConvolution_factorInFront_isFoldedButNoSum() {
    SmallGraph graph =
        new SmallGraph()
            .input("x", -1, 4, 6, 5)
            .output("y")
            .weights("k", 4, 1, 1)
            .node("sum = Add x k")
            .end()
            .node("product = Mul sum k")
            .end()
            .weights("w", 4, 3, 3, 3)
            .node("y = ConvTranspose product w")
            .with("group", 2)
            .end();
    assertThat(graph.after(PASS)).containsExactly("Add", "ConvTranspose");
  }

  @Test
  void gemm_batchNormalizationInFront_isFolded() {
    assertThat(
            new SmallGraph()
                .input("x", -1, 5)
                .output("y")
                .statistics("n", 5)
                .node("c = BatchNormalization x n.g n.b n.m n.v")
                .end()
                .weights("w", 7, 5)
                .node("y = Gemm c w")
                .with("transB", 1)
                .end()
                .after(PASS))
        .containsExactly("Gemm");
  }

  @Test
  void batchNormalization_inTraining_stays() {
    assertThat(
            SmallGraph.operators(
                SmallGraph.apply(
                    convolution()
                        .statistics("n", 6)
                        .node("y,mean,var = BatchNormalization c n.g n.b n.m n.v")
                        .with("training_mode", 1)
                        .end()
                        .build(),
                    PASS)))
        .containsExactly("Conv", "BatchNormalization");
  }
}
