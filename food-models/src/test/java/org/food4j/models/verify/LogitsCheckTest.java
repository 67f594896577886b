package org.food4j.models.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.FormulaWeights;
import org.food4j.models.weights.WeightsException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By weights of se_cnn with 7 classes. */
class LogitsCheckTest {
  private static final float[] EXPECTED = {1, 2, 6, 0, 0, 0};

  @TempDir Path folder;

  private Path weights;

  @BeforeEach
  void writeFiles() throws IOException {
    FormulaWeights fixture = FormulaWeights.of("se_cnn");
    weights = folder.resolve("weights.safetensors");
    fixture.write(weights);
    fixture.cases().get(0).write(folder);
  }

  private LogitsCheck check(String network) throws IOException {
    return LogitsCheck.run(
        Architectures.named(network),
        weights,
        folder.resolve("input.npy"),
        folder.resolve("logits.npy"));
  }

  @Test
  void differences_ofBothRuntimes_arePartsOfTheSpread() {
    LogitsCheck check =
        LogitsCheck.of(new float[] {1, 2, 6, 0, 1, 0}, new float[] {1, 2, 4, 0, 0, 0}, EXPECTED, 3);
    double spread = Math.sqrt(7); // of 1, 2 and 6: (4 + 1 + 9) / 2
    assertThat(check.spread()).isCloseTo(spread, offset(1e-12));
    assertThat(check.relative()).isCloseTo(1 / spread, offset(1e-12));
    assertThat(check.onnxRelative()).isCloseTo(2 / spread, offset(1e-12));
  }

  @Test
  void difference_ofOneRuntime_isEnoughToDisagree() {
    float[] wrong = {1, 2, 6, 0, 1, 0};
    assertThat(LogitsCheck.of(EXPECTED, EXPECTED, EXPECTED, 3).within(0)).isTrue();
    assertThat(LogitsCheck.of(wrong, EXPECTED, EXPECTED, 3).within(0.1)).isFalse();
    assertThat(LogitsCheck.of(EXPECTED, wrong, EXPECTED, 3).within(0.1)).isFalse();
    wrong[4] = Float.NaN;
    assertThat(LogitsCheck.of(EXPECTED, wrong, EXPECTED, 3).within(1e9)).isFalse();
    float[] same = {1, 2, 6, 1, 2, 6};
    assertThat(LogitsCheck.of(same, same, same, 3).within(1)).as("without spread").isFalse();
  }

  @Test
  void logits_ofAnotherCount_areRefused() {
    assertThatThrownBy(() -> LogitsCheck.of(EXPECTED, new float[3], EXPECTED, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not 6, 3 and 6 numbers");
  }

  @Test
  void weights_thatWereChanged_disagreeInBothRuntimes() throws IOException {
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 1] ^= (byte) 0x80; // the sign of the last bias
    Files.write(weights, bytes);
    LogitsCheck check = check("se_cnn");
    assertThat(check.relative()).isGreaterThan(1e-3);
    assertThat(check.onnxRelative()).isGreaterThan(1e-3);
  }

  @Test
  void weights_thatAskForAnotherForm_getIt() throws IOException {
    header(text -> text.replace("\"architecture\":", "\"bn_eps\":\"0.01\",\"architecture\":"));
    assertThat(check("se_cnn").relative()).isGreaterThan(1e-3);
  }

  @Test
  void weights_ofAnotherArchitecture_areRefusedWithBothShapes() {
    assertThatThrownBy(() -> check("se_cnn_l"))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("the file holds se_cnn, the network is se_cnn_l")
        .hasMessageContaining(
            "stem.0.weight is [32, 3, 3, 3] in the file and [48, 3, 3, 3] in the network")
        .hasMessageContaining("stages.0.conv1.weight is in the file and not in the network");
  }

  @Test
  void weights_ofAnotherArchitectureWithIdentityBlocks_areRefusedAlike() throws IOException {
    header(
        text -> text.replace("\"architecture\":", "\"identity_blocks\":\"x.9\",\"architecture\":"));
    assertThatThrownBy(() -> check("resnet18"))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining(weights.toString())
        .hasMessageContaining("the file holds se_cnn, the network is resnet18")
        .hasMessageContaining("fc.weight is [7, 256] in the file and [7, 512] in the network");
  }

  @Test
  void weights_ofAnotherClassCount_areRefusedWithBothShapes() throws IOException {
    new FormulaWeights.Case(64, 1, new float[2][9]).write(folder);
    assertThatThrownBy(() -> check("se_cnn"))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("the file has 7 classes, the network 9")
        .hasMessageContaining("fc.weight is [7, 256] in the file and [9, 256] in the network")
        .hasMessageContaining("fc.bias is [7] in the file and [9] in the network");
  }

  @Test
  void weights_withAnotherKernel_areRefusedWithBothShapes() throws IOException {
    header(text -> text.replace("[32,3,3,3]", "[32,1,9,3]"));
    assertThatThrownBy(() -> check("se_cnn"))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("1 tensors do not fit, nothing was loaded")
        .hasMessageContaining(
            "stem.0.weight is [32, 1, 9, 3] in the file and [32, 3, 3, 3] in the network");
  }

  @Test
  void weights_thatWereTruncated_areRefusedWithTheTensor() throws IOException {
    byte[] bytes = Files.readAllBytes(weights);
    Files.write(weights, Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> check("se_cnn"))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining(weights.toString())
        .hasMessageContaining("tensor stages.3.conv1.weight: its bytes [")
        .hasMessageContaining("the file is truncated, or its header is wrong");
  }

  @Test
  void weights_whoseOffsetsLie_areRefusedWithTheTensor() throws IOException {
    header(text -> text.replaceFirst("\\[0,3456\\]", "[4,3460]"));
    assertThatThrownBy(() -> check("se_cnn"))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("tensor stem.0.weight: it begins at byte 4");
  }

  @Test
  void weights_ofNoSafetensorsFile_areRefused() throws IOException {
    Files.writeString(weights, "<html>404</html>");
    assertThatThrownBy(() -> check("se_cnn"))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("not a safetensors file, or truncated");
  }

  /** Rewrites the weights' header; the tensors stay. */
  private void header(UnaryOperator<String> change) throws IOException {
    ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(weights)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] header = new byte[(int) file.getLong()];
    file.get(header);
    String text = new String(header, StandardCharsets.UTF_8);
    assertThat(change.apply(text)).isNotEqualTo(text);
    byte[] changed = change.apply(text).getBytes(StandardCharsets.UTF_8);
    ByteBuffer out =
        ByteBuffer.allocate(Long.BYTES + changed.length + file.remaining())
            .order(ByteOrder.LITTLE_ENDIAN);
    Files.write(weights, out.putLong(changed.length).put(changed).put(file).array());
  }
}
