package org.food4j.models.onnx.export;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network of either kind that answers with vectors or channels-first maps, beside what {@link
 * OnnxExport} makes of it.
 */
final class ExportedNetwork {
  private final NeuralNetwork network;
  private final InputType input;

  ExportedNetwork(NeuralNetwork network, InputType input) {
    this.network = network;
    this.input = input;
  }

  /**
   * Gives biases and batch-norm parameters, which start as 0 and 1, values that show when they are
   * lost or swapped; random, but small enough for deep networks.
   */
  void shakeStatistics() {
    Nd4j.getRandom().setSeed(7);
    new TreeMap<>(((Model) network).paramTable())
        .forEach(
            (key, values) -> {
              INDArray uniform = Nd4j.rand(DataType.FLOAT, values.shape());
              String parameter = key.substring(key.lastIndexOf('_') + 1);
              switch (parameter) {
                case "b", "beta", "mean" -> values.assign(uniform.subi(0.5).muli(0.2));
                case "gamma", "var" -> values.assign(uniform.addi(0.5));
                case "log10stdev" -> values.assign(uniform.subi(0.5).muli(0.3));
                case "W" -> {
                  // He's deviation at most: with more, deep networks only amplify rounding
                  long outputs = values.rank() == 2 ? values.size(1) : values.size(0);
                  double he = Math.sqrt(2.0 * outputs / values.length());
                  double factor = he / values.stdNumber().doubleValue();
                  if (outputs > 7 && factor < 1) {
                    values.muli(factor);
                  }
                }
                default -> {}
              }
            });
  }

  /** Shrinks fully connected weights until probabilities are neither 0 nor 1 but tell more. */
  void desaturate() {
    for (int i = 0; i < 12 && answer(photos(2)).amaxNumber().doubleValue() > 0.99; i++) {
      ((Model) network)
          .paramTable()
          .forEach(
              (key, values) -> {
                if (key.endsWith("_W") && values.rank() == 2) {
                  values.muli(0.1);
                }
              });
    }
  }

  ModelProto model() {
    return OnnxExport.model(network, input);
  }

  /** Largest difference of any output, by the standard deviation of the network's own answers. */
  double relativeDifference(int batch) {
    INDArray photos = photos(batch);
    INDArray fed =
        ExportedGraph.isChannelsLast(input) ? ExportedGraph.channelsFirst(photos) : photos;
    float[] given = fed.dup('c').data().asFloat(); // DL4J's first layer may work in place
    INDArray answer = answer(photos);
    float[] expected = answer.dup('c').data().asFloat();
    float[] onnx = run(given, fed.shape(), answer.shape());
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      difference = Math.max(difference, Math.abs(expected[i] - onnx[i]));
    }
    double spread = answer.stdNumber().doubleValue();
    assertThat(spread).as("the spread of the answers").isGreaterThan(0);
    return difference / spread;
  }

  private INDArray photos(int batch) {
    long[] shape = input.getShape(true);
    shape[0] = batch;
    Nd4j.getRandom().setSeed(batch);
    return Nd4j.randn(DataType.FLOAT, shape);
  }

  private INDArray answer(INDArray photos) {
    return network instanceof ComputationGraph graph
        ? graph.outputSingle(false, photos)
        : ((MultiLayerNetwork) network).output(photos, false);
  }

  private float[] run(float[] input, long[] shape, long[] expectedShape) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(model().toByteArray());
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
