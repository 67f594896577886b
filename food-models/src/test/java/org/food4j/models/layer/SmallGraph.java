package org.food4j.models.layer;

import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.models.kernel.KernelCases;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/**
 * A graph from photos {@code "in"} {@code [batch, channels, height, width]} over some layers to
 * DL4J's own output layer {@code "out"} on all their values.
 *
 * @param input height, width and channels of the photos, channels first
 * @param body adds the layers after the vertex that it is given, and returns the last one's name
 */
record SmallGraph(InputType.InputTypeConvolutional input, Body body) {
  static final int CLASSES = 3;

  /** Layers between the photos and the output layer. */
  @FunctionalInterface
  interface Body {
    /** Returns the name of the last vertex. */
    String wire(GraphBuilder graph, String input);
  }

  static SmallGraph of(int height, int width, int channels, Body body) {
    return new SmallGraph(
        (InputType.InputTypeConvolutional) InputType.convolutional(height, width, channels), body);
  }

  /** A graph that only computes gradients. */
  ComputationGraph make(DataType type) {
    return make(type, new NoOp());
  }

  ComputationGraph make(DataType type, IUpdater updater) {
    return make(new NeuralNetConfiguration.Builder().dataType(type).updater(updater));
  }

  /** With other defaults for the layers. */
  ComputationGraph make(NeuralNetConfiguration.Builder defaults) {
    GraphBuilder graph =
        defaults.seed(5).graphBuilder().addInputs("in").setInputTypes(input).setOutputs("out");
    String last = body.wire(graph, "in");
    graph.addLayer(
        "out",
        new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
            .nOut(CLASSES)
            .activation(Activation.SOFTMAX)
            .build(),
        last);
    ComputationGraph made = new ComputationGraph(graph.build());
    made.init();
    return made;
  }

  INDArray photos(DataType type, long seed, int batch) {
    return KernelCases.array(
            DataType.FLOAT, seed, batch, input.getChannels(), input.getHeight(), input.getWidth())
        .castTo(type);
  }

  static INDArray labels(DataType type, int batch) {
    INDArray labels = Nd4j.zeros(type, batch, CLASSES);
    for (int i = 0; i < batch; i++) {
      labels.putScalar(i, (2 * i + 1) % CLASSES, 1);
    }
    return labels;
  }

  DataSet data(DataType type, long seed, int batch) {
    return new DataSet(photos(type, seed, batch), labels(type, batch));
  }

  /** Gives every parameter values that show, the same for each floating-point type. */
  static void randomise(ComputationGraph graph) {
    Random random = new Random(11);
    for (Map.Entry<String, INDArray> parameter : graph.paramTable().entrySet()) {
      String key = parameter.getKey().substring(parameter.getKey().lastIndexOf('_') + 1);
      INDArray values = parameter.getValue();
      for (long i = 0; i < values.length(); i++) {
        float normal = (float) random.nextGaussian();
        values.putScalar(
            i,
            switch (key) {
              case Normalization.VARIANCE -> 0.5f + Math.abs(normal);
              case Normalization.GAMMA -> 1 + 0.3f * normal;
              default -> 0.4f * normal;
            });
      }
    }
  }

  /** Computes gradients, which {@link ComputationGraph#gradient()} then returns. */
  static void computeGradients(ComputationGraph graph, DataSet data) {
    graph.setInput(0, data.getFeatures());
    graph.setLabel(0, data.getLabels());
    graph.computeGradientAndScore();
  }
}
