package org.food4j.models.weights.catalogue;

import java.net.URI;
import org.food4j.models.weights.WeightsCard;

/**
 * Weights that somebody published.
 *
 * @param name by which they are asked for, and the cached file's name: timm's {@code MODEL.TAG}
 * @param architecture our network that they fit
 * @param repository on the hub, such as {@code timm/resnet50.a1_in1k}
 * @param licence SPDX identifier that the publisher states, in lower case
 * @param card how they were trained; the file itself says none of it
 * @param cropFraction part of the resized photo's shorter side that the network sees, above 0 and
 *     up to 1: the shorter side is resized to the input size divided by it
 * @param verified whether the file was fetched and its logits were met by our network
 * @param remark what else matters; may be empty
 */
public record PublicWeights(
    String name,
    String architecture,
    String repository,
    String licence,
    WeightsCard card,
    double cropFraction,
    boolean verified,
    String remark) {
  private static final String FILE = "model.safetensors";

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if the name is no plain file name, or the fraction is outside
   *     its range
   */
  public PublicWeights {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new IllegalArgumentException(
          "Weights are named by letters, digits, dots, hyphens and underscores, not '"
              + name
              + "'");
    }
    if (!(cropFraction > 0 && cropFraction <= 1)) {
      throw new IllegalArgumentException(
          "The crop's fraction lies above 0 and up to 1, not at " + cropFraction);
    }
  }

  /**
   * The file's address.
   *
   * @param base of the hub or of a mirror with the same paths, such as {@code
   *     https://huggingface.co}
   */
  public URI address(URI base) {
    String start = base.toString().replaceFirst("/+$", "");
    return URI.create("%s/%s/resolve/main/%s".formatted(start, repository, FILE));
  }

  /** The shorter side in pixels to which a photo is resized before the centre crop. */
  public int resizeShorterSide() {
    return (int) Math.floor(card.inputSize().orElseThrow() / cropFraction);
  }
}
