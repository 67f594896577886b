package org.food4j.models.onnx.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.io.IOException;
import java.util.List;
import org.food4j.models.onnx.OnnxGraphBuilder;
import org.food4j.models.onnx.OnnxNode;
import org.junit.jupiter.api.Test;

class FloatIslandsTest {
  @Test
  void of_floatModel_isOneIslandWithoutConversions() throws IOException {
    FloatIslands islands = FloatIslands.of(SmallNetworks.architecture("se_cnn", 4, 32));
    assertThat(islands.islands()).hasSize(1);
    assertThat(islands.integerOperations()).isZero();
    assertThat(islands.conversions()).isZero();
  }

  @Test
  void of_operationWithoutIntegerKernel_isAnIslandOfItsOwn() throws IOException {
    OnnxGraphBuilder builder = new OnnxGraphBuilder("test");
    String input = builder.input("input", OnnxGraphBuilder.BATCH, 3, 4, 4);
    float[] ones = new float[9];
    java.util.Arrays.fill(ones, 1);
    String weights = builder.floats("W", ones, 3, 3, 1, 1);
    String first = builder.node("first", OnnxNode.of("Conv", input, weights));
    String softplus = builder.node("softplus", OnnxNode.of("Softplus", first));
    String last = builder.node("last", OnnxNode.of("Conv", softplus, weights));
    builder.output(last, "out", OnnxGraphBuilder.BATCH, 3, 4, 4);
    ModelProto model = builder.build();
    List<SampleBatch> samples = SmallNetworks.photos(2, 4, 1);

    FloatIslands islands =
        FloatIslands.of(
            StaticQuantizer.calibrated(model, StaticOptions.DEFAULT, samples, n -> {}).quantize());

    assertThat(islands.islands())
        .containsExactly(new FloatIslands.Island(List.of("Softplus softplus")));
    assertThat(islands.islands().get(0).summary()).isEqualTo("1 Softplus");
    assertThat(islands.integerOperations()).isEqualTo(2);
    assertThat(islands.conversions()).isEqualTo(4);
  }

  @Test
  void of_dynamicallyQuantised_countsItsIntegerOperations() throws IOException {
    FloatIslands islands =
        FloatIslands.of(
            DynamicQuantizer.quantize(
                SmallNetworks.architecture("se_cnn", 4, 32), KeepFloat.NOTHING, false));
    assertThat(islands.integerOperations()).isGreaterThan(10);
    assertThat(islands.conversions()).isPositive();
    assertThat(islands.islands())
        .flatExtracting(FloatIslands.Island::operations)
        .noneMatch(operation -> operation.matches("(ConvInteger|Dynamic).*"));
  }
}
