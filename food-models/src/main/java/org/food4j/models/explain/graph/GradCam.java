package org.food4j.models.explain.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.models.block.Stage;
import org.food4j.models.explain.CellCentres;
import org.food4j.models.explain.ChannelWeighting;
import org.food4j.models.explain.HeatMap;
import org.food4j.models.graph.GraphClassifier;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Gradient-weighted class activation maps: which places of a photo speak for a class, seen from the
 * feature maps of one stage. The channels of the maps are weighted by how much the class's logit
 * depends on them, and summed; see {@link ChannelWeighting} for the papers.
 *
 * <p>Derivatives are exact, computed backwards through the graph as it is at inference: dropout is
 * off, batch normalisation goes by its running statistics. Neither weights nor statistics change.
 *
 * <p>Safe for use from several threads: calls are computed one after the other. The graph must not
 * be trained meanwhile.
 */
public final class GradCam {
  private final GraphClassifier classifier;
  private final ReverseSweep sweep;
  private final FeatureMaps maps;

  /**
   * @param graph initialised, with one input {@code [batch, 3, inputSize, inputSize]} and one
   *     output, logits, with or without a loss layer behind them; its weights are shared, so that
   *     training it further changes the maps
   * @param inputSize height and width of the input in pixels
   * @throws IllegalArgumentException if the graph is of another form, or holds a layer that cannot
   *     be differentiated as it is at inference
   */
  public GradCam(ComputationGraph graph, int inputSize) {
    this(graph, inputSize, List.of());
  }

  /**
   * The same for a network whose stages are known by name.
   *
   * @param stages of the network's backbone; if empty, a stage is what its vertices' names begin
   *     with
   */
  public GradCam(ComputationGraph graph, int inputSize, List<Stage> stages) {
    classifier = new GraphClassifier(graph, inputSize);
    String output = graph.getConfiguration().getNetworkOutputs().get(0);
    String logits =
        graph.getLayer(output).conf().getLayer() instanceof LossLayer
            ? graph.getConfiguration().getVertexInputs().get(output).get(0)
            : output;
    sweep = new ReverseSweep(graph, logits);
    maps = new FeatureMaps(graph, inputSize, stages);
  }

  /**
   * The vertex whose maps a stage ends with.
   *
   * @param stage a stage's name ({@code "stages.1"}) or a vertex's; if absent, the last feature map
   *     before global pooling
   * @throws IllegalArgumentException if there is no such stage; the message lists what there is
   */
  public String vertex(Optional<String> stage) {
    return stage.map(maps::named).orElseGet(maps::last);
  }

  /**
   * The map of one photo for one class.
   *
   * @param photo {@code [1, 3, inputSize, inputSize]}, preprocessed; not modified
   * @param vertex a vertex whose activation is {@code [batch, height, width, channels]}, by name
   * @param label index of the class in the logits, whether predicted or not
   * @return of the vertex's height and width; cold if no place speaks for the class
   * @throws IllegalArgumentException if photo, vertex or class do not belong to the graph, or the
   *     logits do not depend on the vertex
   */
  public HeatMap map(INDArray photo, String vertex, int label, ChannelWeighting weighting) {
    ReverseSweep.Swept swept = sweep(photo, vertex, label);
    return HeatMap.relative(
        (int) swept.maps().size(1), (int) swept.maps().size(2), amounts(swept, weighting));
  }

  /**
   * Where in the input the cells of a vertex's map look at.
   *
   * @throws IllegalArgumentException if there is no such feature map
   */
  public CellCentres centres(String vertex) {
    return maps.centres(maps.named(vertex));
  }

  /** The map as the papers have it, {@code [height, width]}, not scaled. */
  double[] amounts(INDArray photo, String vertex, int label, ChannelWeighting weighting) {
    return amounts(sweep(photo, vertex, label), weighting);
  }

  private static double[] amounts(ReverseSweep.Swept swept, ChannelWeighting weighting) {
    return weighting.map(
        swept.maps().data().asFloat(),
        swept.gradient().data().asFloat(),
        (int) swept.maps().size(3));
  }

  private ReverseSweep.Swept sweep(INDArray photo, String vertex, int label) {
    long[] shape = {1, 3, classifier.inputSize(), classifier.inputSize()};
    if (!Arrays.equals(photo.shape(), shape)) {
      throw new IllegalArgumentException(
          "One photo %s is explained at a time, not %s"
              .formatted(Arrays.toString(shape), Arrays.toString(photo.shape())));
    }
    if (label < 0 || label >= classifier.classes()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The network has classes from 0 to %d, not %d",
              classifier.classes() - 1,
              label));
    }
    String named = maps.named(vertex);
    synchronized (sweep) {
      return sweep.run(photo, named, label);
    }
  }
}
