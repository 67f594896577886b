package org.food4j.models.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.food4j.models.onnx.OnnxModelFile;
import org.food4j.models.onnx.UnreadableModelException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that are damaged, or made to do harm: each is refused by name, and none ends the process.
 */
class HostileFilesTest {
  @TempDir Path folder;

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("model.onnx"), bytes);
  }

  private Path changed(Consumer<GraphProto.Builder> change) throws IOException {
    ModelProto.Builder model = HostileFiles.network().toBuilder();
    change.accept(model.getGraphBuilder());
    return write(model.build().toByteArray());
  }

  private static void assertRefused(Path file, String reason) throws IOException {
    assertThat(HostileFiles.complaint(file)).isEmpty();
    assertThatThrownBy(() -> OnnxClassifier.open(file, RuntimeSettings.shared(1)))
        .isInstanceOf(UnreadableModelException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(reason);
  }

  @Test
  void open_undamaged_works() throws IOException {
    Path file = write(HostileFiles.network().toByteArray());
    try (OnnxClassifier classifier = OnnxClassifier.open(file, RuntimeSettings.shared(1))) {
      assertThat(classifier.logits(new float[3 * 64], 1)).hasSize(3);
    }
  }

  @Test
  void anyDamage_isRefusedByName() throws IOException {
    for (int seed = 0; seed < 120; seed++) {
      assertThat(HostileFiles.complaint(write(HostileFiles.damaged(seed))))
          .as("seed %d", seed)
          .isEmpty();
    }
  }

  @Test
  void truncation_anywhere_isRefused() throws IOException {
    byte[] whole = HostileFiles.network().toByteArray();
    for (int i = 0; i < 40; i++) {
      Path file = write(Arrays.copyOf(whole, i * whole.length / 40));
      assertThat(HostileFiles.complaint(file)).as("%d bytes", i).isEmpty();
      assertThatThrownBy(() -> OnnxClassifier.open(file, RuntimeSettings.shared(1)))
          .isInstanceOf(UnreadableModelException.class);
    }
  }

  @Test
  void groupOfNone_isRefusedBeforeTheRuntimeDivides() throws IOException {
    for (String name : new String[] {"conv", "up"}) {
      assertRefused(
          changed(
              graph ->
                  node(graph, name).getAttributeBuilderList().stream()
                      .filter(attribute -> attribute.getName().equals("group"))
                      .forEach(attribute -> attribute.setI(0))),
          "group of node '" + name + "'");
    }
  }

  @Test
  void negativeMaps_areRefusedBeforeTheRuntimeCutsThem() throws IOException {
    assertRefused(
        changed(
            graph ->
                node(graph, "conv").getAttributeBuilderList().stream()
                    .filter(attribute -> attribute.getName().equals("dilations"))
                    .forEach(attribute -> attribute.setInts(0, 7).setInts(1, 7))),
        "node 'conv' (Conv) gives maps of an impossible size");
    assertRefused(
        changed(graph -> node(graph, "wide").getAttributeBuilder(0).setI(Long.MAX_VALUE)),
        "blocksize of node 'wide'");
    assertRefused(
        changed(
            graph ->
                graph.getInitializerBuilderList().stream()
                    .filter(tensor -> tensor.getName().equals("pads"))
                    .forEach(
                        tensor ->
                            tensor.setRawData(
                                ByteString.copyFrom(new byte[64])
                                    .substring(0, 23)
                                    .concat(ByteString.copyFrom(new byte[] {(byte) 0x80}))
                                    .concat(ByteString.copyFrom(new byte[40]))))),
        "node 'pad' (Pad) gives maps of an impossible size");
  }

  @Test
  void nodesThatWaitForEachOther_areRefused() throws IOException {
    assertRefused(
        changed(graph -> node(graph, "conv").setInput(0, "logits")), "wait for each other");
    assertRefused(changed(graph -> node(graph, "relu").setInput(0, "relu")), "wait for each other");
  }

  @Test
  void sizesBeyondMemory_areRefused() throws IOException {
    for (long huge : new long[] {Integer.MAX_VALUE, 1L << 40, Long.MAX_VALUE}) {
      assertRefused(
          changed(
              graph -> {
                var shape =
                    graph
                        .getInputBuilder(0)
                        .getTypeBuilder()
                        .getTensorTypeBuilder()
                        .getShapeBuilder();
                shape.getDimBuilder(2).setDimValue(huge);
                shape.getDimBuilder(3).setDimValue(huge);
              }),
          "");
      assertRefused(
          changed(graph -> graph.getInitializerBuilder(0).setDims(0, huge).setDims(1, huge)), "");
    }
  }

  @Test
  void weightsInOtherFiles_areNotReadFromElsewhere() throws IOException {
    Files.writeString(folder.resolve("secret.bin"), "0123456789".repeat(100));
    for (String place : new String[] {"/etc/passwd", "../secret.bin", "missing.bin"}) {
      assertRefused(
          changed(
              graph -> {
                var tensor = graph.getInitializerBuilder(0).clearRawData();
                tensor.setDataLocation(DataLocation.EXTERNAL);
                tensor.addExternalDataBuilder().setKey("location").setValue(place);
              }),
          "ONNX Runtime cannot load it");
    }
  }

  @Test
  void metadataThatIsNoText_isRefusedOrIgnored() throws IOException {
    ByteString noText =
        ByteString.copyFrom(new byte[] {(byte) 0xc3, 0x28, (byte) 0xf0, (byte) 0x9f});
    ModelProto model = SmallModel.withOutput("logits");
    Path foreign =
        write(
            model.toBuilder()
                .addMetadataProps(
                    StringStringEntryProto.newBuilder().setKeyBytes(noText).setValueBytes(noText))
                .build()
                .toByteArray());
    assertThat(HostileFiles.complaint(foreign)).isEmpty();
    try (OnnxClassifier classifier = OnnxClassifier.open(foreign, RuntimeSettings.shared(1))) {
      assertThat(classifier.metadata()).hasSize(1);
    }
    ModelProto own = OnnxModelFile.withCard(model, SmallModel.CARD);
    for (int i = 0; i < own.getMetadataPropsCount(); i++) {
      ModelProto.Builder builder = own.toBuilder();
      builder.getMetadataPropsBuilder(i).setValueBytes(noText);
      assertRefused(
          write(builder.build().toByteArray()),
          own.getMetadataProps(i).getKey().endsWith("version") ? "version" : "metadata key");
    }
    String nested = "[".repeat(100_000);
    ModelProto.Builder builder = own.toBuilder();
    builder.getMetadataPropsBuilder(1).setValue(nested);
    assertRefused(write(builder.build().toByteArray()), "metadata key");
  }

  private static NodeProto.Builder node(GraphProto.Builder graph, String name) {
    return graph.getNodeBuilderList().stream()
        .filter(node -> node.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  @Tag("slow")
  void manyDamages_inAProcessOfTheirOwn_doNotEndIt() throws Exception {
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                HostileFiles.class.getName(),
                folder.toString(),
                "1000",
                "11000")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();

    assertThat(process.waitFor(20, TimeUnit.MINUTES)).isTrue();

    assertThat(process.exitValue())
        .as("seed %s", Files.readString(folder.resolve("seed")))
        .isZero();
  }
}
