package org.food4j.models.onnx.quantize;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.food4j.models.onnx.OfficialChecker;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds quantised files against the ONNX project's own checker and shape inference. */
class QuantizedFilesTest {
  @TempDir Path folder;

  @BeforeAll
  static void requireChecker() throws IOException, InterruptedException {
    OfficialChecker.require();
  }

  @ParameterizedTest
  @CsvSource({
    "se_cnn, 32, U8S8",
    "se_cnn, 32, S8S8",
    "se_cnn, 32, U8U8",
    "efficientnet_b0, 33, U8S8",
    "attention_cnn, 32, U8S8",
    "mobilenet_v3_small, 32, U8S8"
  })
  void checker_static_accepts(String name, int size, NumberTypes types) throws Exception {
    ModelProto model = SmallNetworks.architecture(name, 2, size);
    List<SampleBatch> samples = SmallNetworks.photos(2, size, 1);
    StaticOptions options = StaticOptions.DEFAULT.withTypes(types);
    OfficialChecker.assertAccepts(
        StaticQuantizer.calibrated(model, options, samples, n -> {}).quantize(), folder);
  }

  @Test
  void checker_mixed_accepts() throws Exception {
    ModelProto model = SmallNetworks.architecture("se_cnn", 2, 32);
    StaticQuantizer quantizer =
        StaticQuantizer.calibrated(
            model, StaticOptions.DEFAULT, SmallNetworks.photos(2, 32, 1), n -> {});
    OfficialChecker.assertAccepts(
        quantizer.quantize(node -> node.getOutput(0).startsWith("stages.1")), folder);
  }

  @ParameterizedTest
  @CsvSource({"se_cnn, 32", "efficientnet_b0, 33"})
  void checker_dynamic_accepts(String name, int size) throws Exception {
    ModelProto model = SmallNetworks.architecture(name, 2, size);
    OfficialChecker.assertAccepts(
        DynamicQuantizer.quantize(model, KeepFloat.NOTHING, false), folder);
  }
}
