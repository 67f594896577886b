package org.food4j.models.onnx.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.nio.file.Path;
import java.util.List;
import org.food4j.models.onnx.ModelHistory;
import org.food4j.models.onnx.OfficialChecker;
import org.food4j.models.onnx.OnnxGraphBuilder;
import org.food4j.models.onnx.OnnxNode;
import org.food4j.models.onnx.RandomNetwork;
import org.food4j.models.onnx.optimize.InputNoise;
import org.food4j.models.onnx.optimize.OutputParity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Float16ConversionTest {
  /** 11 bits in each operation of a deep network. */
  private static final double TOLERANCE = 2e-2;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"se_cnn", "attention_cnn", "efficientnet_b0", "resnet18"})
  void convert_network_halvesTheFileAndKeepsTheAnswers(String name) throws Exception {
    ModelProto model = RandomNetwork.exported(name, 64);

    Float16Model converted = Float16Conversion.standard().convert(model);

    OutputParity parity = OutputParity.measure(model, converted.model(), InputNoise.standard());
    assertThat(parity.within(TOLERANCE)).as(parity.toString()).isTrue();
    assertThat(parity.largest()).isPositive();
    Float16Report report = converted.report();
    assertThat((double) report.bytesAfter() / report.bytesBefore()).isBetween(0.45, 0.55);
    assertThat(report.casts()).isBetween(2, name.equals("attention_cnn") ? 30 : 2);
    assertThat(report.beyondRange()).isEmpty();
    assertThat(ModelHistory.of(converted.model()).form()).isEqualTo("float16");
  }

  @ParameterizedTest
  @ValueSource(strings = {"attention_cnn", "efficientnet_b0"})
  void convert_network_passesTheOfficialChecker(String name) throws Exception {
    OfficialChecker.require();
    ModelProto model = RandomNetwork.exported(name, 64);

    OfficialChecker.assertAccepts(Float16Conversion.standard().convert(model).model(), folder);
    OfficialChecker.assertAccepts(
        Float16Conversion.standard().withHalfEndpoints().convert(model).model(), folder);
  }

  @Test
  void convert_withHalfEndpoints_hasNoCasts() {
    Float16Model converted =
        Float16Conversion.standard()
            .withHalfEndpoints()
            .convert(RandomNetwork.exported("resnet18", 64));

    assertThat(converted.report().casts()).isZero();
    var graph = converted.model().getGraph();
    assertThat(graph.getInput(0).getType().getTensorType().getElemType())
        .isEqualTo(DataType.FLOAT16_VALUE);
    assertThat(graph.getOutput(0).getType().getTensorType().getElemType())
        .isEqualTo(DataType.FLOAT16_VALUE);
  }

  /** x [batch, 3, 8, 8] through a convolution, then what the test adds, to y. */
  private static ModelProto around(Inner inner) {
    OnnxGraphBuilder builder = new OnnxGraphBuilder("test");
    String x = builder.input("x", OnnxGraphBuilder.BATCH, 3, 8, 8);
    float[] kernels = new float[4 * 3];
    for (int i = 0; i < kernels.length; i++) {
      kernels[i] = (i % 5 - 2) * 0.3f;
    }
    String weights = builder.floats("w", kernels, 4, 3, 1, 1);
    String conv = builder.node("conv", OnnxNode.of("Conv", x, weights));
    builder.output(inner.add(builder, conv), "y", OnnxGraphBuilder.BATCH, 4, 8, 8);
    return builder.build();
  }

  private interface Inner {
    String add(OnnxGraphBuilder builder, String conv);
  }

  private static List<String> operators(ModelProto model) {
    return model.getGraph().getNodeList().stream().map(NodeProto::getOpType).toList();
  }

  private static void assertSame(ModelProto model, Float16Model converted) {
    OutputParity parity = OutputParity.measure(model, converted.model(), InputNoise.standard());
    assertThat(parity.within(TOLERANCE)).as(parity.toString()).isTrue();
  }

  @Test
  void convert_stretchOfDelicateOperations_hasOneCastOnEitherSide() {
    ModelProto model =
        around(
            (b, conv) -> {
              String exp = b.node("exp", OnnxNode.of("Exp", conv));
              String flipped =
                  b.node("t", OnnxNode.of("Transpose", exp).with("perm", new int[] {0, 1, 3, 2}));
              return b.node("s", OnnxNode.of("Softmax", flipped).with("axis", 1));
            });

    Float16Model converted = Float16Conversion.standard().convert(model);

    assertThat(operators(converted.model()))
        .containsExactly("Cast", "Conv", "Cast", "Exp", "Transpose", "Softmax");
    assertThat(converted.report().floatOperators()).containsOnlyKeys("Exp", "Transpose", "Softmax");
    assertSame(model, converted);
  }

  @ParameterizedTest
  @ValueSource(floats = {1e6f, -70000, 1e-9f})
  void convert_constantBeyondRange_keepsItsOperationInFloat32(float constant) {
    ModelProto model =
        around(
            (b, conv) -> {
              String act = b.node("act", OnnxNode.of("Relu", conv));
              return b.node("product", OnnxNode.of("Mul", act, b.scalar("k", constant)));
            });

    Float16Model converted = Float16Conversion.standard().convert(model);

    assertThat(converted.report().beyondRange()).containsExactly("y");
    assertThat(converted.report().floatOperators()).containsOnlyKeys("Mul");
    assertSame(model, converted);
  }

  @Test
  void convert_infiniteBound_stays() {
    ModelProto model =
        around(
            (b, conv) ->
                b.node(
                    "clip",
                    OnnxNode.of(
                        "Clip",
                        conv,
                        b.scalar("low", -0.5),
                        b.scalar("high", Float.POSITIVE_INFINITY))));

    Float16Model converted = Float16Conversion.standard().convert(model);

    assertThat(converted.report().floatOperators()).isEmpty();
    assertSame(model, converted);
  }

  @Test
  void convert_keepingByName_leavesTheOperation() {
    ModelProto model = around((b, conv) -> b.node("last", OnnxNode.of("Relu", conv)));

    Float16Model converted =
        Float16Conversion.standard().keeping(node -> node.getOutput(0).equals("y")).convert(model);

    assertThat(converted.report().floatOperators()).containsOnlyKeys("Relu");
    assertSame(model, converted);
  }

  @Test
  void convert_nothingToConvert_isRefused() {
    OnnxGraphBuilder builder = new OnnxGraphBuilder("test");
    String x = builder.input("x", 1, 4);
    builder.output(builder.node("a", OnnxNode.of("Exp", x)), "y", 1, 4);

    assertThatThrownBy(() -> Float16Conversion.standard().convert(builder.build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[Exp]");
  }

  @Test
  void convert_quantizedModel_isSentToItsFloat32One() {
    ModelProto model = SmallNetworks.architecture("se_cnn", 4, 32);
    List<ModelProto> forms =
        List.of(
            WeightQuantization.standard().quantize(model).model(),
            DynamicQuantizer.quantize(model, KeepFloat.NOTHING, false));

    for (ModelProto quantized : forms) {
      assertThatThrownBy(() -> Float16Conversion.standard().convert(quantized))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is quantised already (operation '")
          .hasMessageContaining("quantise the float32 model that it was made of");
    }
  }
}
