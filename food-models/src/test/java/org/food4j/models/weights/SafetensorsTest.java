package org.food4j.models.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
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
        "F32 | [1.0] | [0,4] | 1.0",
        "F32 | ['1'] | [0,4] | unclear",
        "F32 | null | [0,4] | no dtype, shape or pair",
        "F32 | [1] | [0,4,8] | no dtype, shape or pair",
        "F32 | [1] | [0,99999999999999999999] | unclear",
        "F32 | [3000000000,3000000000] | [0,4] | larger than any file",
        "F32 | [2] | [4,12] | begins at byte 4, but the header ends at 0",
        "F32 | [2] | [0,8] | ends at byte 8 of 12",
      })
  void header_thatLies_isRefusedNamingTheTensor(
      String type, String shape, String offsets, String reason) {
    assertThatThrownBy(
            () ->
                open(
                    "{\"stem.0.weight\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}}"
                        .formatted(type, shape.replace('\'', '"'), offsets),
                    new byte[12]))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("stem.0.weight")
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':%1$s[0,8]},'b':%1$s[4,12]}} | tensor b: it begins at byte 4, inside tensor a",
        "{'b':%1$s[4,12]},'a':%1$s[0,8]}} | tensor b: it begins at byte 4, inside tensor a",
        "{'a':%1$s[0,8]},'b':%1$s[12,20]}} | tensor b: it begins at byte 12, but tensor a ends at 8",
        "{'a':%1$s[0,8]},'a':%1$s[8,16]}} | Duplicate field 'a'",
        "{'a':%1$s[0,8],'shape':[2]}} | Duplicate field 'shape'",
        "{'a':{'shape':[2],'data_offsets':[0,8]}} | dtype",
        "{'a':{'dtype':0,'shape':[2],'data_offsets':[0,8]}} | tensor a is unclear",
        "{'a':%1$s[0,8],'offset':0}} | offset",
        "{'a':null} | tensor a: its entry is null",
        "{'a':[]} | tensor a is unclear",
        "[] | not a JSON object",
        "{'a':%1$s[0,8]}}{} | goes on after",
        "{'a':%1$s[0,8]} | not JSON",
        "hello | not JSON",
        "{'__metadata__':{'padding':1}} | metadata padding is not a text",
        "{'__metadata__':[]} | not an object of texts",
        "{'a':{'dtype':'F32','shape':[5],'data_offsets':[0,20]},'__metadata__':{'padding':'none'}} | metadata padding 'none'",
      })
  void header_thatIsNone_isRefusedWithTheReason(String header, String reason) {
    String text = header.formatted("{'dtype':'F32','shape':[2],'data_offsets':");
    assertThatThrownBy(() -> open(text.replace('\'', '"'), new byte[20]))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("w.safetensors")
        .extracting(e -> e.getMessage().replace('"', '\''))
        .asString()
        .contains(reason);
  }

  /** The first bytes that torch.save writes: PyTorch 2, and before 1.6. */
  @ParameterizedTest
  @CsvSource({"504b030400000808, zip archive", "80028a0a6cfc9c46, pickle"})
  void checkpoint_ofPyTorch_isRefusedWithTheWayToConvertIt(String start, String kind)
      throws IOException {
    byte[] bytes = Arrays.copyOf(HexFormat.of().parseHex(start), 100);
    Path file = Files.write(folder.resolve("resnet.pth"), bytes);
    assertThatThrownBy(() -> Safetensors.open(file))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("resnet.pth")
        .hasMessageContaining(kind + ", such as torch.save")
        .hasMessageContaining("safetensors.torch.save_file(")
        .hasMessageNotContaining("claims");
  }

  @Test
  void length_ofAHeaderBeyondTheFormat_isRefusedBeforeMemoryIsTaken() throws IOException {
    Path file = write("{}", new byte[0]);
    for (long claimed : new long[] {-1, 0, 1, 100_000_001, Long.MAX_VALUE}) {
      byte[] bytes = Files.readAllBytes(file);
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(claimed);
      Path lying = Files.write(folder.resolve("lying"), bytes);
      assertThatThrownBy(() -> Safetensors.open(lying))
          .isInstanceOf(WeightsException.class)
          .hasMessageContaining("claims " + claimed);
    }
  }

  @Test
  void tensors_ofAFileBeyond2Gigabytes_areRead() throws IOException {
    long half = 1L << 30;
    String big = "{\"dtype\":\"F32\",\"shape\":[268435456],\"data_offsets\":[%d,%d]}";
    String header =
        "{\"last\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[%d,%d]},"
                .formatted(3 * half, 3 * half + 4)
            + "\"none\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[%1$d,%1$d]},"
                .formatted(half)
            + "\"a\":"
            + big.formatted(0, half)
            + ",\"b\":"
            + big.formatted(half, 2 * half)
            + ",\"c\":"
            + big.formatted(2 * half, 3 * half)
            + "}";
    Path file = write(header, new byte[0]);
    long start = Files.size(file);
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(start + 3 * half + 4);
      sparse.seek(start + 3 * half);
      sparse.write(new byte[] {0, 0, (byte) 0xc0, 0x3f});
    }
    Safetensors read = Safetensors.open(file);
    assertThat(read.values("last")).containsExactly(1.5f);
    assertThat(read.values("none")).isEmpty();
    assertThat(read.shape("b")).containsExactly(268435456);
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
