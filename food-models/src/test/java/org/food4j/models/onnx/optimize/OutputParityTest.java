package org.food4j.models.onnx.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.List;
import java.util.Map;
import org.food4j.models.onnx.OnnxTensors;
import org.junit.jupiter.api.Test;

class OutputParityTest {
  private static ModelProto scaled(float factor, long... shape) {
    return new SmallGraph()
        .input("x", shape)
        .output("y")
        .constant(OnnxTensors.floats("k", new float[] {factor}))
        .node("y = Mul x k")
        .end()
        .build();
  }

  @Test
  void measure_outputsThatDiffer_tellsByHowMuchOfTheLargest() {
    OutputParity parity =
        OutputParity.measure(scaled(1, -1, 5), scaled(1.01f, -1, 5), InputNoise.standard());

    assertThat(parity.largest()).isCloseTo(0.01, within(1e-6));
    assertThat(parity.within(0.02)).isTrue();
    assertThat(parity.within(OutputParity.TOLERANCE)).isFalse();
    assertThat(
            OutputParity.measure(scaled(1, -1, 5), scaled(1, -1, 5), InputNoise.standard())
                .largest())
        .isZero();
  }

  @Test
  void measure_notANumber_isInfinitelyFar() {
    OutputParity parity =
        OutputParity.measure(scaled(1, 1, 5), scaled(Float.NaN, 1, 5), InputNoise.standard());

    assertThat(parity.largest()).isInfinite();
    assertThat(parity.within(1)).isFalse();
  }

  @Test
  void measure_openShape_needsToBeTold() {
    ModelProto model = scaled(1, -1, -1);

    OutputParity open = OutputParity.measure(model, model, InputNoise.standard());
    assertThat(open.obstacle()).hasValueSatisfying(why -> assertThat(why).contains("'x'"));
    assertThat(open.within(1)).isFalse();
    assertThat(
            OutputParity.measure(model, model, new InputNoise(Map.of("x", List.of(3L, 4L)), 1))
                .within(0))
        .isTrue();
  }

  @Test
  void measure_otherTypes_cannotBeCompared() {
    ModelProto model =
        new SmallGraph()
            .input("x", DataType.INT64, 2)
            .output("y")
            .node("y = Cast x")
            .with("to", DataType.FLOAT_VALUE)
            .end()
            .build();

    assertThat(OutputParity.measure(model, model, InputNoise.standard()).obstacle())
        .hasValueSatisfying(why -> assertThat(why).contains("INT64"));
  }

  @Test
  void measure_bytes_areComparedToo() {
    ModelProto model =
        new SmallGraph()
            .input("x", DataType.UINT8, 2, 3)
            .output("y")
            .node("y = Cast x")
            .with("to", DataType.FLOAT_VALUE)
            .end()
            .build();

    assertThat(OutputParity.measure(model, model, InputNoise.standard()).within(0)).isTrue();
  }

  @Test
  void measure_modelThatTheRuntimeRefuses_isRefused() {
    ModelProto broken =
        new SmallGraph().input("x", 2).output("y").node("y = Unheard x").end().build();

    assertThatThrownBy(() -> OutputParity.measure(broken, broken, InputNoise.standard()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ONNX Runtime cannot");
  }

  @Test
  void measure_whatCannotBeCompared_isLoadedAllTheSame() {
    ModelProto integers =
        new SmallGraph()
            .input("x", DataType.INT64, 2)
            .output("y")
            .node("y = Cast x")
            .with("to", DataType.FLOAT_VALUE)
            .end()
            .build();
    ModelProto broken =
        new SmallGraph().input("x", 2).output("y").node("y = Unheard x").end().build();

    assertThatThrownBy(() -> OutputParity.measure(integers, broken, InputNoise.standard()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ONNX Runtime cannot load")
        .hasMessageContaining("Unheard");
  }

  @Test
  void measure_inputTooLargeForNoise_isAnObstacle() {
    ModelProto model =
        new SmallGraph().input("x", 20_000, 20_000).output("y").node("y = Relu x").end().build();

    assertThat(OutputParity.measure(model, model, InputNoise.standard()).obstacle())
        .get()
        .asString()
        .contains("'x' is too large");
  }
}
