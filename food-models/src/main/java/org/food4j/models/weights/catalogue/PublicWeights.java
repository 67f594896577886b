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
 * @param verified whether the file was fetched and its logits were met by our network
 * @param remark what else matters; may be empty
 */
public record PublicWeights(
    String name,
    String architecture,
    String repository,
    String licence,
    WeightsCard card,
    boolean verified,
    String remark) {
  private static final String FILE = "model.safetensors";

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if the name is no plain file name
   */
  public PublicWeights {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new IllegalArgumentException(
          "Weights are named by letters, digits, dots, hyphens and underscores, not '"
              + name
              + "'");
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
}
