package org.food4j.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import org.junit.jupiter.api.Test;

class OnnxTensorsTest {
  private static TensorProto.Builder typed(DataType type, long... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName("w").setDataType(type.getNumber());
    for (long dimension : shape) {
      tensor.addDims(dimension);
    }
    return tensor;
  }

  @Test
  void floats_writtenAndRead_areTheSame() {
    float[] values = {1.5f, -2, Float.MIN_VALUE, 3e38f};

    TensorProto tensor = OnnxTensors.floats("w", values, 2, 2);

    assertThat(OnnxTensors.floats(tensor)).containsExactly(values);
    assertThat(OnnxTensors.shape(tensor)).containsExactly(2, 2);
  }

  @Test
  void integers_ofEveryType_areReadAsTheyWereMeant() {
    byte[] bytes = {1, -1};
    assertThat(OnnxTensors.integers(OnnxTensors.bytes("w", DataType.UINT8, bytes, 2)))
        .containsExactly(1, 255);
    assertThat(OnnxTensors.integers(OnnxTensors.bytes("w", DataType.INT8, bytes, 2)))
        .containsExactly(1, -1);
    assertThat(OnnxTensors.integers(OnnxTensors.ints("w", new int[] {-7, 1 << 30}, 2)))
        .containsExactly(-7, 1 << 30);
    assertThat(OnnxTensors.integers(OnnxTensors.longs("w", new long[] {-7, 1L << 40}, 2)))
        .containsExactly(-7, 1L << 40);
  }

  @Test
  void values_storedInFieldsRatherThanBytes_areRead() {
    assertThat(OnnxTensors.floats(typed(DataType.FLOAT, 2).addFloatData(1).addFloatData(2).build()))
        .containsExactly(1, 2);
    assertThat(OnnxTensors.floats(typed(DataType.DOUBLE, 1).addDoubleData(0.5).build()))
        .containsExactly(0.5f);
    assertThat(OnnxTensors.floats(typed(DataType.FLOAT16, 1).addInt32Data(0x3c00).build()))
        .containsExactly(1);
    assertThat(OnnxTensors.integers(typed(DataType.INT64, 1).addInt64Data(9).build()))
        .containsExactly(9);
    assertThat(OnnxTensors.integers(typed(DataType.UINT8, 1).addInt32Data(200).build()))
        .containsExactly(200);
  }

  @Test
  void floats_fewerValuesThanTheShapeSays_areRefused() {
    TensorProto damaged =
        OnnxTensors.floats("w", new float[4], 4).toBuilder().setDims(0, 5).build();

    assertThatThrownBy(() -> OnnxTensors.floats(damaged))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'w'")
        .hasMessageContaining("damaged");
  }

  @Test
  void floats_inAFileOfTheirOwn_areRefused() {
    TensorProto outside = typed(DataType.FLOAT, 1).setDataLocation(DataLocation.EXTERNAL).build();

    assertThatThrownBy(() -> OnnxTensors.floats(outside))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("save the model as one file");
  }
}
