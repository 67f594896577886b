package org.food4j.models.weights;

import java.util.Optional;

/**
 * How strictly weights are loaded, and what is known about them beyond the file. Immutable.
 *
 * @param allowMissing whether parameters that the file lacks keep their values; else they are an
 *     error, unless the file itself declares them missing
 * @param replacedHead the module, and those below it, that may stay as it was initialised: if one
 *     of its tensors is missing, or made for another number of classes, none of them is loaded
 * @param layout whose names the file bears; where absent, the file's metadata say it, or its names
 * @param architecture the network's name, which errors hold against the file's
 */
public record WeightImportOptions(
    boolean allowMissing,
    Optional<String> replacedHead,
    Optional<WeightLayout> layout,
    Optional<String> architecture) {
  /** Every tensor of the network is in the file, and every tensor of the file in the network. */
  public static final WeightImportOptions STRICT =
      new WeightImportOptions(false, Optional.empty(), Optional.empty(), Optional.empty());

  /** With or without an error for missing tensors. */
  public WeightImportOptions withAllowMissing(boolean allowed) {
    return new WeightImportOptions(allowed, replacedHead, layout, architecture);
  }

  /**
   * With a head that may be replaced.
   *
   * @param module such as {@code fc} or {@code classifier.1}
   */
  public WeightImportOptions withReplacedHead(String module) {
    return new WeightImportOptions(allowMissing, Optional.of(module), layout, architecture);
  }

  /** With a layout, whatever the file says. */
  public WeightImportOptions withLayout(WeightLayout names) {
    return new WeightImportOptions(allowMissing, replacedHead, Optional.of(names), architecture);
  }

  /** With the network's name. */
  public WeightImportOptions withArchitecture(String name) {
    return new WeightImportOptions(allowMissing, replacedHead, layout, Optional.of(name));
  }

  boolean isHead(String tensor) {
    return replacedHead.filter(head -> tensor.startsWith(head + ".")).isPresent();
  }
}
