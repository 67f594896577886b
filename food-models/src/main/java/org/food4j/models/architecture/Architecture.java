package org.food4j.models.architecture;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.models.block.Wiring;
import org.food4j.models.layer.NativeEngine;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * A network family's member, as a DL4J graph from photos to logits. It says nothing of optimiser,
 * regularisation or seed: those come with the configuration that it is built on. Immutable.
 */
public interface Architecture {
  /** The name of the graph's input, {@code [batch, 3, inputSize, inputSize]}. */
  String INPUT = "input";

  /** The name on the command line and in files. */
  String name();

  /** The input size in pixels at which the paper, or its authors, evaluate the network. */
  int inputSize();

  /** Authors, year and arXiv number; what the network is, where no paper describes it. */
  String paper();

  /** The vertex whose activation is the logits, {@code [batch, classes]}. */
  String logits();

  /**
   * Adds the network's vertices, from {@link #INPUT} to {@link #logits()}.
   *
   * @return the stages that the vertices belong to
   * @throws IllegalArgumentException if the network cannot be built for the spec; the message says
   *     what can
   */
  Wiring wire(GraphBuilder graph, NetworkSpec spec);

  /**
   * The stages of the network that {@link #wire} makes.
   *
   * @throws IllegalArgumentException as {@link #wire} does
   */
  default Wiring wiring(NetworkSpec spec) {
    return wire(new NeuralNetConfiguration.Builder().graphBuilder().addInputs(INPUT), spec);
  }

  /**
   * The graph's configuration without outputs: training adds its loss after {@link #logits()},
   * anything else names the logits themselves.
   *
   * @param base the settings that all layers inherit: updater, regularisation, seed
   */
  default GraphBuilder configure(NeuralNetConfiguration.Builder base, NetworkSpec spec) {
    NativeEngine.start();
    GraphBuilder graph =
        base.graphBuilder()
            .addInputs(INPUT)
            .setInputTypes(InputType.convolutional(spec.inputSize(), spec.inputSize(), 3));
    wire(graph, spec);
    return graph;
  }

  /**
   * An initialised graph that computes logits and cannot be trained.
   *
   * @param seed of the initial weights
   */
  default ComputationGraph graph(NetworkSpec spec, long seed) {
    NeuralNetConfiguration.Builder base =
        new NeuralNetConfiguration.Builder().seed(seed).updater(new NoOp());
    ComputationGraph graph =
        new ComputationGraph(configure(base, spec).setOutputs(logits()).build());
    graph.init();
    return graph;
  }
}
