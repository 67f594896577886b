package org.food4j.models.onnx.export;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.food4j.models.layer.NativeEngine;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/** A random DL4J graph beside the ONNX model exported from it. */
final class ExportedGraph {
  static final String INPUT = "in";

  /** Of the largest absolute value that the graph gives. */
  private static final double TOLERANCE = 1e-4;

  private final ComputationGraph graph;
  private final InputType inputType;
  private final ModelProto model;

  ExportedGraph(ComputationGraph graph, InputType inputType) {
    this(graph, inputType, new OnnxExporter().export(graph, ExportOptions.of(inputType)));
  }

  ExportedGraph(ComputationGraph graph, InputType inputType, ModelProto model) {
    this.graph = graph;
    this.inputType = inputType;
    this.model = model;
  }

  /** A graph builder with one input. */
  static GraphBuilder builder(InputType inputType) {
    NativeEngine.start();
    return new NeuralNetConfiguration.Builder()
        .seed(42)
        .updater(new NoOp())
        .graphBuilder()
        .addInputs(INPUT)
        .setInputTypes(inputType);
  }

  /** Initialises a graph, with every parameter random, batch-norm statistics included. */
  static ComputationGraph initialised(GraphBuilder builder, String... outputs) {
    ComputationGraph graph = new ComputationGraph(builder.setOutputs(outputs).build());
    graph.init();
    Nd4j.getRandom().setSeed(7);
    for (GraphVertex vertex : graph.getVertices()) {
      Map<String, INDArray> parameters = vertex.paramTable(false);
      if (parameters != null) {
        new TreeMap<>(parameters).forEach(ExportedGraph::randomise);
      }
    }
    return graph;
  }

  private static void randomise(String key, INDArray parameter) {
    INDArray uniform = Nd4j.rand(DataType.FLOAT, parameter.shape());
    switch (key) {
      case "var" -> parameter.assign(uniform.mul(2).addi(0.1));
      case "b", "beta", "mean", "gamma", "log10stdev" -> parameter.assign(uniform.subi(0.4));
      default -> parameter.assign(uniform.subi(0.5));
    }
  }

  /** A graph of one layer. */
  static ExportedGraph of(InputType inputType, Layer layer) {
    GraphBuilder builder = builder(inputType).addLayer("layer", layer, INPUT);
    return new ExportedGraph(initialised(builder, "layer"), inputType);
  }

  static ExportedGraph of(InputType inputType, GraphBuilder builder, String output) {
    return new ExportedGraph(initialised(builder, output), inputType);
  }

  static InputType image(int height, int width, int channels) {
    return InputType.convolutional(height, width, channels, CNN2DFormat.NCHW);
  }

  static InputType image(int height, int width, int channels, CNN2DFormat format) {
    return InputType.convolutional(height, width, channels, format);
  }

  static InputType sequence(int length, int channels, RNNFormat format) {
    return InputType.recurrent(channels, length, format);
  }

  static InputType volume(
      int depth, int height, int width, int channels, Convolution3D.DataFormat format) {
    return InputType.convolutional3D(format, depth, height, width, channels);
  }

  ModelProto model() {
    return model;
  }

  /** Runs both on batches of 1 and 3. */
  void assertSameOutput() {
    assertSameOutput(1);
    assertSameOutput(3);
  }

  private void assertSameOutput(int batch) {
    Nd4j.getRandom().setSeed(batch);
    INDArray input = Nd4j.randn(DataType.FLOAT, shape(batch)).muli(2);
    INDArray fed = isChannelsLast(inputType) ? channelsFirst(input) : input;
    long[] shape = fed.shape();
    float[] photo = fed.dup('c').data().asFloat(); // DL4J's first layer may work in place
    INDArray output = graph.outputSingle(false, input);
    INDArray expected = isOutputChannelsLast(output.rank()) ? channelsFirst(output) : output;
    float[] reference = expected.dup('c').data().asFloat();
    float[] onnx = run(photo, shape, expected.shape());
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < reference.length; i++) {
      largest = Math.max(largest, Math.abs(reference[i]));
      difference = Math.max(difference, Math.abs(reference[i] - onnx[i]));
    }
    assertThat(largest).as("the graph's largest output").isGreaterThan(0);
    assertThat(difference / largest)
        .as("batch %d: DL4J %s, ONNX %s", batch, head(reference), head(onnx))
        .isLessThan(TOLERANCE);
  }

  /** DL4J's own answer, but for sequences and volumes: it forgets their layout. */
  private boolean isOutputChannelsLast(int rank) {
    if (rank != 4) {
      return rank > 2 && isChannelsLast(inputType);
    }
    var configuration = graph.getConfiguration();
    return isChannelsLast(
        configuration
            .getLayerActivationTypes(inputType)
            .get(configuration.getNetworkOutputs().get(0)));
  }

  static boolean isChannelsLast(InputType type) {
    return type instanceof InputType.InputTypeConvolutional maps
            && maps.getFormat() == CNN2DFormat.NHWC
        || type instanceof InputType.InputTypeRecurrent steps && steps.getFormat() == RNNFormat.NWC
        || type instanceof InputType.InputTypeConvolutional3D volume
            && volume.getDataFormat() == Convolution3D.DataFormat.NDHWC;
  }

  static INDArray channelsFirst(INDArray array) {
    return switch (array.rank()) {
      case 3 -> array.permute(0, 2, 1);
      case 4 -> array.permute(0, 3, 1, 2);
      default -> array.permute(0, 4, 1, 2, 3);
    };
  }

  private long[] shape(int batch) {
    return inputType instanceof InputType.InputTypeConvolutionalFlat
            || inputType instanceof InputType.InputTypeFeedForward
        ? new long[] {batch, inputType.arrayElementsPerExample()}
        : withBatch(batch, inputType.getShape(false));
  }

  private static long[] withBatch(int batch, long[] shape) {
    long[] all = new long[shape.length + 1];
    all[0] = batch;
    System.arraycopy(shape, 0, all, 1, shape.length);
    return all;
  }

  private static String head(float[] values) {
    return Arrays.toString(Arrays.copyOf(values, Math.min(8, values.length)));
  }

  private float[] run(float[] input, long[] shape, long[] expectedShape) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(model.toByteArray());
        OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(input), shape);
        OrtSession.Result result =
            session.run(Map.of(session.getInputNames().iterator().next(), tensor))) {
      OnnxTensor output = (OnnxTensor) result.get(0);
      assertThat(output.getInfo().getShape()).isEqualTo(expectedShape);
      return output.getFloatBuffer().array();
    } catch (OrtException e) {
      throw new AssertionError("ONNX Runtime refuses the exported model", e);
    }
  }
}
