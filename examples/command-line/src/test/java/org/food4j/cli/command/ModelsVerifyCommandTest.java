package org.food4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.cli.Food;
import org.food4j.cli.terminal.Screen;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.weights.WeightExport;
import org.food4j.models.weights.WeightsCard;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ModelsVerifyCommandTest {
  private final Screen screen = Screen.piped();

  @TempDir Path folder;

  /** A network's own weights and logits: what PyTorch computes is compared elsewhere. */
  @BeforeEach
  void writeFiles() throws IOException {
    ComputationGraph graph = Architectures.named("se_cnn").graph(new NetworkSpec(4, 32), 1);
    WeightExport.save(graph, folder.resolve("weights.safetensors"), WeightsCard.EMPTY);
    Nd4j.getRandom().setSeed(1);
    INDArray photos = Nd4j.randn(DataType.FLOAT, 2, 3, 32, 32);
    INDArray logits = graph.outputSingle(photos);
    write("input.npy", photos);
    write("logits.npy", logits);
    write("shifted.npy", logits.add(1));
    write("five.npy", Nd4j.randn(DataType.FLOAT, 2, 5));
  }

  private void write(String name, INDArray array) throws IOException {
    String shape = Arrays.toString(array.shape()).replace('[', '(').replace(']', ')');
    byte[] header =
        "{'descr': '<f4', 'fortran_order': False, 'shape': %s, }\n"
            .formatted(shape)
            .getBytes(StandardCharsets.US_ASCII);
    float[] values = array.dup('c').data().asFloat();
    ByteBuffer out =
        ByteBuffer.allocate(10 + header.length + Float.BYTES * values.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
            .putShort((short) header.length)
            .put(header);
    out.asFloatBuffer().put(values);
    Files.write(folder.resolve(name), out.array());
  }

  private int verify(String model, String expected, String... more) {
    String[] arguments = {
      "models",
      "verify",
      "--model",
      model,
      "--weights",
      folder.resolve("weights.safetensors").toString(),
      "--input",
      folder.resolve("input.npy").toString(),
      "--expected",
      folder.resolve(expected).toString()
    };
    String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return Food.run(screen.terminal(), all);
  }

  @Test
  void verify_ofTheRightLogits_hasTheContractsKeys() throws Exception {
    assertThat(verify("se_cnn", "logits.npy", "--json")).isZero();
    JsonNode check = new ObjectMapper().readTree(screen.out());
    assertThat(check.fieldNames())
        .toIterable()
        .containsExactly(
            "max_abs_difference", "spread", "relative", "onnx_max_abs_difference", "onnx_relative");
    assertThat(check.get("relative").asDouble()).isLessThan(1e-4);
    assertThat(check.get("onnx_relative").asDouble()).isBetween(1e-12, 1e-4);
  }

  @Test
  void verify_ofOtherLogits_failsAndSaysWhere() {
    assertThat(verify("se_cnn", "shifted.npy")).isEqualTo(1);
    assertThat(screen.out())
        .containsPattern("(?m)^DL4J +largest difference 1\\.00, .*: differs by more than 0\\.001$")
        .containsPattern("(?m)^ONNX Runtime +largest difference 1\\.00, .*: differs by more");
  }

  @Test
  void verify_ofAnotherClassCount_namesTheTensorAndBothShapes() {
    assertThat(verify("se_cnn", "five.npy", "--json")).isEqualTo(1);
    assertThat(screen.out()).isEmpty();
    assertThat(screen.err())
        .contains("fc.weight is [4, 256] in the file and [5, 256] in the network");
  }

  @Test
  void verify_ofAnotherNetwork_namesTheTensorAndBothShapes() {
    assertThat(verify("se_cnn_l", "logits.npy", "--json")).isEqualTo(1);
    assertThat(screen.out()).isEmpty();
    assertThat(screen.err())
        .contains("stem.0.weight is [32, 3, 3, 3] in the file and [48, 3, 3, 3] in the network");
  }
}
