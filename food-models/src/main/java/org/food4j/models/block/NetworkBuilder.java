package org.food4j.models.block;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.food4j.models.layer.AdditionVertex;
import org.food4j.models.layer.Conv2d;
import org.food4j.models.layer.Flatten2d;
import org.food4j.models.layer.GlobalPool2d;
import org.food4j.models.layer.Normalization;
import org.food4j.models.layer.Pool2d;
import org.food4j.models.layer.Pooling;
import org.food4j.models.layer.StochasticDepth;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationReLU;

/**
 * The layers that blocks are wired from, added to a DL4J graph under given names. Each method adds
 * one vertex and returns its name, so that a block reads like a chain. Feature maps are {@code
 * [batch, height, width, channels]}; the number of input channels is inferred.
 *
 * <p>Names are torchvision's module paths, so that published weights map by name. A vertex belongs
 * to the {@link #stage} that was named last. Not thread-safe.
 */
public final class NetworkBuilder {
  private static final double BATCH_NORM_MOMENTUM = 0.1;
  private static final IActivation NO_FUNCTION = Activation.IDENTITY.getActivationFunction();

  private final GraphBuilder graph;
  private final Conventions conventions;
  private final Set<String> identities = new HashSet<>();
  private final List<Stage> stages = new ArrayList<>();
  private final List<String> vertices = new ArrayList<>();
  private String stage;

  /**
   * @param graph receives the vertices
   * @param conventions of all blocks
   */
  public NetworkBuilder(GraphBuilder graph, Conventions conventions) {
    this.graph = graph;
    this.conventions = conventions;
  }

  /** What attention is wired from, for this network. */
  public AttentionLayers attention() {
    return new AttentionLayers(this);
  }

  /** Begins a stage: what is added from here on belongs to it. */
  public void stage(String name) {
    closeStage();
    stage = name;
  }

  private void closeStage() {
    // a stage all of whose blocks pass their input on has no vertices, and is none
    if (stage != null && !vertices.isEmpty()) {
      stages.add(new Stage(stage, vertices));
      vertices.clear();
    }
  }

  /**
   * Ends the network.
   *
   * @param pooled the head's vertex whose activation is one vector a photo
   * @throws IllegalArgumentException if a block that was to pass its input on does not exist
   */
  public Wiring finish(String pooled) {
    Set<String> unknown = new TreeSet<>(conventions.identityBlocks());
    unknown.removeAll(identities);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "The network has no residual blocks named %s that could pass their input on"
              .formatted(unknown));
    }
    closeStage();
    stage = null;
    return new Wiring(stages, pooled);
  }

  /**
   * Whether a residual block is to pass its input on, without any layer.
   *
   * @param shortcut whether the block's shape allows that
   * @throws IllegalArgumentException if it is to, and its shape does not
   */
  boolean isIdentity(String block, boolean shortcut) {
    if (!conventions.identityBlocks().contains(block)) {
      return false;
    }
    if (!shortcut) {
      throw new IllegalArgumentException(
          "Block %s changes its input's shape and cannot pass it on".formatted(block));
    }
    identities.add(block);
    return true;
  }

  /**
   * A convolution, batch normalisation and a function, as one layer. The kernels are initialised
   * after He et al. 2015 (arXiv 1502.01852); running statistics move by a tenth per step.
   *
   * @param name the convolution's module, and the vertex
   * @param norm the normalisation's module
   */
  public String convolution(String name, String norm, String input, Convolution shape) {
    Normalization normalization =
        new Normalization(conventions.batchNormEps(), BATCH_NORM_MOMENTUM, norm);
    if (conventions.frozenStatistics()) {
      normalization = normalization.withFrozenStatistics();
    }
    return add(name, convolution(shape).normalization(normalization).build(), input);
  }

  /**
   * A stage of one convolution with batch normalisation.
   *
   * @param module of both: {@code module.0} and {@code module.1}
   */
  public String convolutionStage(String module, String input, Convolution shape) {
    stage(module);
    return convolution(module + ".0", module + ".1", input, shape);
  }

  /** A convolution and a function, as one layer, without normalisation. */
  public String convolution(String name, String input, Convolution shape) {
    return add(name, convolution(shape).build(), input);
  }

  private Conv2d.Builder convolution(Convolution shape) {
    Conv2d.Builder layer =
        new Conv2d.Builder(shape.filters(), shape.kernel(), shape.kernel())
            .stride(shape.stride(), shape.stride())
            .groups(shape.groups())
            .bias(shape.bias())
            .activation(shape.function())
            .weightInit(WeightInit.RELU)
            .trainingPrecision(conventions.trainingPrecision());
    if (conventions.padding() == PaddingRule.SAME) {
      layer.samePadding();
    } else {
      layer.padding(shape.kernel() / 2, shape.kernel() / 2);
    }
    if (shape.readsPhotos()) {
      layer.withoutInputGradient();
    }
    return layer;
  }

  /** The greatest value of each 3x3 window at stride 2, padded by the network's rule. */
  public String overlappingMaxPool(String name, String input) {
    boolean same = conventions.padding() == PaddingRule.SAME;
    return add(
        name, same ? Pool2d.same(Pooling.MAX, 3, 2) : new Pool2d(Pooling.MAX, 3, 2, 1), input);
  }

  /** The greatest value of each 2x2 window; a last odd row or column is left out. */
  public String halvingMaxPool(String name, String input) {
    return add(name, new Pool2d(Pooling.MAX, 2, 2, 0), input);
  }

  /** The mean of windows that do not overlap. */
  public String averagePool(String name, String input, int kernel) {
    return add(name, new Pool2d(Pooling.AVERAGE, kernel, kernel, 0), input);
  }

  /** Maps as vectors {@code [batch, channels * height * width]}, in PyTorch's order. */
  public String flatten(String name, String input) {
    return add(name, new Flatten2d(), input);
  }

  /** A linear layer with bias and, after it, an element-wise function. */
  public String dense(String name, String input, int outputs, IActivation function) {
    return add(
        name,
        new DenseLayer.Builder()
            .nOut(outputs)
            .activation(function)
            .weightInit(function instanceof ActivationReLU ? WeightInit.RELU : WeightInit.XAVIER)
            .build(),
        input);
  }

  /** A linear layer with bias: logits. */
  public String dense(String name, String input, int outputs) {
    return dense(name, input, outputs, NO_FUNCTION);
  }

  /** The mean over all positions: {@code [batch, channels]}. */
  public String globalAverage(String name, String input) {
    return add(name, new GlobalPool2d(Pooling.AVERAGE, true), input);
  }

  /**
   * Dropout (Srivastava et al. 2014) in training; nothing at inference, and no vertex at rate 0.
   *
   * @param rate share of the values set to 0; DL4J's layer takes the share that is kept
   */
  public String dropout(String name, String input, double rate) {
    return rate > 0 ? add(name, new DropoutLayer(1 - rate), input) : input;
  }

  /**
   * A function of a residual block's sum.
   *
   * @param dropRate chance that training leaves the branch out for a photo (Huang et al. 2016,
   *     arXiv 1603.09382, stochastic depth)
   */
  public String residual(
      String name, String branch, String shortcut, Activation function, double dropRate) {
    String kept =
        dropRate > 0
            ? add(name + ".drop", new DropoutLayer(new StochasticDepth(dropRate)), branch)
            : branch;
    return add(name, new AdditionVertex(function.getActivationFunction()), kept, shortcut);
  }

  /**
   * A layer that this class has no method for: any of DL4J's, or one's own. It reads feature maps
   * {@code [batch, height, width, channels]}.
   *
   * @param name the vertex
   * @param layer not added anywhere else: DL4J writes into it
   * @throws IllegalStateException before the first {@link #stage}
   */
  public String add(String name, Layer layer, String... inputs) {
    graph.addLayer(name, layer, inputs);
    return added(name);
  }

  /**
   * A vertex that this class has no method for.
   *
   * @param name of the vertex
   * @throws IllegalStateException before the first {@link #stage}
   */
  public String add(String name, GraphVertex vertex, String... inputs) {
    graph.addVertex(name, vertex, inputs);
    return added(name);
  }

  private String added(String name) {
    if (stage == null) {
      throw new IllegalStateException("Vertex %s belongs to no stage".formatted(name));
    }
    vertices.add(name);
    return name;
  }
}
