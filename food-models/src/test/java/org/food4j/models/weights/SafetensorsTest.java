package org.food4j.models.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "F32, 4, 0000c03f, 1.5",
    "F16, 2, 003e, 1.5",
    "F16, 2, 0100, 5.9604645E-8", // the smallest subnormal
    "F16, 2, ff7b, 65504",
    "F16, 2, 0080, -0.0",
    "F16, 2, 00fc, -Infinity",
    "BF16, 2, c0bf, -1.5",
    "I64, 8, 0700000000000000, 7",
  })
  void values_ofEveryType_areReadAsFloat32(String type, int bytes, String hex, float expected)
      throws IOException {
    byte[] data = new java.math.BigInteger(hex, 16).toByteArray();
    byte[] exact = new byte[bytes];
    for (int i = 0; i < bytes; i++) { // BigInteger adds or drops leading zeros
      int at = data.length - bytes + i;
      exact[i] = at >= 0 ? data[at] : 0;
    }
    Safetensors file =
        open(
            "{\"x\":{\"dtype\":\"%s\",\"shape\":[1],\"data_offsets\":[0,%d]}}"
                .formatted(type, bytes),
            exact);
    assertThat(file.values("x")).containsExactly(expected);
    assertThat(file.shape("x")).containsExactly(1);
  }

  @Test
  void metadata_ofTheHeader_isGiven() throws IOException {
    Safetensors file = open("{\"__metadata__\":{\"padding\":\"same\"}}", new byte[0]);
    assertThat(file.metadata()).containsEntry("padding", "same");
    assertThat(file.names()).isEmpty();
  }

  @Test
  void file_truncatedAnywhere_isRefused() throws IOException {
    Path whole =
        write("{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", new byte[8]);
    byte[] bytes = Files.readAllBytes(whole);
    for (int length = 0; length < bytes.length; length++) {
      Path part = Files.write(folder.resolve("part"), Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> Safetensors.open(part))
          .as("%d bytes", length)
          .isInstanceOf(WeightsException.class)
          .hasMessageContaining("part");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "F32 | [2] | [0,12] | takes 8 bytes, but it has 12",
        "F32 | [4] | [0,16] | lie outside",
        "F32 | [-1] | [0,4] | shape is [-1]",
        "F32 | [4611686018427387904,4] | [0,4] | larger than any file",
        "F32 | [2] | [8,0] | lie outside",
        "F64 | [1] | [0,8] | F64",
      })
  void header_thatLies_isRefusedNamingTheTensor(
      String type, String shape, String offsets, String reason) {
    assertThatThrownBy(
            () ->
                open(
                    "{\"stem.0.weight\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}}"
                        .formatted(type, shape, offsets),
                    new byte[12]))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("stem.0.weight")
        .hasMessageContaining(reason);
  }

  private Safetensors open(String header, byte[] data) throws IOException {
    return Safetensors.open(write(header, data));
  }

  private Path write(String header, byte[] data) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    return Files.write(
        folder.resolve("w.safetensors"), bytes.putLong(text.length).put(text).put(data).array());
  }
}
