package org.food4j.models.inference;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.food4j.models.onnx.OnnxGraph;
import org.food4j.models.onnx.OnnxGraphBuilder;
import org.food4j.models.onnx.OnnxModelFile;
import org.food4j.models.onnx.OnnxNode;
import org.food4j.models.onnx.UnreadableModelException;
import org.food4j.models.onnx.optimize.GraphOptimizer;
import org.food4j.models.onnx.optimize.InputNoise;
import org.food4j.models.onnx.optimize.OutputParity;
import org.food4j.models.onnx.optimize.RuntimeLevel;
import org.food4j.models.onnx.optimize.RuntimeOptimizer;
import org.food4j.models.onnx.quantize.DynamicQuantizer;
import org.food4j.models.onnx.quantize.Float16Conversion;
import org.food4j.models.onnx.quantize.FloatIslands;
import org.food4j.models.onnx.quantize.KeepFloat;
import org.food4j.models.onnx.quantize.SampleBatch;
import org.food4j.models.onnx.quantize.StaticOptions;
import org.food4j.models.onnx.quantize.StaticQuantizer;
import org.food4j.models.onnx.quantize.WeightQuantization;

/** A small network of many operations, and files made from it by damage that a seed decides. */
final class HostileFiles {
  private static final long[] ODD = {
    0,
    -1,
    -2,
    1,
    2,
    7,
    255,
    65536,
    1000003,
    Integer.MAX_VALUE,
    1L << 33,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };
  private static final String[] NAMES = {"", "logits", "input", "nothing", "\uD83C\uDF55", "conv"};
  private static final String[] OPERATORS = {
    "", "Loop", "If", "Einsum", "MatMul", "LSTM", "Tile", "Expand", "TopK", "Flatten", "ConvInteger"
  };
  private static final String[] PLACES = {"/etc/passwd", "../weights.bin", "model.onnx", ""};

  private HostileFiles() {}

  static ModelProto network() {
    OnnxGraphBuilder graph = new OnnxGraphBuilder("test");
    String x = graph.input("input", OnnxGraphBuilder.BATCH, 3, 8, 8);
    OnnxNode conv =
        OnnxNode.of("Conv", x, weights(graph, "conv/W", 4, 3, 3, 3), weights(graph, "conv/b", 4));
    x = graph.node("conv", window(conv).with("dilations", new int[] {1, 1}).with("group", 1));
    x = graph.node("relu", OnnxNode.of("Relu", x));
    String max = graph.node("max", window(OnnxNode.of("MaxPool", x)).with("ceil_mode", 0));
    x = graph.node("mean", window(OnnxNode.of("AveragePool", x)));
    x = graph.node("sum", OnnxNode.of("Add", x, max));
    x = graph.node("both", OnnxNode.of("Concat", x, max).with("axis", 1));
    x = graph.node("deep", OnnxNode.of("SpaceToDepth", x).with("blocksize", 2));
    x = graph.node("wide", OnnxNode.of("DepthToSpace", x).with("blocksize", 2));
    x = graph.node("pad", OnnxNode.of("Pad", x, graph.integers("pads", 0, 0, 1, 1, 0, 0, 1, 1)));
    String axes = graph.integers("axes", 2, 3);
    String from = graph.integers("from", 1, 1);
    x = graph.node("slice", OnnxNode.of("Slice", x, from, graph.integers("to", 9, 9), axes));
    int[] last = {0, 2, 3, 1};
    x = graph.node("last", OnnxNode.of("Transpose", x).with("perm", last));
    x = graph.node("first", OnnxNode.of("Transpose", x).with("perm", new int[] {0, 3, 1, 2}));
    OnnxNode up = OnnxNode.of("ConvTranspose", x, weights(graph, "up/W", 8, 4, 2, 2));
    x = graph.node("up", up.with("strides", new int[] {2, 2}).with("group", 1));
    x = graph.node("q", OnnxNode.of("QuantizeLinear", x, graph.scalar("step", 0.05)));
    x = graph.node("dq", OnnxNode.of("DequantizeLinear", x, graph.scalar("step2", 0.05)));
    x = graph.node("pool", OnnxNode.of("GlobalAveragePool", x));
    x = graph.node("flat", OnnxNode.of("Reshape", x, graph.integers("shape", -1, 4)));
    x = graph.node("fc", OnnxNode.of("Gemm", x, weights(graph, "fc/W", 4, 3)));
    graph.output(x, "logits", OnnxGraphBuilder.BATCH, 3);
    return graph.build();
  }

  private static String weights(OnnxGraphBuilder graph, String name, long... shape) {
    int count = (int) Arrays.stream(shape).reduce(1, Math::multiplyExact);
    float[] values = new float[count];
    Random random = new Random(count);
    for (int i = 0; i < count; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return graph.floats(name, values, shape);
  }

  private static OnnxNode window(OnnxNode node) {
    return node.with("kernel_shape", new int[] {3, 3})
        .with("pads", new int[] {1, 1, 1, 1})
        .with("strides", new int[] {1, 1});
  }

  /** The network, damaged in one or two places; every fourth time in its bytes. */
  static byte[] damaged(int seed) {
    Random random = new Random(seed);
    if (seed % 4 == 0) {
      byte[] bytes = network().toByteArray();
      if (random.nextInt(3) == 0) {
        return Arrays.copyOf(bytes, random.nextInt(bytes.length));
      }
      for (int i = random.nextInt(4); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      }
      return bytes;
    }
    ModelProto.Builder model = network().toBuilder();
    for (int i = random.nextInt(3) / 2; i >= 0; i--) {
      damage(model, random);
    }
    return model.build().toByteArray();
  }

  private static void damage(ModelProto.Builder model, Random random) {
    GraphProto.Builder graph = model.getGraphBuilder();
    NodeProto.Builder node = graph.getNodeBuilder(random.nextInt(graph.getNodeCount()));
    TensorProto.Builder tensor =
        graph.getInitializerBuilder(random.nextInt(graph.getInitializerCount()));
    ValueInfoProto.Builder value =
        random.nextBoolean() ? graph.getInputBuilder(0) : graph.getOutputBuilder(0);
    long odd = ODD[random.nextInt(ODD.length)];
    String name = NAMES[random.nextInt(NAMES.length)];
    switch (random.nextInt(16)) {
      case 0, 1, 2, 3 -> attribute(node, odd, random);
      case 4 -> tensor.addDims(odd);
      case 5 -> {
        if (tensor.getDimsCount() > 0) {
          tensor.setDims(0, odd);
        }
      }
      case 6 -> tensor.setDataType(random.nextInt(25) - 2);
      case 7 -> tensor.setRawData(integers(tensor.getRawData().size(), random));
      case 8 -> tensor.setRawData(tensor.getRawData().substring(1));
      case 9 ->
          tensor
              .clearRawData()
              .setDataLocation(DataLocation.EXTERNAL)
              .addExternalDataBuilder()
              .setKey("location")
              .setValue(PLACES[random.nextInt(PLACES.length)]);
      case 10 -> {
        if (node.getInputCount() > 0) {
          node.setInput(random.nextInt(node.getInputCount()), name);
        }
      }
      case 11 -> node.setOutput(0, name);
      case 12 -> node.setOpType(OPERATORS[random.nextInt(OPERATORS.length)]);
      case 13 -> model.getOpsetImportBuilder(0).setVersion(odd);
      case 14 -> {
        TensorShapeProto.Builder shape =
            value.getTypeBuilder().getTensorTypeBuilder().getShapeBuilder();
        shape.getDimBuilder(random.nextInt(shape.getDimCount())).setDimValue(odd);
      }
      default -> value.setName(name).getTypeBuilder().getTensorTypeBuilder().setElemType(3);
    }
  }

  private static void attribute(NodeProto.Builder node, long odd, Random random) {
    if (node.getAttributeCount() == 0) {
      node.clearInput();
      return;
    }
    AttributeProto.Builder attribute =
        node.getAttributeBuilder(random.nextInt(node.getAttributeCount()));
    if (attribute.getIntsCount() == 0) {
      attribute.setI(odd);
    } else if (random.nextInt(4) == 0) {
      attribute.addInts(odd);
    } else {
      attribute.setInts(random.nextInt(attribute.getIntsCount()), odd);
    }
  }

  private static ByteString integers(int bytes, Random random) {
    byte[] values = new byte[bytes];
    for (int i = 0; i + Long.BYTES <= bytes; i += Long.BYTES) {
      long odd = ODD[random.nextInt(ODD.length)];
      for (int k = 0; k < Long.BYTES; k++) {
        values[i + k] = (byte) (odd >> 8 * k);
      }
    }
    return ByteString.copyFrom(values);
  }

  /**
   * Reads a file in every way that the library has.
   *
   * @return what is wrong with how it was refused; absent if it was read, or refused with its path
   */
  static Optional<String> complaint(Path file) throws IOException {
    try {
      OnnxModelFile.read(file);
    } catch (UnreadableModelException e) {
      if (!e.getMessage().startsWith(file + ": ") || e.getMessage().endsWith(": null")) {
        return Optional.of("read: " + e.getMessage());
      }
    } catch (RuntimeException e) {
      return Optional.of("read: " + e);
    }
    try {
      OnnxGraph.of(ModelProto.parseFrom(Files.readAllBytes(file)));
    } catch (InvalidProtocolBufferException e) {
      // OnnxModelFile has said so above
    } catch (IllegalArgumentException e) {
      if (e.getMessage() == null) {
        return Optional.of("graph: " + e);
      }
    } catch (RuntimeException e) {
      return Optional.of("graph: " + e);
    }
    try (OnnxClassifier classifier = OnnxClassifier.open(file, RuntimeSettings.shared(1))) {
      return classifier.classes() > 0 ? Optional.empty() : Optional.of("open: no classes");
    } catch (UnreadableModelException e) {
      return e.getMessage().startsWith(file + ": ")
          ? Optional.empty()
          : Optional.of("open: " + e.getMessage());
    } catch (RuntimeException e) {
      return Optional.of("open: " + e);
    }
  }

  /**
   * Rewrites a model in every way that the library has, and runs what comes out.
   *
   * @return what is wrong with how it was refused; absent if it was rewritten, or refused in words
   */
  static Optional<String> rewritingComplaint(byte[] file) throws IOException {
    ModelProto model;
    try {
      model = ModelProto.parseFrom(file);
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty(); // no model to rewrite
    }
    InputNoise noise = InputNoise.standard();
    List<SampleBatch> samples = List.of(SampleBatch.of("input", new float[2 * 3 * 64], 2, 3, 8, 8));
    List<Rewriting> rewritings =
        List.of(
            m -> OutputParity.measure(m, GraphOptimizer.standard().optimize(m).model(), noise),
            m -> RuntimeOptimizer.optimize(m, RuntimeLevel.ALL),
            m -> OutputParity.measure(m, WeightQuantization.standard().quantize(m).model(), noise),
            m -> OutputParity.measure(m, Float16Conversion.standard().convert(m).model(), noise),
            m ->
                OutputParity.measure(
                    m, DynamicQuantizer.quantize(m, KeepFloat.NOTHING, false), noise),
            m ->
                FloatIslands.of(
                    StaticQuantizer.calibrated(m, StaticOptions.DEFAULT, samples, done -> {})
                        .quantize()));
    for (int i = 0; i < rewritings.size(); i++) {
      try {
        rewritings.get(i).apply(model);
      } catch (IllegalArgumentException e) {
        if (e.getMessage() == null || e.getMessage().isBlank()) {
          return Optional.of("rewriting %d: %s".formatted(i, e));
        }
      } catch (RuntimeException e) {
        return Optional.of("rewriting %d: %s at %s".formatted(i, e, e.getStackTrace()[0]));
      }
    }
    return Optional.empty();
  }

  private interface Rewriting {
    void apply(ModelProto model) throws IOException;
  }

  /**
   * Reads and rewrites damaged files, in a process that may end by it.
   *
   * @param arguments a folder, where {@code seed} tells the file at hand; the first seed; the one
   *     after the last
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    boolean complained = false;
    for (int seed = Integer.parseInt(arguments[1]); seed < Integer.parseInt(arguments[2]); seed++) {
      Files.writeString(folder.resolve("seed"), Integer.toString(seed));
      byte[] damaged = damaged(seed);
      Path file = Files.write(folder.resolve("model.onnx"), damaged);
      for (Optional<String> complaint : List.of(complaint(file), rewritingComplaint(damaged))) {
        if (complaint.isPresent()) {
          complained = true;
          System.err.println("Seed " + seed + ": " + complaint.get());
        }
      }
    }
    System.exit(complained ? 1 : 0);
  }
}
