package org.food4j.models.block;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.food4j.models.layer.AdditionVertex;
import org.food4j.models.layer.ChannelScaleVertex;
import org.food4j.models.layer.Conv2d;
import org.food4j.models.layer.GlobalPool2d;
import org.food4j.models.layer.Normalization;
import org.food4j.models.layer.Pool2d;
import org.food4j.models.layer.Pooling;
import org.nd4j.linalg.activations.Activation;

/**
 * The layers that blocks are wired from, added to a DL4J graph under given names. Each method adds
 * one vertex and returns its name, so that a block reads like a chain. Feature maps are {@code
 * [batch, height, width, channels]}; the number of input channels is inferred.
 *
 * <p>Names are torchvision's module paths, so that published weights map by name. Not thread-safe.
 */
public final class NetworkBuilder {
  private final GraphBuilder graph;
  private final double batchNormEps;

  /**
   * @param graph receives the vertices
   * @param batchNormEps added to the variance: 1e-5 in most published networks, 1e-3 in those that
   *     come from TensorFlow
   */
  public NetworkBuilder(GraphBuilder graph, double batchNormEps) {
    this.graph = graph;
    this.batchNormEps = batchNormEps;
  }

  /**
   * A convolution without bias, batch normalisation and a function, as one layer. The kernels are
   * initialised after He et al. 2015 (arXiv 1502.01852); running statistics move by a tenth per
   * step.
   *
   * @param name the convolution's module, and the vertex
   * @param norm the normalisation's module
   */
  public String convolution(String name, String norm, String input, Convolution shape) {
    Conv2d.Builder layer =
        new Conv2d.Builder(shape.filters(), shape.kernel(), shape.kernel())
            .stride(shape.stride(), shape.stride())
            .padding(shape.kernel() / 2, shape.kernel() / 2)
            .groups(shape.groups())
            .bias(false)
            .normalization(new Normalization(batchNormEps, 0.1, norm))
            .activation(shape.function())
            .weightInit(WeightInit.RELU);
    if (shape.readsPhotos()) {
      layer.withoutInputGradient();
    }
    graph.addLayer(name, layer.build(), input);
    return name;
  }

  /** The greatest value of each window, zero-padded by {@code kernel / 2}. */
  public String maxPool(String name, String input, int kernel, int stride) {
    graph.addLayer(name, new Pool2d(Pooling.MAX, kernel, stride, kernel / 2), input);
    return name;
  }

  /** A linear layer with bias and, after it, an element-wise function. */
  public String dense(String name, String input, int outputs, Activation function) {
    graph.addLayer(
        name,
        new DenseLayer.Builder()
            .nOut(outputs)
            .activation(function)
            .weightInit(function == Activation.RELU ? WeightInit.RELU : WeightInit.XAVIER)
            .build(),
        input);
    return name;
  }

  /** The mean over all positions: {@code [batch, channels]}. */
  public String globalAverage(String name, String input) {
    graph.addLayer(name, new GlobalPool2d(Pooling.AVERAGE, true), input);
    return name;
  }

  /** The mean over all positions, as maps of one place: {@code [batch, 1, 1, channels]}. */
  public String globalAverageMaps(String name, String input) {
    graph.addLayer(name, new GlobalPool2d(Pooling.AVERAGE, false), input);
    return name;
  }

  /** A linear layer with bias over the channels of each place, and a function after it. */
  public String linear(String name, String input, int outputs, Activation function) {
    graph.addLayer(
        name,
        new Conv2d.Builder(outputs, 1, 1)
            .activation(function)
            .weightInit(function == Activation.SIGMOID ? WeightInit.XAVIER : WeightInit.RELU)
            .build(),
        input);
    return name;
  }

  /**
   * Dropout (Srivastava et al. 2014) in training; nothing at inference.
   *
   * @param rate share of the values set to 0; DL4J's layer takes the share that is kept
   */
  public String dropout(String name, String input, double rate) {
    graph.addLayer(name, new DropoutLayer(1 - rate), input);
    return name;
  }

  /** Each channel of a feature map times its factor {@code [batch, channels]}. */
  public String channelScale(String name, String map, String factors) {
    graph.addVertex(name, new ChannelScaleVertex(), map, factors);
    return name;
  }

  /** A function of the sum of two feature maps of one shape. */
  public String add(String name, String first, String second, Activation function) {
    graph.addVertex(name, new AdditionVertex(function.getActivationFunction()), first, second);
    return name;
  }
}
