package org.food4j.train.loop;

import java.util.List;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.data.split.ClassWeights;
import org.food4j.models.architecture.Architecture;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.block.Stage;
import org.food4j.train.loss.SoftmaxCrossEntropy;
import org.food4j.train.optimizer.Optimizer;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.transfer.StartingNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.regularization.Regularization;

/** An architecture with a loss behind its logits: what can be trained. */
public final class TrainingGraph {
  /** The name of the vertex that holds the loss; its activation is the logits. */
  public static final String LOSS = "loss";

  private TrainingGraph() {}

  /**
   * An initialised graph, all of whose stages learn at the optimiser's rate. Its output is the
   * logits {@code [batch, classes]}.
   *
   * @param loss of the logits
   * @param seed of the initial weights and of dropout
   */
  public static ComputationGraph create(
      Architecture architecture,
      NetworkSpec spec,
      Optimizer optimizer,
      SoftmaxCrossEntropy loss,
      long seed) {
    return create(architecture, spec, optimizer, loss, 1, seed);
  }

  /**
   * An initialised graph. Its output is the logits {@code [batch, classes]}.
   *
   * @param loss of the logits
   * @param stageDecay learning rate of a stage as a share of the next one's, above 0 and up to 1;
   *     the head has the optimiser's (Howard and Ruder 2018, arXiv 1801.06146, section 3.2)
   * @param seed of the initial weights and of dropout
   */
  public static ComputationGraph create(
      Architecture architecture,
      NetworkSpec spec,
      Optimizer optimizer,
      SoftmaxCrossEntropy loss,
      double stageDecay,
      long seed) {
    return create(architecture, spec, optimizer, loss, stageDecay, List.of(), seed);
  }

  /**
   * An initialised graph, some of whose stages are trained later than others. Its output is the
   * logits {@code [batch, classes]}.
   *
   * @param loss of the logits
   * @param stageDecay learning rate of a stage as a share of the next one's, above 0 and up to 1;
   *     the head has the optimiser's (Howard and Ruder 2018, arXiv 1801.06146, section 3.2)
   * @param firstSteps for each stage the training's step, from 0, that moves it first; empty if all
   *     are trained from the start
   * @param seed of the initial weights and of dropout
   */
  static ComputationGraph create(
      Architecture architecture,
      NetworkSpec spec,
      Optimizer optimizer,
      SoftmaxCrossEntropy loss,
      double stageDecay,
      List<Integer> firstSteps,
      long seed) {
    NeuralNetConfiguration.Builder base =
        optimizer.applyTo(new NeuralNetConfiguration.Builder().seed(seed).miniBatch(true));
    GraphBuilder builder =
        architecture
            .configure(base, spec)
            .addLayer(
                LOSS,
                new LossLayer.Builder(loss).activation(Activation.IDENTITY).build(),
                architecture.logits())
            .setOutputs(LOSS);
    ComputationGraphConfiguration configuration = builder.build();
    applyRegularizationOnce(configuration);
    if (stageDecay != 1 || !firstSteps.isEmpty()) {
      List<Stage> stages = architecture.wiring(spec).stages();
      optimizeByStage(configuration, stages, optimizer, stageDecay, firstSteps);
    }
    ComputationGraph graph = new ComputationGraph(configuration);
    graph.init();
    return graph;
  }

  /**
   * The initialised graph of a recipe, before its weights are loaded.
   *
   * @param optimizer the recipe's, or what it comes to for one of several workers
   * @param firstSteps for each stage the step that trains it first; empty if all train from the
   *     start
   */
  static ComputationGraph create(
      StartingNetwork start,
      Recipe recipe,
      Optimizer optimizer,
      ClassWeights weights,
      List<Integer> firstSteps) {
    return create(
        start.architecture(),
        start.spec(),
        optimizer,
        new SoftmaxCrossEntropy(recipe.labelSmoothing(), weights, recipe.focalGamma()),
        recipe.transfer().stageLearningRateDecay(),
        firstSteps,
        recipe.seed());
  }

  private static void optimizeByStage(
      ComputationGraphConfiguration configuration,
      List<Stage> stages,
      Optimizer optimizer,
      double decay,
      List<Integer> firstSteps) {
    for (int i = 0; i < stages.size(); i++) {
      double share = Math.pow(decay, stages.size() - 1 - i);
      Optimizer slower = share == 1 ? optimizer : optimizer.scaled(share);
      int firstStep = firstSteps.isEmpty() ? 0 : firstSteps.get(i);
      for (String name : stages.get(i).vertices()) {
        if (configuration.getVertices().get(name) instanceof LayerVertex vertex
            && vertex.getLayerConf().getLayer() instanceof BaseLayer layer) {
          layer.setIUpdater(slower.updater(firstStep));
        }
      }
    }
  }

  /**
   * DL4J 1.0.0-M2.1 gives a layer each inherited regularisation twice, but for L1 and L2 (its
   * {@code LayerValidation} adds to the list that the builder has filled already): weight decay
   * would be doubled.
   */
  private static void applyRegularizationOnce(ComputationGraphConfiguration configuration) {
    for (GraphVertex vertex : configuration.getVertices().values()) {
      if (vertex instanceof LayerVertex layerVertex
          && layerVertex.getLayerConf().getLayer() instanceof BaseLayer layer) {
        layer.setRegularization(once(layer.getRegularization()));
        layer.setRegularizationBias(once(layer.getRegularizationBias()));
      }
    }
  }

  private static List<Regularization> once(List<Regularization> given) {
    return given == null ? null : given.stream().distinct().collect(Collectors.toList());
  }
}
