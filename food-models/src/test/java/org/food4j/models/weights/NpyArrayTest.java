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

class NpyArrayTest {
  @Test
  void write_ofArrays_isReadAgainAndAligned(@TempDir Path written) throws Exception {
    Path file = written.resolve("a.npy");
    for (long[] shape : new long[][] {{6}, {2, 3}, {1, 3, 2, 1}}) {
      float[] values = {1, -2, 3.5f, 0, Float.NaN, 6};
      new NpyArray(shape, values).write(file);
      NpyArray read = NpyArray.read(file);
      assertThat(read.shape()).isEqualTo(shape);
      assertThat(read.values()).isEqualTo(values);
      assertThat((Files.size(file) - 4 * values.length) % 64).isZero();
    }
    assertThatThrownBy(() -> new NpyArray(new long[] {2}, new float[3]).write(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("[2] does not hold 3 values");
  }

  @TempDir Path folder;

  @Test
  void array_ofFloats_isRead() throws IOException {
    NpyArray array = NpyArray.read(write("<f4", "False", "2, 3", 6));
    assertThat(array.shape()).containsExactly(2, 3);
    assertThat(array.values()).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(NpyArray.read(write("<f4", "False", "", 1)).shape()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<f8 | False | 2, | not '<f8'",
        "<f4 | True | 2, | fortran_order False",
        "<f4 | False | 3, | take 12 bytes, but 8 follow",
        "<f4 | False | -1, -2 | negative size",
        "<f4 | False | 4294967296, 4294967296 | its shape is (4294967296, 4294967296)",
        "<f4 | False | 99999999999999999999, | its shape is",
        "<f4 | False | x | its shape is (x)",
      })
  void header_thatIsNotReadable_isRefused(String type, String order, String shape, String reason)
      throws IOException {
    Path file = write(type, order, shape, 2);
    assertThatThrownBy(() -> NpyArray.read(file))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("array.npy")
        .hasMessageContaining(reason);
  }

  @Test
  void file_truncatedAnywhere_isRefused() throws IOException {
    byte[] whole = Files.readAllBytes(write("<f4", "False", "2,", 2));
    for (int length = 0; length < whole.length; length++) {
      Path part = Files.write(folder.resolve("part.npy"), Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> NpyArray.read(part))
          .as("%d bytes", length)
          .isInstanceOf(WeightsException.class);
    }
  }

  private Path write(String type, String order, String shape, int count) throws IOException {
    String header =
        "{'descr': '%s', 'fortran_order': %s, 'shape': (%s), }\n".formatted(type, order, shape);
    byte[] text = header.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer out =
        ByteBuffer.allocate(10 + text.length + 4 * count).order(ByteOrder.LITTLE_ENDIAN);
    out.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    out.putShort((short) text.length).put(text);
    for (int i = 0; i < count; i++) {
      out.putFloat(i);
    }
    return Files.write(folder.resolve("array.npy"), out.array());
  }
}
