package org.food4j.train.loop;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.food4j.models.block.Stage;
import org.food4j.models.block.Wiring;

/**
 * Which stages of a network are trained in which epoch, where they are released one after another
 * from the head down (Howard and Ruder 2018, arXiv 1801.06146, section 3.3).
 *
 * @param wiring the network's
 * @param epochs after which the next stage is released, rising; all that are left, after the last;
 *     empty if all are trained from the start
 */
record Unfreezing(Wiring wiring, List<Integer> epochs) {
  /**
   * Checks the number of stages.
   *
   * @throws IllegalArgumentException if more stages are to be released than the backbone has
   */
  Unfreezing {
    List<String> stages = wiring.backbone().stream().map(Stage::name).toList();
    if (epochs.size() > stages.size()) {
      throw new IllegalArgumentException(
          "unfreeze_epochs %s releases %s stages, but the network has %s besides its head: %s"
              .formatted(epochs, epochs.size(), stages.size(), String.join(", ", stages)));
    }
  }

  /** Whether any stage waits. */
  boolean isOn() {
    return !epochs.isEmpty();
  }

  /**
   * The vertex behind which an epoch trains; empty if it trains everything.
   *
   * @param epoch from 0
   */
  Optional<String> border(int epoch) {
    int released = released(epoch);
    if (released == epochs.size()) {
      return Optional.empty();
    }
    List<Stage> backbone = wiring.backbone();
    return Optional.of(
        released == 0 ? wiring.pooled() : backbone.get(backbone.size() - 1 - released).output());
  }

  private int released(int epoch) {
    return (int) epochs.stream().filter(release -> release <= epoch).count();
  }

  /**
   * For each stage in the network's order, the epoch, from 0, that trains it first; empty if all
   * are trained from the start.
   */
  List<Integer> firstEpochs() {
    if (!isOn()) {
      return List.of();
    }
    int head = wiring.stages().size() - 1;
    return IntStream.rangeClosed(0, head)
        .mapToObj(
            stage -> stage == head ? 0 : epochs.get(Math.min(head - 1 - stage, epochs.size() - 1)))
        .toList();
  }

  /**
   * What an epoch changes in what is trained; empty if nothing.
   *
   * @param epoch from 0
   */
  Optional<String> change(int epoch) {
    int released = released(epoch);
    if (!isOn() || epoch > 0 && released == released(epoch - 1)) {
      return Optional.empty();
    }
    if (released == epochs.size()) {
      return Optional.of("all stages are trained from now on");
    }
    List<Stage> backbone = wiring.backbone();
    return Optional.of(
        released == 0
            ? "the head alone is trained"
            : "stage %s is trained from now on"
                .formatted(backbone.get(backbone.size() - released).name()));
  }
}
