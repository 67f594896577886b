package org.food4j.models.onnx.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import org.food4j.models.onnx.OnnxTensors;
import org.junit.jupiter.api.Test;

/** The passes that drop, merge and compute ahead, each alone on a graph of a few nodes. */
class RewritingTest {
  private static SmallGraph photo() {
    return new SmallGraph().input("x", -1, 4, 6, 6).output("y");
  }

  private static SmallGraph pixels() {
    return new SmallGraph().input("x", 2, 4, 6, 6).output("y");
  }

  @Test
  void noOperation_chainThatChangesNothing_isGone() {
    assertThat(
            photo()
                .node("a = Identity x")
                .end()
                .node("b = Dropout a")
                .end()
                .node("c = Relu b")
                .end()
                .longs("p", 0, 0, 0, 0, 0, 0, 0, 0)
                .node("d = Pad c p")
                .end()
                .longs("s", 0, 4, -1, 6)
                .node("e = Reshape d s")
                .end()
                .node("f = Cast e")
                .with("to", DataType.FLOAT_VALUE)
                .end()
                .node("g = Transpose f")
                .list("perm", 0, 1, 2, 3)
                .end()
                .node("h = AveragePool g")
                .list("kernel_shape", 1, 1)
                .end()
                .node("i = Relu h")
                .end()
                .node("j = Concat i")
                .with("axis", 1)
                .end()
                .node("y = Identity j")
                .end()
                .after(new NoOperation()))
        .containsExactly("Relu");
  }

  @Test
  void globalPooling_whatRuntimesHaveNoKernelFor_stays() {
    ModelProto real =
        new SmallGraph()
            .input("x", DataType.DOUBLE, 1, 2, 3, 3)
            .output("y")
            .node("y = ReduceMax x")
            .list("axes", 2, 3)
            .end()
            .build();
    ModelProto deep =
        new SmallGraph()
            .input("x", 1, 2, 3, 3, 3, 3)
            .output("y")
            .node("y = ReduceMean x")
            .list("axes", 2, 3, 4, 5)
            .end()
            .build();

    assertThat(SmallGraph.operators(SmallGraph.apply(real, new GlobalPooling())))
        .containsExactly("ReduceMax");
    assertThat(SmallGraph.operators(SmallGraph.apply(deep, new GlobalPooling())))
        .containsExactly("ReduceMean");
  }

  @Test
  void noOperation_whatDoesSomething_stays() {
    assertThat(
            photo()
                .longs("p", 0, 0, 1, 0, 0, 0, 0, 0)
                .node("a = Pad x p")
                .end()
                .longs("s", 0, -1, 4, 6)
                .node("b = Reshape a s")
                .end()
                .node("c = Transpose b")
                .list("perm", 0, 1, 3, 2)
                .end()
                .node("d = AveragePool c")
                .list("kernel_shape", 1, 1)
                .list("strides", 2, 2)
                .end()
                .constant(OnnxTensors.floats("one", new float[] {1}, 1, 1, 1, 1, 1))
                .node("y = Mul d one")
                .end()
                .after(new NoOperation()))
        .containsExactly("Pad", "Reshape", "Transpose", "AveragePool", "Mul");
  }

  @Test
  void noOperation_dropoutWhoseMaskIsRead_stays() {
    assertThat(
            photo()
                .node("y,mask = Dropout x")
                .end()
                .node("z = Cast mask")
                .with("to", DataType.FLOAT_VALUE)
                .end()
                .output("z")
                .after(new NoOperation()))
        .containsExactly("Dropout", "Cast");
  }

  @Test
  void noOperation_identityBetweenInputAndOutput_stays() {
    assertThat(photo().node("y = Identity x").end().after(new NoOperation()))
        .containsExactly("Identity");
  }

  @Test
  void noOperation_addingNothingAndMultiplyingByOne_isGone() {
    assertThat(
            photo()
                .constant(OnnxTensors.floats("zero", new float[4], 4, 1, 1))
                .constant(OnnxTensors.floats("one", new float[] {1}))
                .node("a = Add x zero")
                .end()
                .node("b = Div a one")
                .end()
                .node("y = Sigmoid b")
                .end()
                .after(new NoOperation()))
        .containsExactly("Sigmoid");
  }

  @Test
  void transposeMerging_layoutChangesAroundFunctions_cancelOut() {
    assertThat(
            photo()
                .node("a = Transpose x")
                .list("perm", 0, 2, 3, 1)
                .end()
                .node("b = Relu a")
                .end()
                .node("c = Transpose b")
                .list("perm", 0, 3, 1, 2)
                .end()
                .node("y = Neg c")
                .end()
                .after(new TransposeMerging(), new NoOperation()))
        .containsExactly("Relu", "Neg");
  }

  @Test
  void transposeMerging_twoInARow_becomeOne() {
    assertThat(
            photo()
                .node("a = Transpose x")
                .list("perm", 0, 2, 3, 1)
                .end()
                .node("y = Transpose a")
                .list("perm", 0, 2, 1, 3)
                .end()
                .after(new TransposeMerging(), new DeadNodes()))
        .containsExactly("Transpose");
  }

  @Test
  void transposeMerging_functionWithTwoReaders_stays() {
    assertThat(
            photo()
                .node("a = Transpose x")
                .list("perm", 0, 2, 3, 1)
                .end()
                .node("b = Relu a")
                .end()
                .node("c = Transpose b")
                .list("perm", 0, 3, 1, 2)
                .end()
                .node("d = Transpose b")
                .list("perm", 0, 1, 3, 2)
                .end()
                .output("z")
                .node("y = Neg c")
                .end()
                .node("z = Neg d")
                .end()
                .after(new TransposeMerging()))
        .containsExactly("Transpose", "Relu", "Transpose", "Transpose", "Neg", "Neg");
  }

  @Test
  void constants_subgraphOfConstants_becomesWeights() {
    assertThat(
            photo()
                .node("k = Constant")
                .with("value", OnnxTensors.floats("", new float[] {1, 2, 3, 4}, 4))
                .end()
                .node("r = Reciprocal k")
                .end()
                .longs("s", 4, 1, 1)
                .node("m = Reshape r s")
                .end()
                .node("y = Mul x m")
                .end()
                .after(new ConstantNodes(), new ConstantFolding()))
        .containsExactly("Mul");
  }

  @Test
  void constantFolding_quantizedWeights_stay() {
    assertThat(
            photo()
                .constant(OnnxTensors.bytes("q", DataType.INT8, new byte[24], 6, 4, 1, 1))
                .weights("scale", 0.1, 0.2)
                .node("w = DequantizeLinear q scale")
                .end()
                .node("y = Conv x w")
                .end()
                .after(new ConstantFolding(), new DuplicateNodes()))
        .containsExactly("DequantizeLinear", "Conv");
  }

  @Test
  void constantFolding_whatWouldSwellTheFile_stays() {
    assertThat(
            pixels()
                .longs("s", 300, 300)
                .node("big = ConstantOfShape s")
                .with("value", OnnxTensors.floats("", new float[] {2}, 1))
                .end()
                .node("sum = ReduceSum big")
                .end()
                .node("y = Mul x sum")
                .end()
                .after(new ConstantFolding()))
        .containsExactly("ConstantOfShape", "ReduceSum", "Mul");
  }

  @Test
  void shapeFolding_reshapeWithABatchOfAnySize_readsAConstantShape() {
    assertThat(
            photo()
                .node("s = Shape x")
                .end()
                .constant(OnnxTensors.longs("first", new long[] {0}))
                .constant(OnnxTensors.longs("second", new long[] {1}))
                .longs("axis", 0)
                .longs("places", 36)
                .node("n = Gather s first")
                .end()
                .node("c = Gather s second")
                .end()
                .node("n1 = Unsqueeze n axis")
                .end()
                .node("c1 = Unsqueeze c axis")
                .end()
                .node("shape = Concat n1 c1 places")
                .with("axis", 0)
                .end()
                .node("y = Reshape x shape")
                .end()
                .after(new ShapeFolding(), new ConstantFolding(), new DeadNodes()))
        .containsExactly("Reshape");
  }

  @Test
  void shapeFolding_twoOpenDimensions_stay() {
    assertThat(
            new SmallGraph()
                .input("x", -1, 4, 6, 6)
                .input("z", -1, 4)
                .output("y")
                .node("s = Shape x")
                .end()
                .node("t = Shape z")
                .end()
                .longs("first", 0)
                .node("n = Gather s first")
                .end()
                .node("m = Gather t first")
                .end()
                .longs("one", 1)
                .longs("rest", 144)
                .node("d = Div m n")
                .end()
                .node("shape = Concat n d rest")
                .with("axis", 0)
                .end()
                .node("y = Reshape x shape")
                .end()
                .after(new ShapeFolding(), new DeadNodes()))
        .contains("Shape", "Concat", "Reshape");
  }

  @Test
  void reshapeMerging_flattenThenReshape_isOneReshape() {
    assertThat(
            photo()
                .node("a = Flatten x")
                .end()
                .longs("s", -1, 12, 12)
                .node("y = Reshape a s")
                .end()
                .after(new ReshapeMerging(), new DeadNodes()))
        .containsExactly("Reshape");
  }

  @Test
  void reshapeMerging_secondCopiesADimension_stays() {
    assertThat(
            photo()
                .node("a = Flatten x")
                .with("axis", 2)
                .end()
                .longs("s", 0, 6, 6)
                .node("y = Reshape a s")
                .end()
                .after(new ReshapeMerging(), new DeadNodes()))
        .containsExactly("Flatten", "Reshape");
  }

  @Test
  void duplicates_equalWeightsAndNodes_areMerged() {
    assertThat(
            photo()
                .constant(OnnxTensors.floats("a", new float[] {2}))
                .constant(OnnxTensors.floats("b", new float[] {2}))
                .node("c = Mul x a")
                .end()
                .node("d = Mul x b")
                .end()
                .node("e = Sigmoid c")
                .end()
                .node("f = Sigmoid d")
                .end()
                .node("y = Add e f")
                .end()
                .after(new DuplicateConstants(), new DuplicateNodes()))
        .containsExactly("Mul", "Sigmoid", "Add");
  }

  @Test
  void duplicates_outputsOfTheGraph_keepTheirNames() {
    assertThat(
            photo()
                .output("z")
                .node("y = Sigmoid x")
                .end()
                .node("z = Sigmoid x")
                .end()
                .after(new DuplicateNodes()))
        .containsExactly("Sigmoid", "Sigmoid");
  }

  @Test
  void deadNodes_whatNobodyReads_isGone() {
    assertThat(
            photo()
                .node("a = Sigmoid x")
                .end()
                .node("b = Neg a")
                .end()
                .node("y = Relu x")
                .end()
                .after(new DeadNodes()))
        .containsExactly("Relu");
  }
}
