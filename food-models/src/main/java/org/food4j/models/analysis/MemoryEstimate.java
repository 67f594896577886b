package org.food4j.models.analysis;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much memory a network needs in DL4J, as a function of the batch. Immutable.
 *
 * <pre>
 * inference(b) = 4 P + b (photo + places)
 * training(b)  = 4 (2 P + 2 T) + b (2 photo + kept + gradients + working)
 * </pre>
 *
 * <p>P: all parameters; T: those that gradients learn, for which AdamW keeps two moments. Places:
 * activations that live until their last reader is done, in the places of which DL4J uses as few as
 * it can. Kept: what the forward pass leaves for the backward pass ({@link
 * VertexCosts#keptBytes()}). Gradients: with respect to activations, in places as before. Working:
 * the largest array that one layer's backward pass needs for itself.
 *
 * <p>These are the arrays in ND4J's memory, met within 5 % by what its workspaces take. Beside them
 * stand ND4J's rounding up, what oneDNN packs and scratches, and Java itself, some 315 MB. Measured
 * on Linux as the greatest resident memory of {@code food bench step} less those 315 MB, a training
 * step takes 1.09 times the estimate for se_cnn (batch 32, 224 pixels: 827 MB) and 1.08 times for
 * resnet50 (batch 8, 224 pixels: 1.55 GB). The weights that self-attention gives to pairs of
 * positions are not in it.
 *
 * @param parameterBytes 4 P
 * @param trainableBytes 4 T
 * @param inferenceBytesPerPhoto the factor of b in inference
 * @param trainingBytesPerPhoto the factor of b in training
 */
public record MemoryEstimate(
    long parameterBytes,
    long trainableBytes,
    long inferenceBytesPerPhoto,
    long trainingBytesPerPhoto) {

  /**
   * Estimates.
   *
   * @param vertices in topological order
   * @param photoBytes of one photo at the network's input
   */
  static MemoryEstimate of(List<VertexCosts> vertices, long photoBytes) {
    Map<String, Integer> position = new HashMap<>();
    for (int step = 0; step < vertices.size(); step++) {
      position.put(vertices.get(step).name(), step);
    }
    return new MemoryEstimate(
        CountedGraph.FLOAT_BYTES * vertices.stream().mapToLong(VertexCosts::parameters).sum(),
        CountedGraph.FLOAT_BYTES * vertices.stream().mapToLong(VertexCosts::trainable).sum(),
        photoBytes + activations(vertices, position, photoBytes),
        2 * photoBytes
            + vertices.stream().mapToLong(VertexCosts::keptBytes).sum()
            + gradients(vertices, position)
            + working(vertices));
  }

  private static long activations(
      List<VertexCosts> vertices, Map<String, Integer> position, long photoBytes) {
    int[] lastReader = new int[vertices.size()];
    int photoReader = 0;
    for (int step = 0; step < vertices.size(); step++) {
      for (String input : vertices.get(step).inputs()) {
        if (position.containsKey(input)) {
          lastReader[position.get(input)] = step;
        } else {
          photoReader = step;
        }
      }
    }
    ArrayPool places = new ArrayPool();
    places.put(photoBytes, photoReader); // once more, with its channels last
    for (int step = 0; step < vertices.size(); step++) {
      VertexCosts vertex = vertices.get(step);
      places.put(vertex.activationBytes(), Math.max(step, lastReader[step]));
      places.endStep(step);
    }
    return places.bytes();
  }

  /** A vertex's gradients have one place, until the first of its inputs has read its own. */
  private static long gradients(List<VertexCosts> vertices, Map<String, Integer> position) {
    ArrayPool places = new ArrayPool();
    for (int step = vertices.size() - 1; step >= 0; step--) {
      long bytes = 0;
      int last = step;
      for (String input : vertices.get(step).inputs()) {
        if (position.containsKey(input)) {
          bytes += vertices.get(position.get(input)).activationBytes();
          last = Math.min(last, position.get(input));
        }
      }
      places.put(bytes, last);
      places.endStep(step);
    }
    return places.bytes();
  }

  private static long working(List<VertexCosts> vertices) {
    return vertices.stream()
        .filter(vertex -> vertex.keptBytes() > vertex.activationBytes())
        .mapToLong(VertexCosts::activationBytes)
        .max()
        .orElse(0);
  }

  /**
   * Bytes while a batch passes forward.
   *
   * @param batch photos, at least 1
   * @throws IllegalArgumentException if it is below 1
   */
  public long inference(int batch) {
    return parameterBytes + checked(batch) * inferenceBytesPerPhoto;
  }

  /**
   * Bytes while a batch is learned from, with AdamW.
   *
   * @param batch photos, at least 1
   * @throws IllegalArgumentException if it is below 1
   */
  public long training(int batch) {
    return 2 * parameterBytes + 2 * trainableBytes + checked(batch) * trainingBytesPerPhoto;
  }

  private static long checked(int batch) {
    if (batch < 1) {
      throw new IllegalArgumentException("A batch holds at least one photo, not " + batch);
    }
    return batch;
  }
}
