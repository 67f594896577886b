package org.food4j.models.weights;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What became of each tensor when weights were loaded into a network. The network's tensors are
 * named as in torchvision, the file's as in the file.
 *
 * @param matched the network's tensors that were loaded
 * @param missing the network's tensors that the file lacks: they keep their values
 * @param unexpected the file's tensors that the network has no parameter for
 * @param reshaped loaded tensors whose shape is written differently, such as a 1x1 convolution's
 *     kernel for a dense layer
 * @param replaced tensors of the head that the file has but that were not loaded, because the
 *     network's head is a new one; those that the new head lacks are named as in the file
 * @param omitted tensors that the file declares missing and that the network lacks as well, because
 *     it was built without their blocks; named as in the file
 * @param identity the file's tensors of blocks that it declares to be the identity, which the
 *     network lacks
 */
public record ImportReport(
    List<String> matched,
    List<String> missing,
    List<String> unexpected,
    List<String> reshaped,
    List<String> replaced,
    List<String> omitted,
    List<String> identity) {
  /** Copies the lists. */
  public ImportReport {
    matched = List.copyOf(matched);
    missing = List.copyOf(missing);
    unexpected = List.copyOf(unexpected);
    reshaped = List.copyOf(reshaped);
    replaced = List.copyOf(replaced);
    omitted = List.copyOf(omitted);
    identity = List.copyOf(identity);
  }

  /**
   * All tensors that a complete file would have, and this one lacks: those that the network has
   * ({@link #missing()}), and those that it lacks as well ({@link #omitted()}).
   */
  public List<String> lacking() {
    return Stream.concat(missing.stream(), omitted.stream()).toList();
  }

  /** For people: one line per kind of tensor that there is, with counts and names. */
  public String describe() {
    StringBuilder text = new StringBuilder();
    line(text, "loaded", matched, "", false);
    line(text, "reshaped", reshaped, " (of the loaded)", true);
    line(text, "missing", missing, " (initial values kept)", true);
    line(text, "missing", omitted, " (not needed: the network lacks them too)", true);
    line(text, "replaced", replaced, " (the new head keeps its initial values)", true);
    line(text, "unexpected", unexpected, "", true);
    line(
        text, "identity", identity, " (not loaded: the file declares their blocks as such)", false);
    return text.toString().stripTrailing();
  }

  private static void line(
      StringBuilder text, String kind, List<String> tensors, String remark, boolean named) {
    if (!tensors.isEmpty() || kind.equals("loaded")) {
      text.append(String.format(Locale.ROOT, "%-11s%d%s", kind, tensors.size(), remark))
          .append(named ? ": " + String.join(", ", tensors) : "")
          .append('\n');
    }
  }
}
