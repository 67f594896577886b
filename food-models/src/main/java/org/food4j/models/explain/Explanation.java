package org.food4j.models.explain;

import java.util.List;
import org.food4j.data.manifest.Label;
import org.food4j.data.photo.Photo;
import org.food4j.models.inference.Prediction;

/**
 * Where in one photo a network finds a class.
 *
 * @param crop what the network saw
 * @param answers all classes, the most probable first
 * @param explained the class that the heat speaks for
 * @param vertex whose feature maps the heat was computed from
 * @param weighting how
 * @param cells the map as computed, of the feature maps' size; cold if no place speaks for the
 *     class
 * @param heat the map laid over the crop, of its size
 */
public record Explanation(
    Photo crop,
    List<Prediction> answers,
    Label explained,
    String vertex,
    ChannelWeighting weighting,
    HeatMap cells,
    HeatMap heat) {
  /** Copies the answers. */
  public Explanation {
    answers = List.copyOf(answers);
  }

  /** The explained class with its probability. */
  public Prediction prediction() {
    return answers.stream()
        .filter(answer -> answer.label().equals(explained))
        .findFirst()
        .orElseThrow();
  }

  /** The crop under the heat. */
  public Photo overlay() {
    return HeatOverlay.of(crop, heat);
  }
}
