package org.food4j.models.weights;

import java.util.Optional;
import java.util.Set;

/**
 * How strictly weights are loaded, and what is known about them beyond the file. Immutable.
 *
 * @param allowMissing whether parameters that the file lacks keep their values; else they are an
 *     error, unless the file itself declares them missing
 * @param replacedHead the module, and those below it, that may stay as it was initialised: if one
 *     of its tensors is missing, or made for another number of classes, none of them is loaded
 * @param replacedStage modules of a head that may be another than the file's: if one of their
 *     tensors is missing, of another shape, or in the file only, none of the head's tensors is
 *     loaded
 * @param layout whose names the file bears; where absent, the file's metadata say it, or its names
 * @param architecture the network's name, which errors hold against the file's
 */
public record WeightImportOptions(
    boolean allowMissing,
    Optional<String> replacedHead,
    Set<String> replacedStage,
    Optional<WeightLayout> layout,
    Optional<String> architecture) {
  /** Copies the set. */
  public WeightImportOptions {
    replacedStage = Set.copyOf(replacedStage);
  }

  /** Every tensor of the network is in the file, and every tensor of the file in the network. */
  public static final WeightImportOptions STRICT =
      new WeightImportOptions(
          false, Optional.empty(), Set.of(), Optional.empty(), Optional.empty());

  /** With or without an error for missing tensors. */
  public WeightImportOptions withAllowMissing(boolean allowed) {
    return new WeightImportOptions(allowed, replacedHead, replacedStage, layout, architecture);
  }

  /**
   * With a head that may be replaced.
   *
   * @param module such as {@code fc} or {@code classifier.1}
   */
  public WeightImportOptions withReplacedHead(String module) {
    return new WeightImportOptions(
        allowMissing, Optional.of(module), replacedStage, layout, architecture);
  }

  /**
   * With a head that may be another than the file's, as a linear one is where the file has hidden
   * layers.
   *
   * @param modules of both heads, by torchvision's names; those without parameters do not matter
   */
  public WeightImportOptions withReplacedStage(Set<String> modules) {
    return new WeightImportOptions(allowMissing, replacedHead, modules, layout, architecture);
  }

  /** With a layout, whatever the file says. */
  public WeightImportOptions withLayout(WeightLayout names) {
    return new WeightImportOptions(
        allowMissing, replacedHead, replacedStage, Optional.of(names), architecture);
  }

  /** With the network's name. */
  public WeightImportOptions withArchitecture(String name) {
    return new WeightImportOptions(
        allowMissing, replacedHead, replacedStage, layout, Optional.of(name));
  }

  boolean isHead(String tensor) {
    return isStage(tensor)
        || replacedHead.filter(head -> tensor.startsWith(head + ".")).isPresent();
  }

  boolean isStage(String tensor) {
    return replacedStage.contains(ModuleMap.module(tensor));
  }
}
