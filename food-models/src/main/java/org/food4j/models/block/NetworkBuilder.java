package org.food4j.models.block;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.weights.WeightInit;
import org.food4j.models.layer.ChannelScaleVertex;
import org.nd4j.linalg.activations.Activation;

/**
 * The layers that blocks are wired from, added to a DL4J graph under given names. Each method adds
 * one vertex and returns its name, so that a block reads like a chain. Feature maps are {@code
 * [batch, channels, height, width]}; the number of input channels is inferred.
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
   * A square convolution without bias, zero-padded by {@code kernel / 2} on each side, initialised
   * after He et al. 2015 (arXiv 1502.01852).
   */
  public String convolution(String name, String input, int filters, int kernel, int stride) {
    graph.addLayer(
        name,
        new ConvolutionLayer.Builder(kernel, kernel)
            .nOut(filters)
            .stride(stride, stride)
            .padding(kernel / 2, kernel / 2)
            .convolutionMode(ConvolutionMode.Truncate)
            .hasBias(false)
            .activation(Activation.IDENTITY)
            .weightInit(WeightInit.RELU)
            .build(),
        input);
    return name;
  }

  /** Batch normalisation; running statistics keep 0.9 of their value per step. */
  public String batchNorm(String name, String input) {
    graph.addLayer(
        name,
        new BatchNormalization.Builder().decay(0.9).eps(batchNormEps).useLogStd(false).build(),
        input);
    return name;
  }

  /** An element-wise function. */
  public String activation(String name, String input, Activation function) {
    graph.addLayer(name, new ActivationLayer(function), input);
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
    graph.addLayer(name, new GlobalPoolingLayer(PoolingType.AVG), input);
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

  /** The sum of two feature maps of one shape. */
  public String add(String name, String first, String second) {
    graph.addVertex(name, new ElementWiseVertex(ElementWiseVertex.Op.Add), first, second);
    return name;
  }
}
