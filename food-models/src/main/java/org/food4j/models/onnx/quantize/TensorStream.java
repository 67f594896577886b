package org.food4j.models.onnx.quantize;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import org.food4j.models.onnx.OnnxGraph;

/**
 * What a model's tensors hold while it computes samples, one tensor of one batch after the other,
 * and no more of them in memory at a time than a fixed amount holds.
 *
 * @param model float32
 * @param samples gone through once by every run
 */
record TensorStream(ModelProto model, Iterable<SampleBatch> samples) {
  /** Bytes of inner tensors that one run may hand over, if there is more than one. */
  private static final long BYTES_PER_RUN = 512L << 20;

  /** Assumed of a tensor whose shape the runtime cannot tell. */
  private static final long UNKNOWN_COUNT = 4L << 20;

  /**
   * Runs the model on the samples.
   *
   * @param tensors to observe: inputs of the graph or inner ones; those that are not float32 are
   *     passed over
   * @param observer is given each tensor's name and numbers, batch after batch
   * @param progress is told after each batch how many were computed
   * @return how many batches there were
   * @throws IllegalArgumentException if the runtime refuses model or samples
   */
  int run(
      Collection<String> tensors,
      BiConsumer<String, RuntimeGraph.Output> observer,
      IntConsumer progress) {
    Set<String> inner = new LinkedHashSet<>(tensors);
    inner.removeAll(inputs());
    int batches = 0;
    try (RuntimeGraph graph = RuntimeGraph.open(model, inner)) {
      for (SampleBatch batch : samples) {
        for (Map.Entry<String, SampleBatch.Input> input : batch.inputs().entrySet()) {
          if (tensors.contains(input.getKey())) {
            FloatBuffer values = FloatBuffer.wrap(input.getValue().values());
            observer.accept(
                input.getKey(), new RuntimeGraph.Output(values, input.getValue().shape()));
          }
        }
        for (Set<String> group : groups(graph, inner, batch)) {
          graph.run(batch, group, observer);
        }
        progress.accept(++batches);
      }
    }
    return batches;
  }

  /** Names of the model's inputs. */
  Set<String> inputs() {
    return new LinkedHashSet<>(OnnxGraph.of(model).inputs());
  }

  /** As many tensors together as the memory holds. */
  private static List<Set<String>> groups(
      RuntimeGraph graph, Set<String> tensors, SampleBatch batch) {
    List<Set<String>> groups = new ArrayList<>();
    Set<String> group = new LinkedHashSet<>();
    long bytes = 0;
    for (String tensor : tensors) {
      long size = graph.count(tensor, batch).orElse(UNKNOWN_COUNT) * Float.BYTES;
      if (!group.isEmpty() && bytes + size > BYTES_PER_RUN) {
        groups.add(group);
        group = new LinkedHashSet<>();
        bytes = 0;
      }
      group.add(tensor);
      bytes += size;
    }
    if (!group.isEmpty()) {
      groups.add(group);
    }
    return groups;
  }
}
