package org.food4j.models.block;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a network was put together: its stages in order. The last one is the head, which reads the
 * last feature maps; the others are the backbone.
 *
 * @param stages at least two
 * @param pooled the head's vertex whose activation is one vector a photo, {@code [batch,
 *     features]}, before dropout and linear layers
 */
public record Wiring(List<Stage> stages, String pooled) {
  /** Stands for all stages but the head where a stage is asked for. */
  public static final String BACKBONE = "backbone";

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if it has no backbone, or the pooled vector is not the head's
   */
  public Wiring {
    stages = List.copyOf(stages);
    if (stages.size() < 2 || !stages.get(stages.size() - 1).vertices().contains(pooled)) {
      throw new IllegalArgumentException(
          "A network is a backbone and a head that holds %s, not %s".formatted(pooled, stages));
    }
  }

  /** The stage from pooling to logits. */
  public Stage head() {
    return stages.get(stages.size() - 1);
  }

  /** All stages but the head. */
  public List<Stage> backbone() {
    return stages.subList(0, stages.size() - 1);
  }

  /** The vertex with the last feature maps, {@code [batch, height, width, channels]}. */
  public String lastMaps() {
    return stages.get(stages.size() - 2).output();
  }

  /** The vertex whose activation is the logits {@code [batch, classes]}. */
  public String logits() {
    return head().output();
  }

  /**
   * A stage of the backbone by its name.
   *
   * @throws IllegalArgumentException for an unknown name; the message lists the known ones
   */
  public Stage stage(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no stage '%s'; the stages are: %s".formatted(name, stageNames())));
  }

  private Optional<Stage> find(String name) {
    return backbone().stream().filter(stage -> stage.name().equals(name)).findFirst();
  }

  private String stageNames() {
    return String.join(", ", backbone().stream().map(Stage::name).toList());
  }

  /**
   * Where a network is cut in two: behind the named stage, or behind the pooling for {@value
   * #BACKBONE}.
   *
   * @throws IllegalArgumentException for an unknown name; the message lists the known ones
   */
  public String cut(String stage) {
    if (stage.equalsIgnoreCase(BACKBONE)) {
      return pooled;
    }
    return find(stage)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no stage '%s' to freeze up to: use %s for all but the head, or one of %s"
                        .formatted(stage, BACKBONE, stageNames())))
        .output();
  }

  /** The stage of each vertex. */
  public Map<String, Stage> byVertex() {
    Map<String, Stage> stageOf = new LinkedHashMap<>();
    stages.forEach(stage -> stage.vertices().forEach(vertex -> stageOf.put(vertex, stage)));
    return stageOf;
  }
}
