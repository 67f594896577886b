package org.food4j.train.loop;

import java.util.Iterator;
import java.util.OptionalDouble;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.food4j.train.device.BatchGradient;
import org.food4j.train.device.Devices;
import org.food4j.train.device.Replicas;
import org.food4j.train.recipe.Stepping;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Makes an optimiser's steps of a graph's gradients.
 *
 * <p>DL4J's {@code fit} updates the weights after each batch, and clips by layer if at all. This
 * does what {@code fit} does, in the same order and to the same bits, but lets several batches make
 * one step and sees the whole gradient before the updater does. An iteration, which schedules and
 * Adam's correction count, is a step. Not thread-safe.
 */
final class GradientStep {
  /** Which PyTorch's {@code clip_grad_norm_} adds to the norm. */
  private static final double CLIP_EPSILON = 1e-6;

  private final ComputationGraph graph;
  private final Stepping stepping;
  private final long seed;
  private final BatchGradient gradient;

  /** The gradients of a step's batches, where it has several. */
  private INDArray sum;

  /**
   * @param graph initialised, with one input and one output
   * @param seed of dropout and stochastic depth
   * @throws IllegalArgumentException if a gradient is to be clipped or averaged, and a layer hides
   *     in it what is none
   */
  GradientStep(ComputationGraph graph, Stepping stepping, long seed) {
    this(graph, stepping, seed, new Replicas(Devices.ONE));
  }

  /**
   * @param graph as for {@link #GradientStep(ComputationGraph, Stepping, long)}
   * @param replicas compute the gradients; what they replicated before is trained no more
   * @throws IllegalArgumentException also if batches are split, and a layer hides in its gradient
   *     what is none
   */
  GradientStep(ComputationGraph graph, Stepping stepping, long seed, Replicas replicas) {
    this.graph = graph;
    this.stepping = stepping;
    this.seed = seed;
    if (stepping.clips() || stepping.accumulationSteps() > 1 || replicas.split()) {
      requireGradientsAlone(graph);
    }
    gradient = replicas.of(graph);
  }

  /**
   * A step that was made.
   *
   * @param loss sum of its batches' losses
   * @param batches at least 1
   * @param gradientNorm before clipping; empty where there is no clipping. Where it is infinite or
   *     not a number, the weights were left as they are
   */
  record Made(double loss, int batches, OptionalDouble gradientNorm) {
    double meanLoss() {
      return loss / batches;
    }

    /** Whether neither the loss nor the norm says that the training has diverged. */
    boolean isFinite() {
      return Double.isFinite(loss) && Double.isFinite(gradientNorm.orElse(0));
    }
  }

  /**
   * DL4J's own batch normalisation moves its running statistics through the gradient vector. Ours
   * moves them itself, batch by batch, and leaves zeros there.
   */
  private static void requireGradientsAlone(ComputationGraph graph) {
    for (Layer layer : graph.getLayers()) {
      for (String name : layer.paramTable().keySet()) {
        if (!layer.updaterDivideByMinibatch(name)) {
          throw new IllegalArgumentException(
              "Layer \"%s\" (%s) keeps %s in the gradient, which clip_norm, accumulation_steps and several devices would spoil: use a BatchNorm2d, or set them to 0, 1 and 1"
                  .formatted(
                      layer.conf().getLayer().getLayerName(),
                      layer.conf().getLayer().getClass().getSimpleName(),
                      name));
        }
      }
    }
  }

  /**
   * Makes the next step of the next batches, of fewer than a step wants only where no more are
   * left.
   *
   * @param batches of one size; at least one is left
   */
  Made make(Iterator<DataSet> batches) {
    int iteration = graph.getIterationCount();
    double loss = 0;
    int count = 0;
    int size = 0;
    do {
      long number = (long) iteration * stepping.accumulationSteps() + count;
      DataSet batch = batches.next();
      size = batch.numExamples();
      loss += gradient.compute(batch, StepSeed.of(seed, number));
      count++;
      if (stepping.accumulationSteps() > 1) {
        accumulate(count);
      }
    } while (count < stepping.accumulationSteps() && batches.hasNext());
    if (count > 1) {
      sum.divi(count);
      graph.getFlattenedGradients().assign(sum);
    }
    for (TrainingListener listener : graph.getListeners()) {
      listener.onGradientCalculation(graph);
    }
    OptionalDouble norm = stepping.clips() ? OptionalDouble.of(clip(size)) : OptionalDouble.empty();
    if (Double.isFinite(norm.orElse(0))) {
      update(iteration, size);
    }
    return new Made(loss, count, norm);
  }

  private void accumulate(int count) {
    INDArray gradient = graph.getFlattenedGradients();
    if (sum == null) {
      sum = Nd4j.createUninitialized(gradient.dataType(), gradient.shape(), gradient.ordering());
    }
    if (count == 1) {
      sum.assign(gradient);
    } else {
      sum.addi(gradient);
    }
  }

  /**
   * As PyTorch's {@code clip_grad_norm_}: the norm of the parameters' norms. One norm of the whole
   * vector would lose digits in single precision.
   *
   * @param size of a batch: the updater divides by it only later
   * @return the norm before
   */
  private double clip(int size) {
    double squares = 0;
    for (INDArray gradient : graph.gradient().gradientForVariable().values()) {
      double norm = gradient.norm2Number().doubleValue() / size;
      squares += norm * norm;
    }
    double norm = Math.sqrt(squares);
    double factor = stepping.clipNorm() / (norm + CLIP_EPSILON);
    if (factor < 1) {
      graph.getFlattenedGradients().muli(factor);
    }
    return norm;
  }

  private void update(int iteration, int size) {
    INDArray gradient = graph.getFlattenedGradients();
    int epoch = graph.getEpochCount();
    graph
        .getUpdater()
        .update(graph.gradient(), iteration, epoch, size, LayerWorkspaceMgr.noWorkspaces());
    INDArray weights = graph.params();
    weights.subi(gradient.reshape(weights.shape()));
    for (TrainingListener listener : graph.getListeners()) {
      listener.iterationDone(graph, iteration, epoch);
    }
    graph.getConfiguration().setIterationCount(iteration + 1);
    graph.applyConstraints(iteration + 1, epoch);
  }
}
