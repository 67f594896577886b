package org.food4j.models.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.food4j.models.architecture.Architecture;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.block.Stage;
import org.food4j.models.block.Wiring;

/**
 * What a network costs, stage by stage, counted from its configuration: no weights are allocated.
 * Immutable.
 *
 * @param name of the architecture
 * @param inputSize height and width of the input in pixels
 * @param classes number of logits
 * @param stages from the first to the head
 * @param uncounted vertices with parameters whose multiply-additions are not known, and which count
 *     none here; empty for every network of the library
 * @param memory as a function of the batch
 */
public record NetworkCosts(
    String name,
    int inputSize,
    int classes,
    List<StageCosts> stages,
    List<VertexCosts> uncounted,
    MemoryEstimate memory) {
  private static final int COLOURS = 3;

  /** Copies the lists. */
  public NetworkCosts {
    stages = List.copyOf(stages);
    uncounted = List.copyOf(uncounted);
  }

  /**
   * Counts.
   *
   * @throws IllegalArgumentException if the network cannot be built for the spec
   */
  public static NetworkCosts of(Architecture architecture, NetworkSpec spec) {
    var graph =
        new NeuralNetConfiguration.Builder()
            .graphBuilder()
            .addInputs(Architecture.INPUT)
            .setInputTypes(InputType.convolutional(spec.inputSize(), spec.inputSize(), COLOURS));
    Wiring wiring = architecture.wire(graph, spec);
    ComputationGraphConfiguration configuration = graph.setOutputs(architecture.logits()).build();
    CountedGraph counted = CountedGraph.of(configuration, spec.inputSize());
    return new NetworkCosts(
        architecture.name(),
        spec.inputSize(),
        spec.classes(),
        stages(wiring, counted.vertices()),
        counted.uncounted(),
        MemoryEstimate.of(
            counted.vertices(),
            (long) CountedGraph.FLOAT_BYTES * COLOURS * spec.inputSize() * spec.inputSize()));
  }

  private static List<StageCosts> stages(Wiring wiring, List<VertexCosts> vertices) {
    Map<String, VertexCosts> byName = new HashMap<>();
    vertices.forEach(vertex -> byName.put(vertex.name(), vertex));
    List<StageCosts> stages = new ArrayList<>();
    for (Stage stage : wiring.stages()) {
      stages.add(new StageCosts(stage.name(), stage.vertices().stream().map(byName::get).toList()));
    }
    return stages;
  }

  /** Parameters that gradients learn, as papers count them. */
  public long trainable() {
    return sum(StageCosts::trainable);
  }

  /** All stored parameters: also batch norm's running statistics. */
  public long parameters() {
    return sum(StageCosts::parameters);
  }

  /** Multiply-additions of convolutions and linear layers for one photo, as papers count them. */
  public long macs() {
    return sum(StageCosts::macs);
  }

  /** Bytes of all activations of one photo, float32. */
  public long activationBytes() {
    return sum(StageCosts::activationBytes);
  }

  private long sum(ToLongFunction<StageCosts> cost) {
    return stages.stream().mapToLong(cost).sum();
  }
}
