package org.food4j.models.weights.keras;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.models.layer.AdditionVertex;
import org.food4j.models.layer.Conv2d;
import org.food4j.models.layer.GlobalPool2d;
import org.food4j.models.layer.Normalization;
import org.food4j.models.layer.Pool2d;
import org.food4j.models.layer.Pooling;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.NoOp;

/** The networks of {@code keras_weights.py}, their vertices named as in torchvision. */
final class Miniatures {
  private final GraphBuilder graph;

  private Miniatures(int size) {
    graph =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new NoOp())
            .graphBuilder()
            .addInputs("in")
            .setInputTypes(InputType.convolutional(size, size, 3));
  }

  static ComputationGraph vgg16() {
    Miniatures net = new Miniatures(64);
    int[][] blocks = {{2, 2}, {3, 2}, {2, 3}, {3, 3}, {3, 3}};
    String x = "in";
    int index = 0;
    for (int[] block : blocks) {
      for (int i = 0; i < block[1]; i++) {
        Conv2d.Builder convolution = new Conv2d.Builder(block[0], 3, 3).padding(1, 1);
        String name = "features." + index;
        net.graph.addLayer(name, convolution.activation(Activation.RELU).build(), x);
        x = name;
        index += 2;
      }
      String pool = "features." + index++;
      net.graph.addLayer(pool, new Pool2d(Pooling.MAX, 2, 2, 0), x);
      x = pool;
    }
    net.dense("classifier.0", 5, Activation.RELU, x);
    net.graph.inputPreProcessor("classifier.0", new ChannelsFirstFlattening());
    net.dense("classifier.3", 4, Activation.RELU, "classifier.0");
    return net.ending("classifier.6", "classifier.3");
  }

  static ComputationGraph resNet50() {
    Miniatures net = new Miniatures(32);
    net.convolution("conv1", "bn1", "in", 2, 7, 2, Activation.RELU);
    net.graph.addLayer("maxpool", new Pool2d(Pooling.MAX, 3, 2, 1), "conv1");
    String x = net.bottleneck("layer1.0", "maxpool", 2, 1, true);
    x = net.bottleneck("layer1.1", x, 2, 1, false);
    x = net.bottleneck("layer2.0", x, 3, 2, true);
    net.graph.addLayer("avgpool", new GlobalPool2d(Pooling.AVERAGE, true), x);
    return net.ending("fc", "avgpool");
  }

  private String bottleneck(String block, String input, int width, int stride, boolean shortcut) {
    String x = part(block, 1, input, width, 1, stride, Activation.RELU);
    x = part(block, 2, x, width, 3, 1, Activation.RELU);
    x = part(block, 3, x, 4 * width, 1, 1, Activation.IDENTITY);
    String way = input;
    if (shortcut) {
      way = block + ".downsample.0";
      convolution(way, block + ".downsample.1", input, 4 * width, 1, stride, Activation.IDENTITY);
    }
    graph.addVertex(block, new AdditionVertex(Activation.RELU.getActivationFunction()), x, way);
    return block;
  }

  private String part(
      String block, int part, String input, int filters, int kernel, int stride, Activation f) {
    String name = block + ".conv" + part;
    convolution(name, block + ".bn" + part, input, filters, kernel, stride, f);
    return name;
  }

  private void convolution(
      String name,
      String normalization,
      String input,
      int filters,
      int kernel,
      int stride,
      Activation function) {
    Conv2d.Builder layer =
        new Conv2d.Builder(filters, kernel, kernel)
            .stride(stride, stride)
            .padding(kernel / 2, kernel / 2)
            .normalization(new Normalization(1.001e-5, 0.1, normalization));
    graph.addLayer(name, layer.activation(function).build(), input);
  }

  private void dense(String name, int outputs, Activation function, String input) {
    graph.addLayer(
        name, new DenseLayer.Builder().nOut(outputs).activation(function).build(), input);
  }

  private ComputationGraph ending(String head, String input) {
    dense(head, 6, Activation.IDENTITY, input);
    ComputationGraph made = new ComputationGraph(graph.setOutputs(head).build());
    made.init();
    return made;
  }
}
